import { isStoreFailure } from './problems.ts'
import type { Known, OpenedFile } from './storage.ts'
import { storageOf } from './storage-of.ts'

/** Bytes of one raw file, however stored. Readers of formats see nothing else of the storage. */
export interface ByteSource extends OpenedFile {
  /** Path relative to the input folder, `/` between parts; a member of an archive is `a.zip!/b.csv`. */
  readonly path: string
  /** What the storage did wrong while the source was read: then nothing may be concluded about the file. */
  readonly failure: Error | undefined
  /** Streams [start, end) in pieces of at most 1 MiB. */
  stream(start?: number, end?: number): AsyncIterable<Uint8Array>
  /** Throws `failure`, so that no reader of a format can take an outage for a broken file. */
  close(): Promise<void>
}

const PIECE_BYTES = 1 << 20

/**
 * A stored file as a ByteSource.
 * @param path its name in the release @param file where it lies @param known state that it must still be in
 */
export async function openFile(path: string, file: string, known?: Known): Promise<ByteSource> {
  const opened = await storageOf(file).open(file, known)
  let failure: Error | undefined
  const noted = (error: unknown): unknown => {
    if (isStoreFailure(error)) failure ??= error
    return error
  }
  return {
    path,
    size: opened.size,
    pin: opened.pin,
    get failure() {
      return failure
    },
    async read(offset, length) {
      try {
        return await opened.read(offset, length)
      } catch (error) {
        throw noted(error)
      }
    },
    async *stream(start = 0, end = opened.size) {
      try {
        yield* opened.stream(start, end)
      } catch (error) {
        throw noted(error)
      }
    },
    localPath: opened.localPath,
    async close() {
      await opened.close()
      if (failure) throw failure
    },
  }
}

/** Bytes in memory as a ByteSource (tests, small archive members). */
export function bytesSource(path: string, bytes: Uint8Array): ByteSource {
  return {
    path,
    size: bytes.length,
    pin: `${bytes.length}`,
    failure: undefined,
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
