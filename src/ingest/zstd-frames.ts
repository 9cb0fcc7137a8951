import type { ByteSource } from '../base/store/index.ts'

const FRAME = 0xfd2fb528
/** Frames of other programs' data, to be passed over: 0x184D2A50 to 0x184D2A5F. */
const SKIPPABLE = 0x184d2a50

const RUN_BLOCK = 1
const RESERVED_BLOCK = 3
const MAX_BLOCK_BYTES = 128 << 10

/** Bytes that a decoder must keep of what it unpacked: the limit of the `zstd` command itself (its `--long=27`). */
const MAX_WINDOW_BYTES = 128 << 20

/**
 * Unpacks Zstandard frame by frame and block by block, in memory of about the window that a frame asks for. Checks
 * frame checksums. Throws after the last piece, when the input is damaged, cut short, or needs a dictionary.
 * Source: RFC 8878.
 */
export async function* unpackZstd(source: ByteSource): AsyncGenerator<Uint8Array> {
  const input = byteReader(source.stream())
  for (;;) {
    const magic = await input.upTo(4)
    if (magic.length === 0) return
    if (magic.length < 4) throw new Error('a frame breaks off in its first 4 bytes')
    const number = littleEndian(magic, 0, 4)
    if (number - (number % 16) === SKIPPABLE) await input.skip(littleEndian(await input.take(4), 0, 4))
    else if (number === FRAME) yield* unpackFrame(input)
    else throw new Error(`no frame begins at 0x${number.toString(16).padStart(8, '0')}`)
  }
}

/** A frame header, as the decoder is to see it, and what we check ourselves. */
interface FrameHeader {
  readonly bytes: Uint8Array
  readonly hasChecksum: boolean
  readonly size: number | undefined
}

async function* unpackFrame(input: ByteReader): AsyncGenerator<Uint8Array> {
  const { Decompress } = await import('fzstd')
  const { Xxh64 } = await import('@node-rs/xxhash')
  const { bytes, hasChecksum, size } = await frameHeader(input)
  const out: Uint8Array[] = []
  const decoder = new Decompress((piece) => out.push(piece))
  const checksum = new Xxh64()
  let found = 0
  decoder.push(bytes)
  for (let isLast = false; !isLast; ) {
    const block = await nextBlock(input)
    isLast = block.isLast
    decoder.push(block.bytes, isLast)
    for (const piece of out.splice(0)) {
      found += piece.length
      checksum.update(piece)
      if (piece.length > 0) yield piece
    }
  }
  if (size !== undefined && found !== size) throw new Error(`${found} bytes instead of the ${size} that the frame declares`)
  if (!hasChecksum) return
  const stated = littleEndian(await input.take(4), 0, 4)
  const sum = Number(checksum.digest() & 0xffffffffn)
  if (stated !== sum) throw new Error(`checksum ${sum.toString(16)} instead of ${stated.toString(16)}`)
}

const HAS_CHECKSUM = 4
const DICTIONARY_BYTES = [0, 1, 2, 4] as const

async function frameHeader(input: ByteReader): Promise<FrameHeader> {
  const descriptor = (await input.take(1))[0] as number
  const isSingleSegment = (descriptor & 32) !== 0
  const dictionaryBytes = DICTIONARY_BYTES[(descriptor & 3) as 0 | 1 | 2 | 3]
  const sizeFlag = descriptor >> 6
  const sizeBytes = sizeFlag === 0 ? (isSingleSegment ? 1 : 0) : 1 << sizeFlag
  const windowBytes = isSingleSegment ? 0 : 1
  const rest = await input.take(windowBytes + dictionaryBytes + sizeBytes)
  if (littleEndian(rest, windowBytes, dictionaryBytes) !== 0) throw new Error('it was packed with a dictionary, which is not in the file')
  const stated = littleEndian(rest, windowBytes + dictionaryBytes, sizeBytes) + (sizeBytes === 2 ? 256 : 0)
  const window = isSingleSegment ? stated : windowOf(rest[0] as number)
  if (window > MAX_WINDOW_BYTES) throw new Error(`it needs a window of ${window} bytes; the limit is ${MAX_WINDOW_BYTES}`)
  // The checksum is ours to check, so the decoder is told that there is none.
  const bytes = Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, descriptor & ~HAS_CHECKSUM, ...rest)
  return { bytes, hasChecksum: (descriptor & HAS_CHECKSUM) !== 0, size: sizeBytes === 0 ? undefined : stated }
}

function windowOf(descriptor: number): number {
  const base = 2 ** (10 + (descriptor >> 3))
  return base + (base / 8) * (descriptor & 7)
}

/** One block with its header of 3 bytes. */
async function nextBlock(input: ByteReader): Promise<{ bytes: Uint8Array; isLast: boolean }> {
  const header = await input.take(3)
  const value = littleEndian(header, 0, 3)
  const kind = (value >> 1) & 3
  const size = value >> 3
  if (kind === RESERVED_BLOCK || size > MAX_BLOCK_BYTES) throw new Error('a block header is damaged')
  const body = await input.take(kind === RUN_BLOCK ? 1 : size)
  const bytes = new Uint8Array(3 + body.length)
  bytes.set(header)
  bytes.set(body, 3)
  return { bytes, isLast: (value & 1) === 1 }
}

function littleEndian(bytes: Uint8Array, offset: number, length: number): number {
  let value = 0
  for (let i = length - 1; i >= 0; i--) value = value * 256 + (bytes[offset + i] as number)
  return value
}

/** Takes exact numbers of bytes from a stream of pieces. */
interface ByteReader {
  /** Fewer than `length` only at the end. */
  readonly upTo: (length: number) => Promise<Uint8Array>
  /** Throws when the stream ends before. */
  readonly take: (length: number) => Promise<Uint8Array>
  readonly skip: (length: number) => Promise<void>
}

function byteReader(pieces: AsyncIterable<Uint8Array>): ByteReader {
  const iterator = pieces[Symbol.asyncIterator]()
  let piece: Uint8Array = new Uint8Array(0)
  /** Is there a byte to take? */
  const fill = async (): Promise<boolean> => {
    while (piece.length === 0) {
      const next = await iterator.next()
      if (next.done) return false
      piece = next.value
    }
    return true
  }
  const upTo = async (length: number): Promise<Uint8Array> => {
    const taken = new Uint8Array(length)
    let done = 0
    while (done < length && (await fill())) {
      const part = piece.subarray(0, length - done)
      taken.set(part, done)
      done += part.length
      piece = piece.subarray(part.length)
    }
    return taken.subarray(0, done)
  }
  const ended = (): never => {
    throw new Error('unexpected end of file')
  }
  return {
    upTo,
    take: async (length) => {
      const bytes = await upTo(length)
      return bytes.length < length ? ended() : bytes
    },
    skip: async (length) => {
      for (let left = length; left > 0; ) {
        if (!(await fill())) ended()
        const part = Math.min(left, piece.length)
        piece = piece.subarray(part)
        left -= part
      }
    },
  }
}
