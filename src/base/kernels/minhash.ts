import { avalanche, type Shingles } from './shingles.ts'

/** Bands and rows a band: a pair at Jaccard .8 shares a band with probability 1 − (1 − .8⁶)²⁰ = .998. */
export const BANDS = 20
export const BAND_ROWS = 6
const BINS = BANDS * BAND_ROWS
const EMPTY = 0xffffffff

/** For each bin the order in which other bins are asked when it is empty: a fixed universal hash of (bin, attempt). */
const DONORS = donorTable()

function donorTable(): Uint8Array[] {
  return Array.from({ length: BINS }, (_, bin) =>
    Uint8Array.from({ length: 64 }, (_, attempt) => avalanche(Math.imul(bin + 1, 0x9e3779b1) ^ Math.imul(attempt + 1, 0x85ebca77)) % BINS),
  )
}

/**
 * One-permutation MinHash with optimal densification: one hash a shingle instead of one hundred and twenty.
 * Source: Shrivastava 2017, "Optimal Densification for Fast and Accurate Minwise Hashing", arXiv 1703.04664.
 * @param into where the BANDS band keys go, 53-bit numbers; texts that share one are candidates
 * @param salt folded into every key: texts of different salt never meet
 */
export function bandKeys(
  shingles: Shingles,
  into: Float64Array,
  at: number,
  salt: number,
  bins: Uint32Array = new Uint32Array(BINS),
): void {
  bins.fill(EMPTY)
  const { count, high, low } = shingles
  for (let i = 0; i < count; i++) {
    const bin = Math.floor(((high[i] as number) * BINS) / 4_294_967_296)
    const value = low[i] as number
    if (value < (bins[bin] as number)) bins[bin] = value
  }
  const filled = bins.slice()
  for (let bin = 0; bin < BINS; bin++) if (filled[bin] === EMPTY) bins[bin] = donate(filled, bin)
  for (let band = 0; band < BANDS; band++) {
    let a = salt ^ Math.imul(band + 1, 0x9e3779b1)
    let b = Math.imul(salt, 0x85ebca77) ^ band
    for (let row = 0; row < BAND_ROWS; row++) {
      const value = bins[band * BAND_ROWS + row] as number
      a = avalanche(a ^ value)
      b = Math.imul(b ^ value, 0x2c1b3c6d) + row
    }
    into[at + band] = a * 0x200000 + (avalanche(b) >>> 11)
  }
}

function donate(filled: Uint32Array, bin: number): number {
  const donors = DONORS[bin] as Uint8Array
  for (let attempt = 0; attempt < donors.length; attempt++) {
    const value = filled[donors[attempt] as number] as number
    if (value !== EMPTY) return value
  }
  // So sparse a text that 64 tries met only empty bins: go round.
  for (let step = 1; step < BINS; step++) {
    const value = filled[(bin + step) % BINS] as number
    if (value !== EMPTY) return value
  }
  return EMPTY
}

/** Probability that a pair at Jaccard `similarity` becomes a candidate. */
export const candidateProbability = (similarity: number): number => 1 - (1 - similarity ** BAND_ROWS) ** BANDS
