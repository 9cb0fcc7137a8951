/** How the rows of a delimited text file are written. */
export interface Dialect {
  readonly delimiter: string
  /** `"` or empty where quotation marks are ordinary characters. */
  readonly quote: string
  readonly lineEnd: 'lf' | 'cr'
}

/** Takes what a row reader finds. Fields of a row that turns out broken or unfinished are given again or never closed by `row`. */
export interface RowSink {
  readonly field: (column: number, value: string) => void
  /** The fields given since the last row are one row. @param line 1-based number of its first line @param isSuspect may hold NUL or escaped bytes */
  readonly row: (nFields: number, line: number, isSuspect: boolean) => void
  readonly brokenRow: (line: number, fault: RowFault) => void
}

/** `unclosed`: a quoted value has no end within the limit; `stray`: text follows a closing quotation mark; `overlong`: one line is past the limit. */
export type RowFault = { readonly kind: 'unclosed' | 'stray' } | { readonly kind: 'overlong'; readonly bytes: number }

/**
 * Characters that one row with quoted line breaks may span. An opening quotation mark that finds no end within it is taken as stray and
 * reading goes on at the next line.
 */
export const MAX_QUOTED_ROW = 8 << 20

const SPACE = 32
const TAB = 9
const LINE_FEED = 10
const CARRIAGE_RETURN = 13

type FieldEnd = 'delimiter' | 'line' | 'unfinished' | 'unclosed' | 'stray'

/** Reads rows out of pieces of text (RFC 4180 and its relatives) in one pass over the characters. */
export class RowReader {
  private readonly sink: RowSink
  private readonly quoteMark: string
  private readonly delimiter: number
  private readonly quote: number
  private readonly lineEnd: number
  private readonly lineBreak: string
  private text = ''
  private at = 0
  private rowStart = 0
  private line: number
  private isLast = false
  private isSuspect = false

  /** @param firstLine number of the first line that is pushed */
  constructor(dialect: Dialect, sink: RowSink, firstLine = 1) {
    this.sink = sink
    this.line = firstLine
    this.quoteMark = dialect.quote
    this.delimiter = dialect.delimiter.charCodeAt(0)
    this.quote = dialect.quote === '' ? -1 : dialect.quote.charCodeAt(0)
    this.lineBreak = dialect.lineEnd === 'cr' ? '\r' : '\n'
    this.lineEnd = this.lineBreak.charCodeAt(0)
  }

  /** Text of whole lines. @param isSuspect it may hold NUL or escaped bytes */
  push(piece: string, isSuspect: boolean): void {
    this.read(piece, isSuspect, false)
  }

  /** Characters of the unfinished last row. */
  get nPending(): number {
    return this.text.length
  }

  /** A line too long to be held stood here. */
  overlongLine(bytes: number): void {
    this.read('', false, true)
    this.sink.brokenRow(this.line++, { kind: 'overlong', bytes })
  }

  /** The file has ended. */
  end(): void {
    this.read('', false, true)
  }

  private read(piece: string, isSuspect: boolean, isLast: boolean): void {
    const carried = this.text
    this.text = carried === '' ? piece : carried + piece
    this.isSuspect = isSuspect || (carried !== '' && this.isSuspect)
    this.isLast = isLast
    this.at = 0
    while (this.at < this.text.length && this.readRow());
    this.text = this.at < this.text.length ? this.text.slice(this.at) : ''
  }

  /** Reads one row; false leaves an unfinished one for the next piece. */
  private readRow(): boolean {
    const { sink, line } = this
    this.rowStart = this.at
    let column = 0
    for (;;) {
      const end = this.text.charCodeAt(this.at) === this.quote ? this.quotedField(column++) : this.plainField(column++)
      if (end === 'delimiter') continue
      if (end === 'line') {
        this.line++
        sink.row(column, line, this.isSuspect)
        return true
      }
      this.at = this.rowStart
      this.line = line
      if (end === 'unfinished') return false
      this.skipLine()
      sink.brokenRow(line, { kind: end })
      return true
    }
  }

  private plainField(column: number): FieldEnd {
    const { text, delimiter, lineEnd } = this
    const n = text.length
    let end = this.at
    let code = 0
    while (end < n) {
      code = text.charCodeAt(end)
      if (code === delimiter || code === lineEnd) break
      end++
    }
    if (end < n && code === delimiter) {
      this.sink.field(column, text.slice(this.at, end))
      this.at = end + 1
      return 'delimiter'
    }
    if (end >= n && !this.isLast) return 'unfinished'
    const hasReturn = lineEnd === LINE_FEED && end > this.at && text.charCodeAt(end - 1) === CARRIAGE_RETURN
    this.sink.field(column, text.slice(this.at, hasReturn ? end - 1 : end))
    this.at = end + 1
    return 'line'
  }

  private quotedField(column: number): FieldEnd {
    const { text, quoteMark } = this
    const open = this.at + 1
    let close = text.indexOf(quoteMark, open)
    while (close >= 0 && text.charCodeAt(close + 1) === this.quote) close = text.indexOf(quoteMark, close + 2)
    let next = close < 0 ? text.length : this.pastBlanks(close + 1)
    if (next >= text.length && !this.isLast && text.length - this.rowStart <= MAX_QUOTED_ROW) return 'unfinished'
    if (close < 0) return 'unclosed'
    const raw = text.slice(open, close)
    this.line += countOf(this.lineBreak, raw)
    if (text.charCodeAt(next) === CARRIAGE_RETURN && this.lineEnd === LINE_FEED) next++
    const code = next < text.length ? text.charCodeAt(next) : this.lineEnd
    if (code !== this.delimiter && code !== this.lineEnd) return 'stray'
    this.sink.field(column, raw.includes(quoteMark) ? raw.replaceAll(quoteMark + quoteMark, quoteMark) : raw)
    this.at = next + 1
    return code === this.delimiter ? 'delimiter' : 'line'
  }

  private pastBlanks(from: number): number {
    let at = from
    for (;;) {
      const code = this.text.charCodeAt(at)
      if ((code !== SPACE && code !== TAB) || code === this.delimiter) return at
      at++
    }
  }

  private skipLine(): void {
    const end = this.text.indexOf(this.lineBreak, this.at)
    this.at = end < 0 ? this.text.length : end + 1
    this.line++
  }
}

function countOf(wanted: string, text: string): number {
  let count = 0
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) count++
  return count
}
