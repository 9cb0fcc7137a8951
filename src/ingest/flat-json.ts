import { MISSING, TextColumn } from '../base/record/index.ts'
import type { RawColumn } from './format.ts'
import { findStringEnd, type StringEnd, writeUnescaped } from './json-escapes.ts'
import { MAX_NAMES } from './max-names.ts'

const [QUOTE, COLON, COMMA, OPEN_BRACE, CLOSE_BRACE] = [0x22, 0x3a, 0x2c, 0x7b, 0x7d] as const
const MAX_SAFE_DIGITS = 15
/** Length of a cell whose value is no text of the buffers. */
const OTHER = -2

const isBlank = (byte: number): boolean => byte === 0x20 || byte === 0x09 || byte === 0x0d

/** The cells of one name, a row each. */
class Cells {
  readonly name: string
  /** The name as a line writes it, with its quotes. */
  readonly written: Buffer
  buffer: Uint16Array
  starts: Uint32Array
  lengths: Int32Array
  others: unknown[] | undefined
  private readonly nulls: number[] = []
  texts = 0
  /** Rows whose record has the name, with a value or with null. */
  filled = 0

  constructor(name: string, rows: number) {
    this.name = name
    this.written = Buffer.from(JSON.stringify(name), 'utf8')
    this.buffer = new Uint16Array(rows)
    this.starts = new Uint32Array(rows)
    this.lengths = new Int32Array(rows).fill(MISSING)
  }

  put(row: number, value: unknown): void {
    this.filled++
    if (value === null || value === undefined) {
      // Told apart from a record that lacks the name only where some record does.
      this.nulls.push(row)
      return
    }
    this.others ??= []
    this.others[row] = value
    this.lengths[row] = OTHER
  }

  give(rows: number, buffers: readonly Uint8Array[]): RawColumn {
    const { others } = this
    const utf8 = {
      buffers,
      buffer: this.buffer.subarray(0, rows),
      starts: this.starts.subarray(0, rows),
      lengths: this.lengths.subarray(0, rows),
    }
    if (!others && this.filled === rows) return new TextColumn(undefined, utf8)
    if (others && this.texts > 0 && this.filled === rows && others.every((value) => typeof value === 'string' && isWellFormed(value))) {
      const read = new Map(others.flatMap((value, row) => (value === undefined ? [] : [[row, value as string] as const])))
      for (const row of read.keys()) utf8.lengths[row] = MISSING
      return new TextColumn(undefined, utf8).replace(read)
    }
    const texts = this.texts === 0 ? undefined : new TextColumn(undefined, utf8)
    const values: unknown[] = new Array(rows)
    for (let row = 0; row < rows; row++) values[row] = (utf8.lengths[row] === OTHER ? others?.[row] : texts?.at(row)) ?? undefined
    for (const row of this.nulls) values[row] = null
    return values
  }
}

/** A value of a line that is read but not yet kept, since the rest of the line may be broken. */
interface Waiting {
  cells: Cells
  start: number
  end: number
  escaped: boolean
  other: unknown
}

/**
 * Collects JSON objects as columns straight from the bytes of lines: texts are never made strings. Objects with inner
 * objects or lists, repeated or escaped names, long numbers and anything that is no JSON are left to the caller's parser.
 * Source: RFC 8259.
 */
export class FlatRecords {
  private readonly cells: Cells[] = []
  private readonly byName = new Map<string, Cells>()
  private readonly buffers: Uint8Array[] = []
  private readonly numberOf = new Map<Uint8Array, number>()
  private readonly waiting: Waiting[] = []
  private readonly string: StringEnd = { quote: -1, escaped: false }
  private readonly capacity: number
  /** Where texts with escapes go. */
  private scratch: Buffer = Buffer.alloc(0)
  private used = 0
  rows = 0

  constructor(capacity: number) {
    this.capacity = capacity
  }

  /** Takes the line [start, end) as the next row; false, with nothing kept, where it is no flat object. The bytes are UTF-8. */
  takeLine(bytes: Buffer, start: number, end: number): boolean {
    const count = this.readLine(bytes, start, end)
    if (count < 0) return false
    for (let i = 0; i < count; i++) this.keep(bytes, this.waiting[i] as Waiting)
    this.rows++
    return true
  }

  /** Takes a parsed object as the next row. */
  takeObject(record: Readonly<Record<string, unknown>>): void {
    for (const name in record) {
      const cells = this.cellsOf(name)
      if (!cells) throw new RangeError(`more than ${MAX_NAMES} distinct names`)
      cells.put(this.rows, record[name])
    }
    this.rows++
  }

  names(): string[] {
    return this.cells.map((cells) => cells.name)
  }

  columns(): RawColumn[] {
    return this.cells.map((cells) => cells.give(this.rows, this.buffers))
  }

