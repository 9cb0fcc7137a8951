import type { Dialect } from './delimited-rows.ts'
import type { ByteRange, RangeCutter } from './format.ts'
import { RANGE_BYTES } from './line-cutter.ts'
import { byteOrderMark } from './text-encoding.ts'

/** How the rows of a delimited file lie in its bytes. */
export interface RowLayout extends Dialect {
  readonly encoding: string
  readonly skipLines: number
  readonly headerRows: number
  readonly hasUnitRow: boolean
  readonly comment: string
}

/** What a byte is to a row. */
const Kind = { content: 0, lineFeed: 1, delimiter: 2, quote: 3, blank: 4, return: 5, open: 6, digit: 7 } as const

/** Where in a field a byte stands. `afterReturn`: a carriage return has followed a closing quotation mark. */
const At = { fieldStart: 0, plain: 1, quoted: 2, afterQuote: 3, afterBlank: 4, afterReturn: 5 } as const

/** Bytes of one row past which its quotation marks are in doubt; the reader itself gives up later. */
const MAX_ROW_BYTES = 1 << 20

/**
 * Kinds of bytes. `content` proves that a row is not blank. Bytes past ASCII may be part of a space of some script and are `open`, but for
 * those that lead Han, kana and Hangul in UTF-8, and the bytes of Han characters in GB 18030, whose spaces are all below 0xB0. A digit
 * may be the second byte of a GB 18030 space.
 */
function kindsOf({ encoding, delimiter, quote }: RowLayout): Uint8Array {
  const kinds = new Uint8Array(256).fill(Kind.open)
  kinds.fill(Kind.content, 0x21, 0x7f)
  if (encoding === 'utf-8') kinds.fill(Kind.content, 0xe4, 0xee)
  else {
    kinds.fill(Kind.content, 0xb0, 0xff)
    kinds.fill(Kind.digit, 0x30, 0x3a)
    for (const lead of LEADS_OF_SPACES) kinds[lead] = Kind.open
  }
  kinds[0x20] = Kind.blank
  kinds[0x09] = Kind.blank
  kinds[0x0a] = Kind.lineFeed
  kinds[0x0d] = Kind.return
  if (quote !== '') kinds[quote.charCodeAt(0)] = Kind.quote
  kinds[delimiter.charCodeAt(0)] = Kind.delimiter
  return kinds
}

/** Bytes that begin a space in UTF-8, which single lines of a GB 18030 file may be in. */
const LEADS_OF_SPACES = [0xc2, 0xe1, 0xe2, 0xe3, 0xef]

const ENCODINGS: ReadonlySet<string> = new Set(['utf-8', 'gb18030', 'gbk'])

/** Can rows be told apart in bytes? A bar may be the second byte of a GB 18030 character, a remark needs its number of fields. */
const isPlain = ({ encoding, delimiter, lineEnd, comment }: RowLayout): boolean =>
  ENCODINGS.has(encoding) && lineEnd === 'lf' && comment === '' && delimiter.charCodeAt(0) < (encoding === 'utf-8' ? 0x80 : 0x40)

/**
 * Cuts a delimited file between rows, with the number of the record and of the line that follow, exactly as `RowReader` and
 * `DelimitedTable` count them. At the first row whose end or blankness its bytes leave in doubt (text after a closing quotation mark, a
 * row of nothing but unusual spaces, one past 1 MiB) it stops: the rest is one piece.
 */
export class RowCutter implements RangeCutter {
  private readonly kinds: Uint8Array
  private readonly ranges: ByteRange[] = []
  private isSure: boolean
  private linesToSkip: number
  private headerLeft: number
  private offset = 0
  private start = 0
  private rowStart = 0
  private ordinal = 0
  private firstOrdinal = 0
  private line = 1
  private firstLine = 1
  private state: number = At.fieldStart
  private hasContent = false
  private hasDoubt = false
  private before = 0
  private readonly rangeBytes: number

