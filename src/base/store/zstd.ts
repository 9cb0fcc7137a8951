import { compress, init } from '@bokuweb/zstd-wasm'

/** zstd level of releases: level 1 takes a third of the time of the default for some percent of size. */
const LEVEL = 1

/** Compiling the module takes a while, and each thread needs it once. */
const initOnce = once(init)

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

/** The synchronous zstd compressor that Parquet pages are written with; the same bytes on any machine. */
export async function zstdCompressor(): Promise<(bytes: Uint8Array) => Uint8Array> {
  await initOnce()
  return (bytes) => compress(bytes, LEVEL)
}