  /** Members of the object on the line, into `waiting`; −1 where it is left to a parser. */
  private readLine(bytes: Buffer, start: number, end: number): number {
    let at = skipBlanks(bytes, start, end)
    if (bytes[at] !== OPEN_BRACE) return -1
    at = skipBlanks(bytes, at + 1, end)
    let count = 0
    for (; at < end && bytes[at] !== CLOSE_BRACE; count++) {
      if (count > 0) {
        if (bytes[at] !== COMMA) return -1
        at = skipBlanks(bytes, at + 1, end)
      }
      at = this.readMember(bytes, at, end, count)
      if (at < 0) return -1
      at = skipBlanks(bytes, at, end)
    }
    if (at >= end || skipBlanks(bytes, at + 1, end) !== end) return -1
    return count
  }

  /** Reads `"name": value` and gives where it ends; −1 where it is left to a parser. */
  private readMember(bytes: Buffer, from: number, end: number, number: number): number {
    const cells = this.nameAt(bytes, from, end, number)
    if (!cells) return -1
    const colon = skipBlanks(bytes, this.string.quote + 1, end)
    if (bytes[colon] !== COLON) return -1
    const at = skipBlanks(bytes, colon + 1, end)
    const waiting = this.waiting[number] ?? { cells, start: 0, end: 0, escaped: false, other: undefined }
    this.waiting[number] = waiting
    waiting.cells = cells
    waiting.other = undefined
    if (bytes[at] === QUOTE) {
      findStringEnd(bytes, at + 1, end, this.string)
      waiting.start = at + 1
      waiting.end = this.string.quote
      waiting.escaped = this.string.escaped
      return this.string.quote < 0 ? -1 : this.string.quote + 1
    }
    const stop = literalEnd(bytes, at, end)
    const value = literalOf(bytes.toString('latin1', at, stop))
    if (value === undefined) return -1
    waiting.other = value
    waiting.end = MISSING
    return stop
  }

  /** The cells of the name at `from`, which is most often that of the same place in the line before; `string` tells its end. */
  private nameAt(bytes: Buffer, from: number, end: number, number: number): Cells | undefined {
    const guess = this.cells[number]
    let cells: Cells | undefined
    if (guess && startsWith(bytes, from, end, guess.written)) {
      this.string.quote = from + guess.written.length - 1
      cells = guess
    } else {
      if (bytes[from] !== QUOTE) return undefined
      findStringEnd(bytes, from + 1, end, this.string)
      if (this.string.quote < 0 || this.string.escaped) return undefined
      cells = this.cellsOf(bytes.toString('utf8', from + 1, this.string.quote))
    }
    // A name of digits would stand elsewhere among the names of an object.
    if (!cells || cells.name === '__proto__' || isDigit(cells.name.charCodeAt(0))) return undefined
    for (let i = 0; i < number; i++) if (this.waiting[i]?.cells === cells) return undefined
    return cells
  }

  private cellsOf(name: string): Cells | undefined {
    const known = this.byName.get(name)
    if (known || this.cells.length >= MAX_NAMES) return known
    const made = new Cells(name, this.capacity)
    this.cells.push(made)
    this.byName.set(name, made)
    return made
  }

  private keep(bytes: Buffer, { cells, start, end, escaped, other }: Waiting): void {
    const row = this.rows
    if (end === MISSING) {
      cells.put(row, other)
      return
    }
    cells.texts++
    cells.filled++
    if (!escaped) {
      cells.buffer[row] = this.bufferOf(bytes)
      cells.starts[row] = start
      cells.lengths[row] = end - start
      return
    }
    if (this.used + end - start > this.scratch.length) {
      this.scratch = Buffer.allocUnsafe(Math.max(1 << 20, end - start))
      this.used = 0
    }
    const to = writeUnescaped(bytes, start, end, this.scratch, this.used)
    cells.buffer[row] = this.bufferOf(this.scratch)
    cells.starts[row] = this.used
    cells.lengths[row] = to - this.used
    this.used = to
  }

  private bufferOf(bytes: Uint8Array): number {
    const known = this.numberOf.get(bytes)
    if (known !== undefined) return known
    this.numberOf.set(bytes, this.buffers.length)
    return this.buffers.push(bytes) - 1
  }
}

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39

const LONE_SURROGATE = /\p{Cs}/u
const isWellFormed = (text: string): boolean => !LONE_SURROGATE.test(text)

function skipBlanks(bytes: Uint8Array, from: number, end: number): number {
  let at = from
  while (at < end && isBlank(bytes[at] as number)) at++
  return at
}

function startsWith(bytes: Uint8Array, at: number, end: number, expected: Uint8Array): boolean {
  if (at + expected.length > end) return false
  for (let i = 0; i < expected.length; i++) if (bytes[at + i] !== expected[i]) return false
  return true
}

function literalEnd(bytes: Uint8Array, from: number, end: number): number {
  let at = from
  while (at < end && bytes[at] !== COMMA && bytes[at] !== CLOSE_BRACE && !isBlank(bytes[at] as number)) at++
  return at
}

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/

/** A number, truth value or null; undefined for what else stands there, and for numbers that a double may not hold. */
function literalOf(text: string): number | boolean | null | undefined {
  if (text === 'null') return null
  if (text === 'true') return true
  if (text === 'false') return false
  return text.length <= MAX_SAFE_DIGITS && NUMBER.test(text) ? Number(text) : undefined
}
