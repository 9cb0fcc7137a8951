import type { SparseRows } from './sparse-rows.ts'
import { SparseRowsBuilder } from './sparse-rows.ts'

/** Buckets of hashed features. At 5,000 short texts fewer than 1 in 10 features shares its bucket. */
export const TEXT_FEATURE_WIDTH = 1 << 18

const FNV_OFFSET = 0x811c9dc5
const FNV_PRIME = 0x01000193
const SEPARATOR = 0x1f
const NUMBER = 0x23

const isHan = (unit: number): boolean => (unit >= 0x3040 && unit <= 0x9fff) || (unit >= 0xac00 && unit <= 0xd7ff)
const isDigit = (unit: number): boolean => unit >= 48 && unit <= 57
/** ASCII and Latin letters, Cyrillic, Greek …: whatever is written in words. */
const isLetter = (unit: number): boolean =>
  (unit >= 97 && unit <= 122) || unit === 39 || (unit >= 0xc0 && unit < 0x2000) || (unit >= 0xd800 && unit <= 0xdfff)

const mix = (hash: number, unit: number): number => Math.imul(hash ^ unit, FNV_PRIME)

/** Hashes of the tokens of a text: words, numbers, Han and Kana characters and Hangul syllables singly. */
function tokenHashes(text: string): number[] {
  const lower = text.toLowerCase()
  const hashes: number[] = []
  let at = 0
  while (at < lower.length) {
    const unit = lower.charCodeAt(at)
    let hash = mix(FNV_OFFSET, unit)
    if (isHan(unit)) {
      hashes.push(hash)
      at++
      continue
    }
    const inToken = isDigit(unit) ? isDigit : isLetter
    const start = at++
    if (!inToken(unit)) continue
    while (at < lower.length && inToken(lower.charCodeAt(at))) hash = mix(hash, lower.charCodeAt(at++))
    hashes.push(hash)
    if (inToken === isDigit) hashes.push(mix(mix(FNV_OFFSET, NUMBER), at - start))
  }
  return hashes
}

/** Spreads a 32-bit hash over the buckets (finaliser of MurmurHash3). */
function bucketOf(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return ((mixed ^ (mixed >>> 16)) >>> 0) % TEXT_FEATURE_WIDTH
}

/**
 * Counts of hashed unigrams and bigrams, one row a text, damped to 1 + ln count.
 * Words for languages written in words; characters for Chinese, Japanese and Korean.
 */
export function textFeatures(texts: readonly string[]): SparseRows {
  const builder = new SparseRowsBuilder(TEXT_FEATURE_WIDTH)
  const counts = new Map<number, number>()
  for (const text of texts) {
    counts.clear()
    let before = FNV_OFFSET
    for (const hash of tokenHashes(text)) {
      for (const gram of [hash, mix(Math.imul(before, 31) ^ SEPARATOR, hash)]) {
        const bucket = bucketOf(gram)
        counts.set(bucket, (counts.get(bucket) ?? 0) + 1)
      }
      before = hash
    }
    for (const [bucket, count] of counts) builder.put(bucket, 1 + Math.log(count))
    builder.endRow()
  }
  return builder.build()
}

/** Inverse document frequency of each feature over the training rows: ln((1 + n) / (1 + df)) + 1. */
export function inverseDocumentFrequency(rows: SparseRows): Float32Array {
  const n = rows.starts.length - 1
  const frequency = new Uint32Array(rows.width)
  for (const feature of rows.features) frequency[feature] = (frequency[feature] as number) + 1
  return Float32Array.from(frequency, (df) => Math.log((1 + n) / (1 + df)) + 1)
}

/** Rows weighted by feature and scaled to length 1. */
export function weightedUnitRows(rows: SparseRows, weights: Float32Array): SparseRows {
  const values = new Float32Array(rows.values.length)
  for (let row = 0; row + 1 < rows.starts.length; row++) {
    const [start, end] = [rows.starts[row] as number, rows.starts[row + 1] as number]
    let squares = 0
    for (let at = start; at < end; at++) {
      const value = (rows.values[at] as number) * (weights[rows.features[at] as number] as number)
      values[at] = value
      squares += value * value
    }
    const scale = squares > 0 ? 1 / Math.sqrt(squares) : 0
    for (let at = start; at < end; at++) values[at] = (values[at] as number) * scale
  }
  return { ...rows, values }
}
