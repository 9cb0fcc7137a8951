import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { S3Client } from '@aws-sdk/client-s3'
import { ProblemError } from '../../problem/index.ts'
import { changedUnderway } from '../problems.ts'
import type { Known, OpenedFile } from '../storage.ts'
import { type Connection, type Sdk, targetOf } from './connection.ts'
import { backOff, Damaged, isPassing, Truncated } from './retries.ts'

/** Metadata under which our own uploads keep the SHA-256 of their bytes, whatever the service itself can check. */
export const HASH_KEY = 'highgrade-sha256'

/** Bytes that small reads fetch at once, and how many such blocks of an object are kept. */
const BLOCK_BYTES = 1 << 20
const BLOCKS = 16

/** What a HEAD request tells; undefined where no object is. */
export async function head(connection: Connection, path: string): Promise<(Known & { readonly sha256: string | undefined }) | undefined> {
  return connection.call(
    path,
    async (client, sdk) => {
      const { ContentLength, ETag, Metadata } = await client.send(new sdk.HeadObjectCommand(targetOf(path)))
      return { size: ContentLength ?? 0, pin: ETag ?? '', sha256: Metadata?.[HASH_KEY] }
    },
    { 404: undefined },
  )
}

/** Opens an object for reading; all of it is read in the one state that it was opened in. */
export async function openObject(connection: Connection, path: string, known?: Known): Promise<OpenedFile> {
  const state = known ?? (await head(connection, path))
  if (!state) throw noSuchObject(path)
  const { size, pin } = state
  const blocks = new Map<number, Promise<Uint8Array>>()
  const block = (number: number): Promise<Uint8Array> => {
    const start = number * BLOCK_BYTES
    const held = blocks.get(number) ?? gather(readRange(connection, path, pin, start, Math.min(size, start + BLOCK_BYTES)), size - start)
    blocks.delete(number)
    blocks.set(number, held)
    held.catch(() => blocks.delete(number))
    const [oldest] = blocks.keys()
    if (blocks.size > BLOCKS && oldest !== undefined) blocks.delete(oldest)
    return held
  }
  const read = async (offset: number, length: number): Promise<Uint8Array> => {
    const end = Math.min(size, offset + length)
    if (end <= offset) return new Uint8Array(0)
    const first = Math.floor(offset / BLOCK_BYTES)
    const last = Math.floor((end - 1) / BLOCK_BYTES)
    if (last - first > 1) return gather(readRange(connection, path, pin, offset, end), end - offset)
    const bytes = await Promise.all(first === last ? [block(first)] : [block(first), block(last)])
    return Buffer.concat(bytes).subarray(offset - first * BLOCK_BYTES, end - first * BLOCK_BYTES)
  }
  let copy: Promise<string> | undefined
  return {
    size,
    pin,
    read,
    async *stream(start, end) {
      if (end <= start) return
      // What lies in one block has perhaps been read already.
      if (Math.floor(start / BLOCK_BYTES) === Math.floor((end - 1) / BLOCK_BYTES)) yield await read(start, end - start)
      else yield* readRange(connection, path, pin, start, end)
    },
    localPath: () => {
      copy ??= copyToTemporary(readRange(connection, path, pin, 0, size))
      return copy
    },
    async close() {
      blocks.clear()
      if (copy) await rm(join(await copy, '..'), { recursive: true, force: true })
      copy = undefined
    },
  }
}

async function copyToTemporary(pieces: AsyncIterable<Uint8Array>): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), 'highgrade-copy-')), 'file')
  await pipeline(pieces, createWriteStream(file))
  return file
}

/** Pieces as one array. @param nBytes their sum, or more than it */
async function gather(pieces: AsyncIterable<Uint8Array>, nBytes: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  for await (const piece of pieces) parts.push(piece)
  return parts.length === 1 ? (parts[0] as Uint8Array) : Buffer.concat(parts, Math.min(nBytes, sum(parts)))
}

const sum = (parts: readonly Uint8Array[]): number => parts.reduce((total, part) => total + part.length, 0)

/**
 * Streams [start, end) of an object in the state `pin`. An answer that breaks off, stalls or fails is asked for again from
 * the byte that was reached; an object in another state is a problem.
 */
async function* readRange(connection: Connection, path: string, pin: string, start: number, end: number): AsyncGenerator<Uint8Array> {
  let at = start
  let failures = 0
  while (at < end) {
    try {
      for await (const piece of await rangeOf(connection, path, pin, at, end)) {
        at += piece.length
        failures = 0
        yield piece
      }
      if (at < end) throw new Truncated(`${end - at} bytes are missing`)
    } catch (error) {
      if (!isPassing(error) || ++failures >= connection.retries.attempts) throw connection.explain(path, error)
      await backOff(`${path} ${at}`, failures, connection.retries)
    }
  }
}

async function rangeOf(connection: Connection, path: string, pin: string, at: number, end: number): Promise<AsyncIterable<Uint8Array>> {
  const answer = await connection.call(path, (client, sdk) =>
    client.send(new sdk.GetObjectCommand({ ...targetOf(path), IfMatch: pin, Range: `bytes=${at}-${end - 1}` })),
  )
  const body = answer.Body as Readable
  // Not every service looks at If-Match.
  if (answer.ETag !== pin) {
    body.destroy()
    throw new ProblemError(changedUnderway({ at: path }))
  }
  return lively(body, connection.idleMs)
}

/** The same pieces; fails when none comes for too long. What the reader does between two pieces does not count. */
async function* lively(body: Readable, idleMs: number): AsyncGenerator<Uint8Array> {
  const pieces = (body as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]()
  const stalled = (): void => void body.destroy(Object.assign(new Error('no byte in time'), { code: 'ETIMEDOUT' }))
  try {
    for (;;) {
      const timer = setTimeout(stalled, idleMs)
      const next = await pieces.next().finally(() => clearTimeout(timer))
      if (next.done) return
      yield next.value
    }
  } finally {
    body.destroy()
  }
}

/** All bytes of an object in one request, checked against the hash that our own uploads leave with them. */
export async function readWhole(connection: Connection, path: string): Promise<Uint8Array> {
  const bytes = await readIfThere(connection, path)
  if (!bytes) throw noSuchObject(path)
  return bytes
}

/** As `readWhole`; nothing for an object that is not there. */
export async function readIfThere(connection: Connection, path: string): Promise<Uint8Array | undefined> {
  const fetch = async (client: S3Client, sdk: Sdk): Promise<Uint8Array | undefined> => {
    const answer = await client.send(new sdk.GetObjectCommand(targetOf(path)))
    const bytes = await gather(lively(answer.Body as Readable, connection.idleMs), Number.POSITIVE_INFINITY)
    if (answer.ContentLength !== undefined && bytes.length < answer.ContentLength) throw new Truncated('the answer broke off')
    const expected = answer.Metadata?.[HASH_KEY]
    const found = createHash('sha256').update(bytes).digest('hex')
    if (expected !== undefined && found !== expected) throw new Damaged(found, expected)
    return bytes
  }
  return connection.call(path, fetch, { 404: undefined })
}

const noSuchObject = (path: string): Error => Object.assign(new Error(`${path}: no such object`), { code: 'ENOENT' })
