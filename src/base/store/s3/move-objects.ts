import { ProblemError } from '../../problem/index.ts'
import { eachBounded } from '../bounded.ts'
import { basename, dirname, join } from '../location.ts'
import { damagedUnderway, placeClaimed } from '../problems.ts'
import type { MoveOptions } from '../storage.ts'
import { type Connection, targetOf } from './connection.ts'
import { hasObjects, listObjects } from './list-objects.ts'
import { head, openObject, readIfThere, readWhole } from './read-object.ts'
import { hashObject, putObject, putStream, REQUESTS_AT_ONCE, removeObjects } from './write-object.ts'

/** S3 copies objects up to this size within itself. */
const MAX_COPY_BYTES = 5 * 2 ** 30

/**
 * Moves a folder of objects. Object stores know no rename, so that files are copied, and the one that makes the folder
 * visible comes last:
 *
 *   claim the place ─ copy, check ─ remove remains ─ `last`, if still absent ─ remove the source
 *
 * The claim holds the bytes of `last`: an interrupted move of the same content is taken up, one of other content is a problem.
 */
export async function moveObjects(connection: Connection, from: string, to: string, options: MoveOptions): Promise<'moved' | 'taken'> {
  const { last, hashes } = options
  const files = await pathsBelow(connection, from)
  const copy = (): Promise<void> =>
    eachBounded(
      files.filter((path) => path !== last),
      REQUESTS_AT_ONCE,
      (path) => copyObject(connection, join(from, path), join(to, path), hashes.get(path)),
    )
  if (last === undefined) {
    if (await hasObjects(connection, to)) return 'taken'
    await copy()
  } else {
    const fill = async (): Promise<void> => {
      await copy()
      await removeRemains(connection, to, new Set(files))
    }
    if ((await claimAndFill(connection, from, to, last, fill)) === 'taken') return 'taken'
  }
  await removeObjects(
    connection,
    files.map((path) => join(from, path)),
  )
  return 'moved'
}

/** Fills a place that no other move fills with other content meanwhile. */
async function claimAndFill(
  connection: Connection,
  from: string,
  to: string,
  last: string,
  fill: () => Promise<void>,
): Promise<'moved' | 'taken'> {
  const sign = join(to, last)
  const claim = join(dirname(to), `.claim-${basename(to)}`)
  let content: Uint8Array
  do {
    if (await head(connection, sign)) return 'taken'
    content = await readWhole(connection, join(from, last))
  } while ((await claimPlace(connection, to, claim, content)) === 'gone')
  // Another move may have come to its end between the two requests; it gave up its claim only after that.
  const isFree = !(await head(connection, sign))
  if (isFree) await fill()
  const done = isFree ? await putObject(connection, sign, content, true) : 'taken'
  await removeObjects(connection, [claim])
  return done === 'put' ? 'moved' : 'taken'
}

/** Removes what an interrupted move of other content has left. */
async function removeRemains(connection: Connection, folder: string, wanted: ReadonlySet<string>): Promise<void> {
  const remains = (await pathsBelow(connection, folder)).filter((path) => !wanted.has(path))
  await removeObjects(
    connection,
    remains.map((path) => join(folder, path)),
  )
}

async function pathsBelow(connection: Connection, folder: string): Promise<string[]> {
  const paths: string[] = []
  for await (const { path } of listObjects(connection, folder)) paths.push(path)
  return paths
}

/** Claims a place, or shares the claim of a move of the same content. `gone`: another move ended between our two requests. */
async function claimPlace(connection: Connection, to: string, claim: string, content: Uint8Array): Promise<'claimed' | 'gone'> {
  if ((await putObject(connection, claim, content, true)) === 'put') return 'claimed'
  const found = await readIfThere(connection, claim)
  if (!found) return 'gone'
  if (Buffer.compare(found, content) !== 0) throw new ProblemError(placeClaimed({ at: to, found: claim }))
  return 'claimed'
}

/** Copies an object and makes sure that the copy is the same: by its ETag, by the service's SHA-256, else by reading it back. */
async function copyObject(connection: Connection, from: string, to: string, expected: string | undefined): Promise<void> {
  const source = await head(connection, from)
  if (!source) throw new Error(`${from}: vanished while it was copied`)
  if (source.size > MAX_COPY_BYTES) {
    const file = await openObject(connection, from, source)
    return putStream(connection, to, file.stream(0, file.size))
  }
  const { Bucket, Key } = targetOf(from)
  const CopySource = `${Bucket}/${Key.split('/').map(encodeURIComponent).join('/')}`
  const { CopyObjectResult } = await connection.call(to, (client, sdk) =>
    client.send(new sdk.CopyObjectCommand({ ...targetOf(to), CopySource, CopySourceIfMatch: source.pin, ChecksumAlgorithm: 'SHA256' })),
  )
  if (CopyObjectResult?.ETag === source.pin) return
  const known = expected ?? source.sha256 ?? (await hashObject(connection, from))
  const told = CopyObjectResult?.ChecksumSHA256
  const found = told === undefined ? await hashObject(connection, to) : Buffer.from(told, 'base64').toString('hex')
  if (found === known) return
  await removeObjects(connection, [to])
  throw new ProblemError(damagedUnderway({ at: to, found, expected: known }))
}
