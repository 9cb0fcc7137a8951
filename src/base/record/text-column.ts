/**
 * Texts of one column as UTF-8: the value of `row` is `lengths[row]` bytes from `starts[row]` of `buffers[buffer[row]]`;
 * a length of MISSING is no value. Rows may lie in several buffers, so that they are chosen, joined and changed without
 * copying the others.
 */
export interface Utf8Values {
  readonly buffers: readonly Uint8Array[]
  readonly buffer: Uint16Array
  readonly starts: Uint32Array
  readonly lengths: Int32Array
}

/** A text as UTF-8: the bytes [start, end) of a buffer. */
export interface Utf8Text {
  readonly bytes: Uint8Array
  readonly start: number
  readonly end: number
}

/** The text of one row where it lies; undefined where it is missing. */
export function utf8At({ buffers, buffer, starts, lengths }: Utf8Values, row: number): Utf8Text | undefined {
  const length = lengths[row] as number
  if (length === MISSING) return undefined
  const start = starts[row] as number
  return { bytes: buffers[buffer[row] as number] as Uint8Array, start, end: start + length }
}

/** Length of a value that is not there. */
export const MISSING = -1

/**
 * Strings of one field over a batch; null is missing. Held as strings, as UTF-8, or as both: each form is made from
 * the other when it is first asked for. Kernels that read bytes never make strings; a lone surrogate has no UTF-8 and
 * becomes U+FFFD there, as in every file that is written.
 */
export class TextColumn {
  readonly kind = 'text'
  readonly length: number
  private strings: (string | null)[] | undefined
  private bytes: Utf8Values | undefined

  constructor(strings: readonly (string | null)[] | undefined, bytes?: Utf8Values) {
    this.strings = strings as (string | null)[] | undefined
    this.bytes = bytes
    this.length = strings?.length ?? bytes?.lengths.length ?? 0
  }

  /** All values as strings. O(characters) the first time a column of bytes is asked. */
  get values(): readonly (string | null)[] {
    if (!this.strings) {
      const strings: (string | null)[] = new Array(this.length)
      for (let row = 0; row < this.length; row++) strings[row] = decodeAt(this.bytes as Utf8Values, row)
      this.strings = strings
    }
    return this.strings
  }

  /** All values as UTF-8. O(characters) the first time a column of strings is asked. */
  get utf8(): Utf8Values {
    this.bytes ??= encodeValues(this.strings as (string | null)[])
    return this.bytes
  }

  /** Is UTF-8 at hand without encoding? */
  get holdsBytes(): boolean {
    return this.bytes !== undefined
  }

  /** The value of one row, without making strings of the others. */
  at(row: number): string | null {
    if (this.strings) return this.strings[row] ?? null
    return decodeAt(this.bytes as Utf8Values, row)
  }

  isMissing(row: number): boolean {
    return this.strings ? (this.strings[row] ?? null) === null : (this.bytes as Utf8Values).lengths[row] === MISSING
  }

  /** The rows whose index is in `rows`, in that order. O(rows), whatever the lengths of the texts. */
  take(rows: Uint32Array): TextColumn {
    const n = rows.length
    let strings: (string | null)[] | undefined
    if (this.strings) {
      strings = new Array(n)
      for (let i = 0; i < n; i++) strings[i] = this.strings[rows[i] as number] ?? null
    }
    if (!this.bytes) return new TextColumn(strings)
    const { buffers, buffer, starts, lengths } = this.bytes
    const taken = { buffers, buffer: new Uint16Array(n), starts: new Uint32Array(n), lengths: new Int32Array(n) }
    for (let i = 0; i < n; i++) {
      const row = rows[i] as number
      taken.buffer[i] = buffer[row] as number
      taken.starts[i] = starts[row] as number
      taken.lengths[i] = lengths[row] as number
    }
    return new TextColumn(strings, taken)
  }

  /** The rows [from, to). */
  slice(from: number, to: number): TextColumn {
    const b = this.bytes
    return new TextColumn(
      this.strings?.slice(from, to),
      b && {
        buffers: b.buffers,
        buffer: b.buffer.subarray(from, to),
        starts: b.starts.subarray(from, to),
        lengths: b.lengths.subarray(from, to),
      },
    )
  }

  /** The column with other values at some rows. O(rows + characters of the new values). */
  replace(changes: ReadonlyMap<number, string | null>): TextColumn {
    if (changes.size === 0) return this
    let strings: (string | null)[] | undefined
    if (this.strings) {
      strings = this.strings.slice()
      for (const [row, value] of changes) strings[row] = value
    }
    return new TextColumn(strings, this.bytes && replaceValues(this.bytes, changes))
  }

  /** Does `row` hold another value than `otherRow` of another column? Compares bytes where both hold them. */
  differs(row: number, other: TextColumn, otherRow: number): boolean {
    const a = this.bytes
    const b = other.bytes
    if (a && b) {
      const length = a.lengths[row] as number
      if (length !== b.lengths[otherRow]) return true
      const left = a.buffers[a.buffer[row] as number] as Uint8Array
      const right = b.buffers[b.buffer[otherRow] as number] as Uint8Array
      const [i, j] = [a.starts[row] as number, b.starts[otherRow] as number]
      if (length <= 0 || (left === right && i === j)) return false
      return Buffer.compare(left.subarray(i, i + length), right.subarray(j, j + length)) !== 0
    }
    return this.at(row) !== other.at(otherRow)
  }
}

