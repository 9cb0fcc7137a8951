import { createHash } from 'node:crypto'
import { ProblemError } from '../../problem/index.ts'
import { eachBounded, eachStreamed } from '../bounded.ts'
import { damagedUnderway } from '../problems.ts'
import { type Connection, targetOf } from './connection.ts'
import { HASH_KEY, head, openObject } from './read-object.ts'

/** Parts of one object on their way at once: with `partBytes` the bound of memory of a streamed upload. */
const PARTS_AT_ONCE = 4
/** Small requests on their way at once. */
export const REQUESTS_AT_ONCE = 16
/** S3 takes 10,000 parts; those after each of these many are twice as large, so that 5 TB fit. */
const PARTS_OF_ONE_SIZE = 2_000

interface Sent {
  readonly size: number
  readonly sha256: string
  /** ETag that the service must give where it is made of MD5, as S3 does without KMS. */
  readonly etag: string
}

const md5 = (bytes: Uint8Array): Buffer => createHash('md5').update(bytes).digest()
const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest()

/**
 * Writes an object; it is there whole or not at all.
 * @param onlyNew refuse to replace an object: `taken` when there is one
 */
export async function putObject(connection: Connection, path: string, bytes: Uint8Array, onlyNew = false): Promise<'put' | 'taken'> {
  if (bytes.length > connection.partBytes && !onlyNew) {
    await upload(connection, path, pieceOf(bytes), sha256(bytes).toString('hex'))
    return 'put'
  }
  const digest = sha256(bytes)
  const sent = { size: bytes.length, sha256: digest.toString('hex'), etag: md5(bytes).toString('hex') }
  if (onlyNew && (await head(connection, path))) return 'taken'
  const request = {
    ...targetOf(path),
    Body: bytes,
    ContentLength: bytes.length,
    ContentMD5: md5(bytes).toString('base64'),
    ChecksumSHA256: digest.toString('base64'),
    Metadata: { [HASH_KEY]: sent.sha256 },
    ...(onlyNew ? { IfNoneMatch: '*' } : {}),
  }
  const answer = await connection.call<{ readonly ETag?: string | undefined } | 'taken'>(
    path,
    (client, sdk) => client.send(new sdk.PutObjectCommand(request)),
    onlyNew ? { 409: 'taken', 412: 'taken' } : {},
  )
  if (answer === 'taken') return (await isSame(connection, path, sent)) ? 'put' : 'taken'
  await confirm(connection, path, sent, answer.ETag)
  return 'put'
}

/** A request that was answered but not heard is made again and meets its own object. */
async function isSame(connection: Connection, path: string, sent: Sent): Promise<boolean> {
  const there = await head(connection, path)
  return there?.size === sent.size && there.sha256 === sent.sha256
}

async function* pieceOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

/** Streams pieces into an object that appears whole or not at all, in bounded memory. */
export async function putStream(connection: Connection, path: string, pieces: AsyncIterable<Uint8Array>): Promise<void> {
  const parts = cutParts(pieces, connection.partBytes)
  const first = await parts.next()
  const second = await parts.next()
  if (second.done) {
    await putObject(connection, path, first.value ?? new Uint8Array(0))
    return
  }
  async function* all(): AsyncGenerator<Uint8Array> {
    yield first.value as Uint8Array
    yield second.value as Uint8Array
    yield* parts
  }
  await upload(connection, path, all(), undefined)
}

/** Pieces of any size as parts of the size that uploads have. */
async function* cutParts(pieces: AsyncIterable<Uint8Array>, partBytes: number): AsyncGenerator<Uint8Array, undefined> {
  let held: Uint8Array[] = []
  let nHeld = 0
  let nParts = 0
  for await (const piece of pieces) {
    let rest = piece
    for (;;) {
      const room = partBytes * 2 ** Math.floor(nParts / PARTS_OF_ONE_SIZE) - nHeld
      if (rest.length < room) break
      nParts++
      yield Buffer.concat([...held, rest.subarray(0, room)])
      held = []
      nHeld = 0
      rest = rest.subarray(room)
    }
    if (rest.length === 0) continue
    // A reader may fill the same buffer again.
    held.push(Buffer.from(rest))
    nHeld += rest.length
  }
  if (nHeld > 0) yield Buffer.concat(held)
  return undefined
}

