import { createReadStream } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import { open, stat } from 'node:fs/promises'

/** Bytes of one raw file, however stored. Readers of formats see nothing else of the file system. */
export interface ByteSource {
  /** Path relative to the input folder, `/` between parts; a member of an archive is `a.zip!/b.csv`. */
  readonly path: string
  /** Bytes. */
  readonly size: number
  /** Reads up to `length` bytes from `offset`; fewer at the end of the file. */
  read(offset: number, length: number): Promise<Uint8Array>
  /** Streams [start, end) in pieces of at most 1 MiB. */
  stream(start?: number, end?: number): AsyncIterable<Uint8Array>
  /** A real local file with these bytes, for libraries that only take paths. */
  localPath(): Promise<string>
  close(): Promise<void>
}

const PIECE_BYTES = 1 << 20

/** A local file as a ByteSource; opened on first use. @param path its name in the release @param file where it lies */
export async function openFile(path: string, file: string): Promise<ByteSource> {
  const { size } = await stat(file)
  let handle: FileHandle | undefined
  const source: ByteSource = {
    path,
    size,
    async read(offset, length) {
      handle ??= await open(file, 'r')
      const wanted = Math.max(0, Math.min(length, size - offset))
      const buffer = new Uint8Array(wanted)
      let done = 0
      while (done < wanted) {
        const { bytesRead } = await handle.read(buffer, done, wanted - done, offset + done)
        if (bytesRead === 0) break
        done += bytesRead
      }
      return buffer.subarray(0, done)
    },
    async *stream(start = 0, end = size) {
      if (end <= start) return
      // A stream takes a whole piece of memory however small the file: of twenty thousand small ones the collector would see gigabytes.
      if (end - start <= PIECE_BYTES) yield await source.read(start, end - start)
      else yield* createReadStream(file, { start, end: end - 1, highWaterMark: PIECE_BYTES }) as AsyncIterable<Uint8Array>
    },
    localPath: async () => file,
    async close() {
      await handle?.close()
      handle = undefined
    },
  }
  return source
}

/** Bytes in memory as a ByteSource (tests, small archive members). */
export function bytesSource(path: string, bytes: Uint8Array): ByteSource {
  return {
    path,
    size: bytes.length,
    read: async (offset, length) => bytes.subarray(offset, offset + length),
    async *stream(start = 0, end = bytes.length) {
      for (let at = start; at < end; at += PIECE_BYTES) yield bytes.subarray(at, Math.min(end, at + PIECE_BYTES))
    },
    localPath: async () => {
      throw new Error(`${path} is in memory and has no local path`)
    },
    close: async () => {},
  }
}

/** All bytes of a source; the caller checks `size` against its limit first. */
export const readAll = (source: ByteSource): Promise<Uint8Array> => source.read(0, source.size)