/** A column of strings. */
export const textColumn = (values: readonly (string | null)[]): TextColumn => new TextColumn(values)
/** A column of UTF-8. */
export const utf8Column = (values: Utf8Values): TextColumn => new TextColumn(undefined, values)

/** Buffers that one column may have: rows number them with 16 bits. */
export const MAX_BUFFERS = 0xffff

/** Columns one after the other, without copying texts where all hold bytes. */
export function concatTexts(columns: readonly TextColumn[]): TextColumn {
  const buffers = new Set<Uint8Array>()
  for (const column of columns) if (column.holdsBytes) for (const buffer of column.utf8.buffers) buffers.add(buffer)
  if (!columns.every((column) => column.holdsBytes) || buffers.size > MAX_BUFFERS) {
    return new TextColumn(columns.flatMap((column) => column.values))
  }
  const all = [...buffers]
  const numberOf = new Map(all.map((buffer, number) => [buffer, number]))
  const n = columns.reduce((sum, column) => sum + column.length, 0)
  const joined = { buffers: all, buffer: new Uint16Array(n), starts: new Uint32Array(n), lengths: new Int32Array(n) }
  let at = 0
  for (const { utf8, length } of columns) {
    const renumbered = utf8.buffers.map((buffer) => numberOf.get(buffer) as number)
    for (let row = 0; row < length; row++) joined.buffer[at + row] = renumbered[utf8.buffer[row] as number] ?? 0
    joined.starts.set(utf8.starts, at)
    joined.lengths.set(utf8.lengths, at)
    at += length
  }
  return new TextColumn(undefined, joined)
}

const buffersOf = new WeakMap<Uint8Array, Buffer>()

/** The bytes as a Buffer over the same memory; made once, since there are many rows to a buffer. */
function bufferOf(bytes: Uint8Array): Buffer {
  if (bytes instanceof Buffer) return bytes
  const known = buffersOf.get(bytes)
  if (known) return known
  const made = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  buffersOf.set(bytes, made)
  return made
}

function decodeAt({ buffers, buffer, starts, lengths }: Utf8Values, row: number): string | null {
  const length = lengths[row] as number
  if (length < 0) return null
  const start = starts[row] as number
  return bufferOf(buffers[buffer[row] as number] as Uint8Array).toString('utf8', start, start + length)
}

/** Strings as UTF-8 in one buffer. */
function encodeValues(values: readonly (string | null)[]): Utf8Values {
  const n = values.length
  const starts = new Uint32Array(n)
  const lengths = new Int32Array(n)
  let units = 0
  for (const value of values) units += value === null ? 0 : value.length
  // One unit takes three bytes at most; most texts take one, so the buffer is cut or grown to what it needs.
  let bytes = Buffer.allocUnsafe(units + (units >> 3) + 64)
  let at = 0
  for (let row = 0; row < n; row++) {
    const value = values[row] ?? null
    if (value === null) {
      lengths[row] = MISSING
      continue
    }
    if (at + value.length * 3 > bytes.length) bytes = grown(bytes, at + value.length * 3)
    starts[row] = at
    at += bytes.write(value, at, 'utf8')
    lengths[row] = at - (starts[row] as number)
  }
  return { buffers: [bytes.subarray(0, at)], buffer: new Uint16Array(n), starts, lengths }
}

function grown(bytes: Buffer<ArrayBuffer>, atLeast: number): Buffer<ArrayBuffer> {
  const larger = Buffer.allocUnsafe(Math.max(atLeast, bytes.length + (bytes.length >> 1)))
  bytes.copy(larger)
  return larger
}

function replaceValues(before: Utf8Values, changes: ReadonlyMap<number, string | null>): Utf8Values {
  const rows = [...changes.keys()]
  const changed = encodeValues([...changes.values()])
  if (before.buffers.length >= MAX_BUFFERS) return replaceValues(compact(before), changes)
  const after = {
    buffers: [...before.buffers, changed.buffers[0] as Uint8Array],
    buffer: before.buffer.slice(),
    starts: before.starts.slice(),
    lengths: before.lengths.slice(),
  }
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number
    after.buffer[row] = before.buffers.length
    after.starts[row] = changed.starts[i] as number
    after.lengths[row] = changed.lengths[i] as number
  }
  return after
}

/** The same values in one buffer, one after the other, with nothing between them. */
export function compact(values: Utf8Values): Utf8Values {
  const { buffers, buffer, starts, lengths } = values
  const n = lengths.length
  let total = 0
  for (let row = 0; row < n; row++) total += Math.max(0, lengths[row] as number)
  const bytes = Buffer.allocUnsafe(total)
  const packed = new Uint32Array(n)
  let at = 0
  for (let row = 0; row < n; row++) {
    const length = lengths[row] as number
    packed[row] = at
    if (length <= 0) continue
    const start = starts[row] as number
    bytes.set((buffers[buffer[row] as number] as Uint8Array).subarray(start, start + length), at)
    at += length
  }
  return { buffers: [bytes], buffer: new Uint16Array(n), starts: packed, lengths: lengths.slice() }
}
