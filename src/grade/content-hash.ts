import { xxh3 } from '@node-rs/xxhash'
import type { Column, Field, RecordBatch } from '../base/record/index.ts'
import type { TableFacts } from './indicator.ts'

/** Numbers a record of its content hash: 106 bits in two whole numbers below 2⁵³. */
export const HASH_STRIDE = 2

const LANES = 4
const LANE_SEEDS = [0x2f6b1d3c, 0x7a3e95b1, 0x1b873593, 0x5be0cd19] as const
const LANE_FACTORS = [0xcc9e2d51, 0x239b961b, 0xab0e9789, 0x38b34ae5] as const
/** Texts longer than this are hashed by the native function, which costs half a microsecond a call. */
const NATIVE_UNITS = 64
const MISSING = 0x6d697373

/** Four 32-bit hashes a row, fed word by word. */
class RowHashes {
  readonly lanes: readonly Int32Array[]

  constructor(rows: number) {
    this.lanes = LANE_SEEDS.map((seed) => new Int32Array(rows).fill(seed))
  }

  feed(row: number, word: number): void {
    for (let lane = 0; lane < LANES; lane++) {
      const state = this.lanes[lane] as Int32Array
      let mixed = Math.imul(word, LANE_FACTORS[lane] as number)
      mixed = Math.imul((mixed << 15) | (mixed >>> 17), 0x1b873593)
      const hash = (state[row] as number) ^ mixed
      state[row] = (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64 + lane) | 0
    }
  }

  /** Final mixing (MurmurHash3), then 53 bits from each pair of lanes. */
  finish(): Float64Array {
    const rows = this.lanes[0]?.length ?? 0
    const hashes = new Float64Array(rows * HASH_STRIDE)
    const word = (lane: number, row: number): number => {
      let hash = (this.lanes[lane]?.[row] as number) ^ lane
      hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
      hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
      return (hash ^ (hash >>> 16)) >>> 0
    }
    for (let row = 0; row < rows; row++) {
      hashes[row * HASH_STRIDE] = word(0, row) * 2 ** 21 + (word(1, row) >>> 11)
      hashes[row * HASH_STRIDE + 1] = word(2, row) * 2 ** 21 + (word(3, row) >>> 11)
    }
    return hashes
  }
}

const wide = new DataView(new ArrayBuffer(16))

function feedText(hashes: RowHashes, row: number, value: string | null): void {
  if (value === null) {
    hashes.feed(row, MISSING)
    return
  }
  hashes.feed(row, value.length)
  if (value.length > NATIVE_UNITS) {
    const whole = xxh3.xxh128(value)
    wide.setBigUint64(0, whole, true)
    wide.setBigUint64(8, whole >> 64n, true)
    for (let part = 0; part < LANES; part++) hashes.feed(row, wide.getUint32(4 * part, true))
    return
  }
  for (let at = 0; at < value.length; at += 2) hashes.feed(row, value.charCodeAt(at) | (value.charCodeAt(at + 1) << 16))
}

const float = new Float64Array(1)
const words = new Int32Array(float.buffer)

function feedColumn(hashes: RowHashes, column: Column | undefined, rows: number): void {
  for (let row = 0; row < rows; row++) {
    if (column?.kind === 'number') {
      const value = column.values[row] as number
      float[0] = Number.isNaN(value) ? Number.NaN : value + 0
      hashes.feed(row, words[0] as number)
      hashes.feed(row, words[1] as number)
    } else feedText(hashes, row, column?.values[row] ?? null)
  }
}

/** Hashes already made of a batch, so that two indicators share the work; dies with the batch. */
const made = new WeakMap<RecordBatch, Map<string, Float64Array>>()

/** Hash of each record over the named fields, two numbers a row. Not secure against forged collisions. */
export function contentHashes(batch: RecordBatch, fields: readonly Field[]): Float64Array {
  const names = fields.map(({ name }) => name)
  const key = JSON.stringify(names)
  const known = made.get(batch)?.get(key)
  if (known) return known
  const hashes = new RowHashes(batch.ids.length)
  for (const name of names) feedColumn(hashes, batch.columns.get(name), batch.ids.length)
  const result = hashes.finish()
  const ofBatch = made.get(batch) ?? new Map<string, Float64Array>()
  made.set(batch, ofBatch.set(key, result))
  return result
}

/** A uniform whole number below 2⁵³ from a short string such as an id. Source: cyrb53 (bryc, public domain). */
export function hashOfText(text: string): number {
  let a = 0xdeadbeef
  let b = 0x41c6ce57
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    a = Math.imul(a ^ unit, 2654435761)
    b = Math.imul(b ^ unit, 1597334677)
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909)
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909)
  return 2 ** 32 * (0x1fffff & b) + (a >>> 0)
}

/** The texts of a table's records: fields of role text (JSON too: chats, the national record format), else all of type text. */
export function textFieldsOf(table: Pick<TableFacts, 'fields'>): Field[] {
  const main = table.fields.filter(({ role, type }) => role === 'text' && (type === 'text' || type === 'category' || type === 'json'))
  return main.length > 0 ? main : table.fields.filter(({ type, role }) => type === 'text' && role !== 'note' && role !== 'identifier')
}

const NAMING_ROLES: ReadonlySet<string> = new Set(['identifier', 'note', 'split'])

/**
 * Fields whose equality makes two records the same thing: the texts, the medium, or every field that does not merely
 * name the record.
 */
export function sameThingFields(table: Pick<TableFacts, 'fields' | 'modality'>): Field[] {
  const media = table.fields.filter(({ type }) => type === 'media')
  if ((table.modality === 'image' || table.modality === 'audio') && media.length > 0) return media
  const texts = table.modality === 'text' ? textFieldsOf(table) : []
  return texts.length > 0 ? texts : table.fields.filter(({ role }) => !NAMING_ROLES.has(role ?? ''))
}
