import { createHash } from 'node:crypto'
import type { ByteSource } from '../base/store/index.ts'
import type { ByteRange } from './format.ts'

/** Bytes of a piece of a file that is read in pieces: large enough for few seams, small enough to share among threads. */
export const RANGE_BYTES = 8 << 20

const LINE_FEED = 10

/**
 * Hashes a file in one pass and, where `lines` is wanted, cuts it at line ends into pieces of about RANGE_BYTES,
 * each with the number of lines before it.
 */
export async function fingerprint(source: ByteSource, lines: boolean): Promise<{ sha256: string; ranges: ByteRange[] }> {
  const hash = createHash('sha256')
  const ranges: ByteRange[] = []
  let offset = 0
  let start = 0
  let linesBefore = 0
  let lineCount = 0
  for await (const piece of source.stream()) {
    hash.update(piece)
    if (lines) {
      let at = piece.indexOf(LINE_FEED)
      while (at >= 0) {
        lineCount++
        if (offset + at + 1 - start >= RANGE_BYTES) {
          ranges.push({ start, end: offset + at + 1, firstOrdinal: linesBefore })
          start = offset + at + 1
          linesBefore = lineCount
        }
        at = piece.indexOf(LINE_FEED, at + 1)
      }
    }
    offset += piece.length
  }
  if (lines && start < offset) ranges.push({ start, end: offset, firstOrdinal: linesBefore })
  return { sha256: hash.digest('hex'), ranges }
}
