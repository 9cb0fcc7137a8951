import { xxh3 } from '@node-rs/xxhash'
import { type Column, MISSING as MISSING_LENGTH, type TextColumn } from '../record/index.ts'

/** Numbers a record of its content hash: 106 bits in two whole numbers below 2⁵³. */
export const HASH_STRIDE = 2

const LANES = 4
const LANE_SEEDS = [0x2f6b1d3c, 0x7a3e95b1, 0x1b873593, 0x5be0cd19] as const
const LANE_FACTORS = [0xcc9e2d51, 0x239b961b, 0xab0e9789, 0x38b34ae5] as const
/** Texts longer than this are hashed by the native function, which costs half a microsecond a call. */
const NATIVE_BYTES = 64
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

function feedText(hashes: RowHashes, row: number, bytes: Uint8Array, start: number, length: number): void {
  hashes.feed(row, length)
  if (length > NATIVE_BYTES) {
    const whole = xxh3.xxh128(bytes.subarray(start, start + length))
    wide.setBigUint64(0, whole, true)
    wide.setBigUint64(8, whole >> 64n, true)
    for (let part = 0; part < LANES; part++) hashes.feed(row, wide.getUint32(4 * part, true))
    return
  }
  const end = start + length
  for (let at = start; at < end; at += 4) {
    let word = 0
    for (let i = Math.min(end, at + 4) - 1; i >= at; i--) word = (word << 8) | (bytes[i] as number)
    hashes.feed(row, word)
  }
}

function feedTexts(hashes: RowHashes, column: TextColumn | undefined, rows: number): void {
  const values = column?.utf8
  for (let row = 0; row < rows; row++) {
    const length = values?.lengths[row] ?? MISSING_LENGTH
    if (!values || length === MISSING_LENGTH) hashes.feed(row, MISSING)
    else feedText(hashes, row, values.buffers[values.buffer[row] as number] as Uint8Array, values.starts[row] as number, length)
  }
}

const wide = new DataView(new ArrayBuffer(16))
const float = new Float64Array(1)
const words = new Int32Array(float.buffer)

function feedColumn(hashes: RowHashes, column: Column | undefined, rows: number): void {
  if (column?.kind !== 'number') {
    feedTexts(hashes, column, rows)
    return
  }
  for (let row = 0; row < rows; row++) {
    const value = column.values[row] as number
    float[0] = Number.isNaN(value) ? Number.NaN : value + 0
    hashes.feed(row, words[0] as number)
    hashes.feed(row, words[1] as number)
  }
}

/** Hash of each row over some columns in their order, two numbers a row; an absent column counts as missing values. Not secure against forged collisions. */
export function hashRows(columns: readonly (Column | undefined)[], rows: number): Float64Array {
  const hashes = new RowHashes(rows)
  for (const column of columns) feedColumn(hashes, column, rows)
  return hashes.finish()
}
