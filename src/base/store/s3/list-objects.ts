import { type Connection, targetOf } from './connection.ts'

/** An object below a prefix. */
export interface Listed {
  /** Its key without the prefix. */
  readonly path: string
  readonly size: number
  readonly pin: string
}

/** Objects below the folder that a path names, page by page, in the order that the service gives. @param start folder in it */
export async function* listObjects(connection: Connection, folder: string, start = ''): AsyncGenerator<Listed> {
  const { Bucket, Key } = targetOf(folder)
  const root = Key === '' ? '' : `${Key}/`
  const Prefix = start === '' ? root : `${root}${start}/`
  let token: string | undefined
  do {
    const page = await connection.call(folder, (client, sdk) =>
      client.send(
        new sdk.ListObjectsV2Command({
          Bucket,
          Prefix,
          MaxKeys: connection.pageKeys,
          // XML 1.0 cannot hold every character that a key may have.
          EncodingType: 'url',
          ...(token === undefined ? {} : { ContinuationToken: token }),
        }),
      ),
    )
    for (const { Key: key, Size, ETag } of page.Contents ?? []) {
      const plain = page.EncodingType === 'url' ? decodeURIComponent((key ?? '').replaceAll('+', ' ')) : (key ?? '')
      yield { path: plain.slice(root.length), size: Size ?? 0, pin: ETag ?? '' }
    }
    token = page.IsTruncated ? page.NextContinuationToken : undefined
  } while (token !== undefined)
}

/** Is there an object below the folder that a path names? */
export async function hasObjects(connection: Connection, folder: string): Promise<boolean> {
  const { Bucket, Key } = targetOf(folder)
  const page = await connection.call(folder, (client, sdk) =>
    client.send(new sdk.ListObjectsV2Command({ Bucket, Prefix: Key === '' ? '' : `${Key}/`, MaxKeys: 1 })),
  )
  return (page.Contents ?? []).length > 0
}
