import type { ByteSource } from '../base/store/index.ts'
import { type ByteRange, MAX_RECORD_BYTES } from './format.ts'

const LINE_FEED = 10

/** Bytes of a line, or only how many there are when it is too long to be a record. */
export type ByteLine = Uint8Array | number

/** Bytes of a line that has not ended yet; what is past the limit is counted and let go. */
class OpenLine {
  private pieces: Uint8Array[] = []
  private bytes = 0

  add(piece: Uint8Array): void {
    this.bytes += piece.length
    if (this.bytes <= MAX_RECORD_BYTES) this.pieces.push(piece)
    else this.pieces = []
  }

  get isEmpty(): boolean {
    return this.bytes === 0
  }

  /** The line, ended; the next one begins. */
  end(): ByteLine {
    const [only] = this.pieces
    const line = this.bytes > MAX_RECORD_BYTES ? this.bytes : this.pieces.length === 1 && only ? only : Buffer.concat(this.pieces)
    this.pieces = []
    this.bytes = 0
    return line
  }
}

/** Lines of a byte range of a source, without their line feed, in bounded memory however long a line is. */
export async function* byteLines(source: ByteSource, range: ByteRange | undefined): AsyncIterable<ByteLine> {
  const open = new OpenLine()
  for await (const piece of source.stream(range?.start ?? 0, range?.end ?? source.size)) {
    let start = 0
    for (let at = piece.indexOf(LINE_FEED); at >= 0; at = piece.indexOf(LINE_FEED, start)) {
      open.add(piece.subarray(start, at))
      yield open.end()
      start = at + 1
    }
    open.add(piece.subarray(start))
  }
  if (!open.isEmpty) yield open.end()
}
