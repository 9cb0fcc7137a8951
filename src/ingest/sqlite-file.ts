import { isUtf8 } from 'node:buffer'
import type { ByteSource } from '../base/store/index.ts'
import { MAX_RECORD_BYTES } from './format.ts'
import { asciiAt } from './magic-bytes.ts'

/** A value as SQLite stores it; whole numbers past 2^53 are bigints. */
export type SqliteValue = null | number | bigint | string | Uint8Array

/** A row, or what is wrong with it. `key` is the rowid, or the running number in tables without one. */
export type SqliteRow =
  | { readonly key: number; readonly values: readonly SqliteValue[] }
  | { readonly key: number; readonly fault: 'damaged' | 'too large' | 'text'; readonly detail: string | number }

const MAGIC = 'SQLite format 3\0'
const TABLE_INTERIOR = 5
const TABLE_LEAF = 13
const INDEX_INTERIOR = 2
const INDEX_LEAF = 10
/** Bytes read at once: leaf pages mostly follow each other. */
const WINDOW_BYTES = 256 << 10
const MAX_WINDOWS = 32

export const isSqlite = (head: Uint8Array): boolean => asciiAt(head, 0, 16) === MAGIC

/**
 * Reads tables out of an SQLite database file, page by page, without opening it as a database: no lock, no journal, no write-ahead log, so
 * that it works on read-only folders and inside archives. What only the write-ahead log holds is not seen.
 * Source: sqlite.org/fileformat2.html.
 */
export class SqliteFile {
  private readonly source: Pick<ByteSource, 'read' | 'size'>
  private readonly pageSize: number
  private readonly usable: number
  private readonly encoding: number
  private readonly windows = new Map<number, Uint8Array>()

  private constructor(source: Pick<ByteSource, 'read' | 'size'>, header: Buffer) {
    this.source = source
    const size = header.readUInt16BE(16)
    this.pageSize = size === 1 ? 65_536 : size
    this.usable = this.pageSize - header.readUInt8(20)
    this.encoding = header.readUInt32BE(56)
  }

  /** Undefined for a file that has no sound header. */
  static async open(source: Pick<ByteSource, 'read' | 'size'>): Promise<SqliteFile | undefined> {
    const head = Buffer.from(await source.read(0, 100))
    if (head.length < 100 || !isSqlite(head)) return undefined
    const file = new SqliteFile(source, head)
    const isSound = file.pageSize >= 512 && (file.pageSize & (file.pageSize - 1)) === 0 && file.usable >= 480
    return isSound ? file : undefined
  }

  /** The rows of the b-tree at a page, in its order, page by page. Every page is visited once, whatever damaged pointers say. */
  async *rows(rootPage: number): AsyncIterable<readonly SqliteRow[]> {
    const seen = new Set<number>()
    const todo: (number | Buffer)[] = [rootPage]
    let count = 0
    while (todo.length > 0) {
      const next = todo.pop() as number | Buffer
      if (typeof next !== 'number') {
        yield [await this.row(next, ++count, true)]
        continue
      }
      const page = seen.has(next) ? undefined : await this.page(next)
      seen.add(next)
      const cells = page && this.cells(page, next)
      if (!cells) yield [{ key: count + 1, fault: 'damaged', detail: next }]
      else if (cells.isLeaf) {
        yield await this.leafRows(cells, count)
        count += cells.leaves.length
      } else todo.push(...cells.below.reverse())
    }
  }

  private async leafRows({ leaves, isTable }: Cells, nBefore: number): Promise<SqliteRow[]> {
    const rows: SqliteRow[] = []
    for (const [index, cell] of leaves.entries()) {
      const row = this.row(cell, nBefore + index + 1, !isTable)
      // Waiting for each row that is already there would take most of the time.
      rows.push(row instanceof Promise ? await row : row)
    }
    return rows
  }

  private async page(number: number): Promise<Buffer | undefined> {
    const start = (number - 1) * this.pageSize
    if (number < 1 || start + this.pageSize > this.source.size) return undefined
    const windowBytes = Math.max(WINDOW_BYTES, this.pageSize)
    const index = Math.floor(start / windowBytes)
    let window = this.windows.get(index)
    if (!window) {
      window = await this.source.read(index * windowBytes, windowBytes)
      if (this.windows.size >= MAX_WINDOWS) this.windows.delete(this.windows.keys().next().value as number)
      this.windows.set(index, window)
    }
    const at = start - index * windowBytes
    if (at + this.pageSize > window.length) return undefined
    return Buffer.from(window.buffer, window.byteOffset + at, this.pageSize)
  }

  /** The cells of a b-tree page: of a leaf its rows, of an interior page what lies below, in key order. */
  private cells(page: Buffer, number: number): Cells | undefined {
    const header = number === 1 ? 100 : 0
    const type = page[header]
    const isTable = type === TABLE_LEAF || type === TABLE_INTERIOR
    const isLeaf = type === TABLE_LEAF || type === INDEX_LEAF
    if (!isTable && type !== INDEX_LEAF && type !== INDEX_INTERIOR) return undefined
    const nCells = page.readUInt16BE(header + 3)
    const pointers = header + (isLeaf ? 8 : 12)
    if (pointers + 2 * nCells > this.pageSize) return undefined
    const leaves: Buffer[] = []
    const below: (number | Buffer)[] = []
    for (let cell = 0; cell < nCells; cell++) {
      const at = page.readUInt16BE(pointers + 2 * cell)
      if (at + 4 > this.pageSize) return undefined
      if (isLeaf) leaves.push(page.subarray(at))
      else below.push(page.readUInt32BE(at))
      // Interior pages of an index b-tree hold rows between their children.
      if (type === INDEX_INTERIOR) below.push(page.subarray(at + 4))
    }
    if (!isLeaf) below.push(page.readUInt32BE(header + 8))
    return { isTable, isLeaf, leaves, below }
  }

