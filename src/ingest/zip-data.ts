import { crc32, createInflateRaw } from 'node:zlib'
import type { ByteSource } from '../base/store/index.ts'
import { decompress } from './decompress.ts'

/** APPNOTE 4.4.5; the two that are in nearly every zip. */
export const STORED = 0
export const DEFLATED = 8

/** Names of other methods, for people. */
const METHODS: Readonly<Record<number, string>> = { 9: 'Deflate64', 12: 'bzip2', 14: 'LZMA', 93: 'Zstandard', 95: 'XZ', 99: 'AES' }

export const methodName = (method: number): string => METHODS[method] ?? `method ${method}`

export interface PackedData {
  readonly start: number
  readonly end: number
  readonly method: typeof STORED | typeof DEFLATED
  /** What the archive states of the unpacked bytes; undefined where it states nothing. */
  readonly size: number | undefined
  readonly crc: number | undefined
}

/** Unpacks a member and checks its size and CRC-32: a flipped bit of stored data shows nowhere else. Throws after the last piece. */
export async function* unpackData(source: ByteSource, { start, end, method, size, crc }: PackedData): AsyncGenerator<Uint8Array> {
  const packed = source.stream(start, end)
  let found = 0
  let sum = 0
  for await (const piece of method === STORED ? packed : decompress(packed, createInflateRaw())) {
    found += piece.length
    sum = crc32(piece, sum)
    if (size !== undefined && found > size) throw new Error(`more than the ${size} bytes that the archive declares`)
    yield piece
  }
  if (size !== undefined && found !== size) throw new Error(`${found} of the ${size} bytes that the archive declares`)
  if (crc !== undefined && sum !== crc) throw new Error(`CRC-32 ${hex(sum)} instead of ${hex(crc)}`)
}

const hex = (value: number): string => value.toString(16).padStart(8, '0')

/** Packed bytes of deflated data that begins at `start`, found by unpacking it; undefined when it breaks off. */
export async function deflatedLength(source: ByteSource, start: number): Promise<number | undefined> {
  const inflate = createInflateRaw()
  try {
    for await (const _ of decompress(source.stream(start), inflate));
    return inflate.bytesWritten
  } catch {
    return undefined
  }
}
