import { compress, init } from '@bokuweb/zstd-wasm'

/** zstd level of releases: level 1 takes a third of the time of the default for some percent of size. */
const LEVEL = 1

let ready: Promise<void> | undefined

/** The synchronous zstd compressor that Parquet pages are written with; the same bytes on any machine. */
export async function zstdCompressor(): Promise<(bytes: Uint8Array) => Uint8Array> {
  ready ??= init()
  await ready
  return (bytes) => compress(bytes, LEVEL)
}