  /** At once where all of the row lies on its page. */
  private row(cell: Buffer, count: number, isIndex: boolean): SqliteRow | Promise<SqliteRow> {
    const cursor = { at: 0 }
    const size = varint(cell, cursor)
    const key = isIndex ? count : varint(cell, cursor)
    if (size > MAX_RECORD_BYTES) return { key, fault: 'too large', detail: size }
    const start = cursor.at
    const local = this.localSize(size, isIndex)
    if (start + local + (local < size ? 4 : 0) > cell.length) return { key, fault: 'damaged', detail: key }
    const payload = cell.subarray(start, start + local)
    if (local === size) return decodeRecord(payload, key, this.encoding)
    return this.overflowing(payload, cell.readUInt32BE(start + local), size).then((whole) =>
      whole ? decodeRecord(whole, key, this.encoding) : { key, fault: 'damaged', detail: key },
    )
  }

  /** Bytes of a payload that lie on its own page. Source: fileformat2.html section 1.6. */
  private localSize(size: number, isIndex: boolean): number {
    const { usable } = this
    const most = isIndex ? Math.floor(((usable - 12) * 64) / 255) - 23 : usable - 35
    if (size <= most) return size
    const least = Math.floor(((usable - 12) * 32) / 255) - 23
    const fitting = least + ((size - least) % (usable - 4))
    return fitting <= most ? fitting : least
  }

  /** A payload with what lies on overflow pages; undefined where their chain breaks. */
  private async overflowing(start: Buffer, firstPage: number, size: number): Promise<Buffer | undefined> {
    const parts = [Buffer.from(start)]
    let next = firstPage
    for (let left = size - start.length; left > 0; ) {
      const page = await this.page(next)
      if (!page) return undefined
      const part = page.subarray(4, 4 + Math.min(left, this.usable - 4))
      parts.push(Buffer.from(part))
      left -= part.length
      next = page.readUInt32BE(0)
    }
    return Buffer.concat(parts)
  }
}

interface Cells {
  readonly isTable: boolean
  readonly isLeaf: boolean
  readonly leaves: readonly Buffer[]
  readonly below: (number | Buffer)[]
}

/** A big-endian integer of 1 to 9 bytes, 7 bits each and 8 in the ninth, which makes it negative; moves the cursor past it. */
function varint(bytes: Buffer, cursor: { at: number }): number {
  let value = 0
  for (let index = 0; index < 8; index++) {
    const byte = bytes[cursor.at++] ?? 0
    value = value * 128 + (byte & 0x7f)
    if (byte < 0x80) return value
  }
  cursor.at -= 8
  let wide = 0n
  for (let index = 0; index < 8; index++) wide = (wide << 7n) | BigInt((bytes[cursor.at++] ?? 0) & 0x7f)
  return Number(BigInt.asIntN(64, (wide << 8n) | BigInt(bytes[cursor.at++] ?? 0)))
}

/** Values of a record by their serial types. Source: fileformat2.html section 2.1. */
function decodeRecord(payload: Buffer, key: number, encoding: number): SqliteRow {
  const cursor = { at: 0 }
  const headerSize = varint(payload, cursor)
  const values: SqliteValue[] = []
  let body = headerSize
  while (cursor.at < headerSize) {
    const type = varint(payload, cursor)
    const end = body + sizeOf(type)
    if (type < 0 || end > payload.length) return { key, fault: 'damaged', detail: key }
    if (type >= 13 && type % 2 === 1 && encoding === 1 && !isUtf8(payload.subarray(body, end))) {
      return { key, fault: 'text', detail: payload.subarray(body, Math.min(end, body + 8)).toString('hex') }
    }
    values.push(decodeValue(type, payload, body, end, encoding))
    body = end
  }
  return { key, values }
}

const INTEGER_SIZES = [0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0]

const sizeOf = (type: number): number => (type < 12 ? (INTEGER_SIZES[type] as number) : Math.floor((type - 12) / 2))

function decodeValue(type: number, payload: Buffer, start: number, end: number, encoding: number): SqliteValue {
  if (type >= 12) return type % 2 === 0 ? Uint8Array.from(payload.subarray(start, end)) : textOf(payload, start, end, encoding)
  if (type === 0 || type > 9) return null
  if (type >= 8) return type - 8
  if (type === 7) return payload.readDoubleBE(start)
  if (type < 6) return payload.readIntBE(start, end - start)
  const value = payload.readBigInt64BE(start)
  return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value
}

function textOf(payload: Buffer, start: number, end: number, encoding: number): string {
  if (encoding === 1) return payload.toString('utf8', start, end)
  const even = Buffer.from(payload.subarray(start, start + ((end - start) & ~1)))
  return (encoding === 3 ? even.swap16() : even).toString('utf16le')
}
