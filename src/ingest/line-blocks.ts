import type { ByteSource } from '../base/store/index.ts'
import { type ByteRange, MAX_RECORD_BYTES } from './format.ts'

const LINE_FEED = 10
/** Bytes read at once. */
const BLOCK_BYTES = 4 << 20

/** Whole lines, each with its line feed but for the last of the file; or how long a line is that is too long to be a record. */
export type LineBlock = Buffer | number

/** Whole lines of a byte range of a source, in blocks; in bounded memory however long a line is. */
export async function* lineBlocks(source: ByteSource, range: ByteRange | undefined): AsyncIterable<LineBlock> {
  const end = range?.end ?? source.size
  let at = range?.start ?? 0
  let wanted = BLOCK_BYTES
  while (at < end) {
    const read = await source.read(at, Math.min(wanted, end - at))
    const block = Buffer.from(read.buffer, read.byteOffset, read.byteLength)
    if (block.length === 0) return
    const last = at + block.length >= end ? block.length : block.lastIndexOf(LINE_FEED) + 1
    if (last > 0) {
      yield block.subarray(0, last)
      at += last
      wanted = BLOCK_BYTES
    } else if (wanted <= MAX_RECORD_BYTES) wanted = Math.min(wanted * 4, MAX_RECORD_BYTES + 1)
    else {
      const next = await lineEnd(source, at + block.length, end)
      yield next - at
      at = next
    }
  }
}

/** Where the line that goes on at `from` ends, past its line feed. */
async function lineEnd(source: ByteSource, from: number, end: number): Promise<number> {
  for (let at = from; at < end; ) {
    const block = await source.read(at, Math.min(BLOCK_BYTES, end - at))
    const found = block.indexOf(LINE_FEED)
    if (found >= 0) return at + found + 1
    if (block.length === 0) return end
    at += block.length
  }
  return end
}
