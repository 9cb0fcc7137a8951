import type { Transform } from 'node:stream'
import { finished } from 'node:stream/promises'

/**
 * Compressed bytes given at once. One such slice unpacks to at most 17 MB (deflate's ceiling is 1032:1), which is
 * what may wait in memory.
 */
const SLICE_BYTES = 16 << 10

/**
 * Runs pieces through a zlib transform and gives what comes out, also of input that breaks off: `for await` over the
 * stream itself would drop what is buffered when the error comes. Throws zlib's error after the last piece; of the
 * slice that is damaged zlib gives nothing.
 */
export async function* decompress(pieces: AsyncIterable<Uint8Array>, transform: Transform): AsyncGenerator<Uint8Array> {
  const out: Uint8Array[] = []
  let isOver = false
  let failure: unknown
  transform.on('data', (piece: Uint8Array) => void out.push(piece))
  const ended = finished(transform)
    .catch((error: unknown) => {
      failure = error
    })
    .finally(() => {
      isOver = true
    })
  try {
    for await (const slice of slicesOf(pieces)) {
      // Once the compressed stream has ended, zlib never calls back for what follows it.
      await Promise.race([ended, new Promise<void>((resolve) => void transform.write(slice, () => resolve()))])
      yield* out.splice(0)
      if (isOver) break
    }
    if (!isOver) transform.end()
    await ended
    yield* out.splice(0)
    if (failure) throw failure
  } finally {
    transform.destroy()
  }
}

async function* slicesOf(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    for (let at = 0; at < piece.length; at += SLICE_BYTES) yield piece.subarray(at, at + SLICE_BYTES)
  }
}
