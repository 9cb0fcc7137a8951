import { xxh3 } from '@node-rs/xxhash'

const LANES = 4
const SEEDS = [0x2f6b1d3c, 0x7a3e95b1, 0x1b873593, 0x5be0cd19] as const
const FACTORS = [0xcc9e2d51, 0x239b961b, 0xab0e9789, 0x38b34ae5] as const
/** Longer texts are hashed by the native function, whose call costs as much as this many steps. */
const NATIVE_UNITS = 64
/** Stands for a missing value: no text is that long. */
const MISSING = 0x7fffffff

/** Two whole numbers below 2⁵³: 106 bits of a hash. */
export interface Hash106 {
  high: number
  low: number
}

/** One 32-bit word mixed into a lane. Source: MurmurHash3 (Appleby, public domain). */
function mixed(state: number, word: number, lane: number): number {
  let mix = Math.imul(word, FACTORS[lane] as number)
  mix = Math.imul((mix << 15) | (mix >>> 17), 0x1b873593)
  const hash = state ^ mix
  return (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64 + lane) | 0
}

function finished(state: number, lane: number): number {
  let hash = state ^ lane
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

const float = new Float64Array(1)
const floatWords = new Int32Array(float.buffer)

/** Hashes single values, and rows of them, in 128 bits of which 106 are given. Not secure against forged collisions. */
export class ValueHasher {
  private readonly lanes = new Int32Array(LANES)

  ofNumber(value: number, into: Hash106): void {
    float[0] = value + 0
    this.start()
    this.feed(floatWords[0] as number)
    this.feed(floatWords[1] as number)
    this.give(into)
  }

  ofText(value: string, into: Hash106): void {
    this.start()
    this.feed(value.length)
    if (value.length > NATIVE_UNITS) this.feedWide(xxh3.xxh128(value))
    else for (let at = 0; at < value.length; at += 2) this.feed(value.charCodeAt(at) | (value.charCodeAt(at + 1) << 16))
    this.give(into)
  }

  ofBytes(bytes: Uint8Array, into: Hash106): void {
    this.start()
    this.feed(bytes.length)
    this.feedWide(xxh3.xxh128(bytes))
    this.give(into)
  }

  private start(): void {
    for (let lane = 0; lane < LANES; lane++) this.lanes[lane] = SEEDS[lane] as number
  }

  private feed(word: number): void {
    for (let lane = 0; lane < LANES; lane++) this.lanes[lane] = mixed(this.lanes[lane] as number, word, lane)
  }

  private feedWide(hash: bigint): void {
    for (let rest = hash, part = 0; part < LANES; part++, rest >>= 32n) this.feed(Number(BigInt.asIntN(32, rest)))
  }

  private give(into: Hash106): void {
    into.high = finished(this.lanes[0] as number, 0) * 2 ** 21 + (finished(this.lanes[1] as number, 1) >>> 11)
    into.low = finished(this.lanes[2] as number, 2) * 2 ** 21 + (finished(this.lanes[3] as number, 3) >>> 11)
  }
}

/** Hashes of the rows of a batch, fed column by column in one order. */
export class RowHashes {
  private readonly lanes: readonly Int32Array[]

  constructor(rows: number) {
    this.lanes = SEEDS.map((seed) => new Int32Array(rows).fill(seed))
  }

  feed(row: number, hash: Hash106): void {
    const { high, low } = hash
    this.word(row, high | 0)
    this.word(row, (high / 2 ** 32) | 0)
    this.word(row, low | 0)
    this.word(row, (low / 2 ** 32) | 0)
  }

  feedMissing(row: number): void {
    this.word(row, MISSING)
  }

  private word(row: number, word: number): void {
    for (let lane = 0; lane < LANES; lane++) {
      const states = this.lanes[lane] as Int32Array
      states[row] = mixed(states[row] as number, word, lane)
    }
  }

  give(row: number, into: Hash106): void {
    const state = (lane: number): number => finished(this.lanes[lane]?.[row] as number, lane)
    into.high = state(0) * 2 ** 21 + (state(1) >>> 11)
    into.low = state(2) * 2 ** 21 + (state(3) >>> 11)
  }
}
