import type { ByteRange, RangeCutter } from './format.ts'

/** Bytes of a piece of a file that is read in pieces: large enough for few seams, small enough to share among threads. */
export const RANGE_BYTES = 8 << 20

const LINE_FEED = 10

/** Cuts at line ends; the number of a record is that of its line. */
export class LineCutter implements RangeCutter {
  private readonly ranges: ByteRange[] = []
  private offset = 0
  private start = 0
  private lines = 0
  private linesBefore = 0

  push(piece: Uint8Array): void {
    for (let at = piece.indexOf(LINE_FEED); at >= 0; at = piece.indexOf(LINE_FEED, at + 1)) {
      this.lines++
      const end = this.offset + at + 1
      if (end - this.start < RANGE_BYTES) continue
      this.ranges.push({ start: this.start, end, firstOrdinal: this.linesBefore })
      this.start = end
      this.linesBefore = this.lines
    }
    this.offset += piece.length
  }

  end(size: number): ByteRange[] {
    return this.start < size ? [...this.ranges, { start: this.start, end: size, firstOrdinal: this.linesBefore }] : this.ranges
  }
}
