/**
 * Counts of numbers in at most `limit` bins that nobody has to choose: a value's bin is its float64 without its `dropped`
 * lowest bits, and just as many bits are dropped as the limit asks for. Exact values while there are few; relative
 * width 2^(dropped − 52) later. Integer counts, so order and grouping of the values do not matter. Plain JSON.
 */
export interface AdaptiveHistogram {
  readonly limit: number
  dropped: number
  /** Lower bounds (towards zero) of the bins, rising. */
  keys: number[]
  counts: number[]
  /** Exact; null while there are no values. */
  min: number | null
  max: number | null
}

export const startAdaptiveHistogram = (limit: number): AdaptiveHistogram => ({
  limit,
  dropped: 0,
  keys: [],
  counts: [],
  min: null,
  max: null,
})

const float = new Float64Array(1)
const words = new Uint32Array(float.buffer)
/** Index of the high word: 1 on little-endian machines. */
const HIGH = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 1 : 0

/** The number without its lowest bits. @param dropped 0 … 62 */
function truncated(value: number, dropped: number): number {
  float[0] = value
  words[1 - HIGH] = dropped >= 32 ? 0 : (words[1 - HIGH] as number) & (-1 << dropped)
  if (dropped > 32) words[HIGH] = (words[HIGH] as number) & (-1 << (dropped - 32))
  const result = float[0]
  return result === 0 ? 0 : result
}

/** The bin's other end, away from zero. */
function farEnd(key: number, dropped: number): number {
  if (dropped === 0) return key
  float[0] = key
  const step = 2 ** dropped
  const low = (words[1 - HIGH] as number) + (step % 2 ** 32)
  words[1 - HIGH] = low
  words[HIGH] = (words[HIGH] as number) + Math.floor(step / 2 ** 32) + (low >= 2 ** 32 ? 1 : 0)
  return Number.isFinite(float[0]) ? float[0] : key
}

/** Counts of one batch's values by bin. Bins of 32 and more dropped bits are counted by an integer, which is 5 times faster. */
function countValues(values: ArrayLike<number>, dropped: number): Map<number, number> {
  const counts = new Map<number, number>()
  if (dropped < 32) {
    for (let i = 0; i < values.length; i++) {
      const key = truncated(values[i] as number, dropped)
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
    return counts
  }
  const coarse = new Map<number, number>()
  const shift = dropped - 32
  for (let i = 0; i < values.length; i++) {
    float[0] = values[i] as number
    const key = (words[HIGH] as number) >>> shift
    coarse.set(key, (coarse.get(key) ?? 0) + 1)
  }
  for (const [key, count] of coarse) {
    words[1 - HIGH] = 0
    words[HIGH] = key << shift
    const low = float[0] === 0 ? 0 : (float[0] as number)
    counts.set(low, (counts.get(low) ?? 0) + count)
  }
  return counts
}

/** Drops more bits until at most `limit` bins remain. */
function settle(histogram: AdaptiveHistogram, start: ReadonlyMap<number, number>): void {
  let counts = start
  while (counts.size > histogram.limit) {
    histogram.dropped++
    const fewer = new Map<number, number>()
    for (const [key, count] of counts) {
      const shorter = truncated(key, histogram.dropped)
      fewer.set(shorter, (fewer.get(shorter) ?? 0) + count)
    }
    counts = fewer
  }
  histogram.keys = Array.from(Float64Array.from(counts.keys()).sort())
  histogram.counts = histogram.keys.map((key) => counts.get(key) as number)
}

function include(histogram: AdaptiveHistogram, counts: Map<number, number>): void {
  for (let bin = 0; bin < histogram.keys.length; bin++) {
    const key = truncated(histogram.keys[bin] as number, histogram.dropped)
    counts.set(key, (counts.get(key) ?? 0) + (histogram.counts[bin] as number))
  }
  settle(histogram, counts)
}

/** Counts finite numbers; others are the caller's to count. O(values + bins). */
export function addToAdaptiveHistogram(histogram: AdaptiveHistogram, values: ArrayLike<number>): void {
  let min = histogram.min ?? Number.POSITIVE_INFINITY
  let max = histogram.max ?? Number.NEGATIVE_INFINITY
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number
    if (value < min) min = value
    if (value > max) max = value
  }
  if (values.length === 0) return
  histogram.min = min === 0 ? 0 : min
  histogram.max = max === 0 ? 0 : max
  include(histogram, countValues(values, histogram.dropped))
}

const lesser = (a: number | null, b: number | null): number | null => (a === null ? b : b === null ? a : Math.min(a, b))
const greater = (a: number | null, b: number | null): number | null => (a === null ? b : b === null ? a : Math.max(a, b))

export function mergeAdaptiveHistograms(left: AdaptiveHistogram, right: AdaptiveHistogram): AdaptiveHistogram {
  const merged: AdaptiveHistogram = {
    limit: left.limit,
    dropped: Math.max(left.dropped, right.dropped),
    keys: left.keys,
    counts: left.counts,
    min: lesser(left.min, right.min),
    max: greater(left.max, right.max),
  }
  const counts = new Map<number, number>()
  for (let bin = 0; bin < right.keys.length; bin++) {
    const key = truncated(right.keys[bin] as number, merged.dropped)
    counts.set(key, (counts.get(key) ?? 0) + (right.counts[bin] as number))
  }
  include(merged, counts)
  return merged
}

/** A bin with what lies in it; `low` = `high` where the values are exact. */
export interface HistogramBin {
  readonly low: number
  readonly high: number
  readonly count: number
}

/** The bins, rising, cut to the exact range of the values. */
export function adaptiveBins(histogram: AdaptiveHistogram): HistogramBin[] {
  const { min, max } = histogram
  if (min === null || max === null) return []
  const within = (value: number): number => Math.min(max, Math.max(min, value))
  return histogram.keys.map((key, bin) => {
    const far = farEnd(key, histogram.dropped)
    return { low: within(Math.min(key, far)), high: within(Math.max(key, far)), count: histogram.counts[bin] as number }
  })
}

export const totalCount = (histogram: AdaptiveHistogram): number => histogram.counts.reduce((sum, count) => sum + count, 0)

/** Quantile, true to the width of its bin; NaN for no values. @param p 0 ≤ p ≤ 1 */
export function adaptiveQuantile(histogram: AdaptiveHistogram, p: number): number {
  if (histogram.min === null || histogram.max === null) return Number.NaN
  if (p <= 0) return histogram.min
  if (p >= 1) return histogram.max
  const rank = p * totalCount(histogram)
  let below = 0
  for (const bin of adaptiveBins(histogram)) {
    if (below + bin.count >= rank) return bin.low + (bin.high - bin.low) * ((rank - below) / bin.count)
    below += bin.count
  }
  return histogram.max
}