/** A multipart upload; what was sent is thrown away when it fails. */
async function upload(connection: Connection, path: string, pieces: AsyncIterable<Uint8Array>, known: string | undefined): Promise<void> {
  const target = targetOf(path)
  const { UploadId } = await connection.call(path, (client, sdk) =>
    client.send(new sdk.CreateMultipartUploadCommand({ ...target, ...(known ? { Metadata: { [HASH_KEY]: known } } : {}) })),
  )
  const whole = createHash('sha256')
  const digests: Buffer[] = []
  const etags: string[] = []
  let size = 0
  const abort = (): Promise<unknown> =>
    connection.call(path, (client, sdk) => client.send(new sdk.AbortMultipartUploadCommand({ ...target, UploadId })), { 404: undefined })
  const send = async (number: number, bytes: Uint8Array): Promise<void> => {
    const digest = md5(bytes)
    digests[number - 1] = digest
    const request = {
      ...target,
      UploadId,
      PartNumber: number,
      Body: bytes,
      ContentLength: bytes.length,
      ContentMD5: digest.toString('base64'),
    }
    const { ETag } = await connection.call(path, (client, sdk) => client.send(new sdk.UploadPartCommand(request)))
    etags[number - 1] = ETag ?? ''
  }
  try {
    await eachStreamed(cutParts(pieces, connection.partBytes), PARTS_AT_ONCE, (bytes, index) => {
      whole.update(bytes)
      size += bytes.length
      return send(index + 1, bytes)
    })
    const sent = {
      size,
      sha256: whole.digest('hex'),
      etag: `${createHash('md5').update(Buffer.concat(digests)).digest('hex')}-${digests.length}`,
    }
    const Parts = etags.map((ETag, index) => ({ ETag, PartNumber: index + 1 }))
    // 404: an earlier attempt came through, and only its answer was lost.
    const answer = await connection.call<{ readonly ETag?: string | undefined }>(
      path,
      (client, sdk) => client.send(new sdk.CompleteMultipartUploadCommand({ ...target, UploadId, MultipartUpload: { Parts } })),
      { 404: {} },
    )
    await confirm(connection, path, sent, answer.ETag)
  } catch (error) {
    await abort().catch(() => {})
    throw error
  }
}

/**
 * Makes sure that what the service holds is what was sent: by its ETag where that is the MD5, else by reading it back.
 * An object that is not is removed.
 */
async function confirm(connection: Connection, path: string, sent: Sent, etag: string | undefined): Promise<void> {
  if (etag?.replaceAll('"', '') === sent.etag) return
  const found = await hashObject(connection, path)
  if (found === sent.sha256) return
  await removeObjects(connection, [path])
  throw new ProblemError(damagedUnderway({ at: path, found, expected: sent.sha256 }))
}

/** SHA-256 of an object, from its bytes. */
export async function hashObject(connection: Connection, path: string): Promise<string> {
  const file = await openObject(connection, path)
  const hash = createHash('sha256')
  for await (const piece of file.stream(0, file.size)) hash.update(piece)
  return hash.digest('hex')
}

/** One request an object: services do not agree on the checksum that requests for many take. */
export const removeObjects = (connection: Connection, paths: Iterable<string>): Promise<void> =>
  eachBounded(paths, REQUESTS_AT_ONCE, async (path) => {
    await connection.call<unknown>(path, (client, sdk) => client.send(new sdk.DeleteObjectCommand(targetOf(path))), { 404: undefined })
  })