  /** @param rangeBytes least bytes of a piece */
  constructor(layout: RowLayout, rangeBytes = RANGE_BYTES) {
    this.rangeBytes = rangeBytes
    this.kinds = kindsOf(layout)
    this.isSure = isPlain(layout)
    this.linesToSkip = layout.skipLines
    this.headerLeft = layout.headerRows + (layout.hasUnitRow ? 1 : 0)
  }

  push(piece: Uint8Array): void {
    for (let at = this.skipLines(piece); at < piece.length && this.isSure; at++) {
      if (this.state === At.plain && this.hasContent) at = this.endOfPlain(piece, at)
      if (at < piece.length) this.step(piece[at] as number, at)
    }
    this.offset += piece.length
  }

  /** Index of what ends a plain field, in a row that is known not to be blank. */
  private endOfPlain(piece: Uint8Array, from: number): number {
    const { kinds } = this
    let at = from
    while (at < piece.length) {
      const kind = kinds[piece[at] as number]
      if (kind === Kind.lineFeed || kind === Kind.delimiter) return at
      at++
    }
    return at
  }

  end(size: number): ByteRange[] {
    if (this.ranges.length === 0 || this.start >= size) return this.ranges
    return [...this.ranges, { start: this.start, end: size, firstOrdinal: this.firstOrdinal, firstLine: this.firstLine }]
  }

  /** Index of the first byte after the lines above the table. */
  private skipLines(piece: Uint8Array): number {
    let at = this.offset === 0 && byteOrderMark(piece) === 'utf-8' ? 3 : 0
    while (this.linesToSkip > 0 && at < piece.length) {
      const end = piece.indexOf(10, at)
      if (end < 0) return piece.length
      at = end + 1
      this.line++
      this.linesToSkip--
      this.rowStart = this.offset + at
    }
    return at
  }

  private step(byte: number, at: number): void {
    const kind = this.kinds[byte] as number
    if (kind === Kind.content || (kind === Kind.digit && this.before < 0x80)) this.hasContent = true
    else if (kind === Kind.quote || kind === Kind.open || kind === Kind.digit) this.hasDoubt = true
    this.before = byte
    if (this.state === At.quoted) {
      if (kind === Kind.quote) this.state = At.afterQuote
      else if (kind === Kind.lineFeed) this.line++
      if (this.offset + at - this.rowStart > MAX_ROW_BYTES) this.isSure = false
    } else if (kind === Kind.lineFeed) this.endRow(this.offset + at + 1)
    else if (kind === Kind.delimiter) this.state = At.fieldStart
    else this.within(kind)
  }

  private within(kind: number): void {
    if (this.state === At.fieldStart) this.state = kind === Kind.quote ? At.quoted : At.plain
    else if (this.state === At.afterQuote && kind === Kind.quote) this.state = At.quoted
    else if (this.state === At.afterQuote || this.state === At.afterBlank) {
      if (kind === Kind.blank) this.state = At.afterBlank
      else if (kind === Kind.return) this.state = At.afterReturn
      else this.isSure = false
    } else if (this.state === At.afterReturn) this.isSure = false
  }

  private endRow(end: number): void {
    if (!this.hasContent && this.hasDoubt) this.isSure = false
    if (end - this.rowStart > MAX_ROW_BYTES) this.isSure = false
    if (!this.isSure) return
    this.line++
    if (this.hasContent && this.headerLeft > 0) this.headerLeft--
    else if (this.hasContent) this.ordinal++
    this.state = At.fieldStart
    this.hasContent = false
    this.hasDoubt = false
    this.rowStart = end
    if (end - this.start >= this.rangeBytes && this.headerLeft === 0) this.cut(end)
  }

  private cut(end: number): void {
    this.ranges.push({ start: this.start, end, firstOrdinal: this.firstOrdinal, firstLine: this.firstLine })
    this.start = end
    this.firstOrdinal = this.ordinal
    this.firstLine = this.line
  }
}
