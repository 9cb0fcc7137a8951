import type { AdaptiveHistogram } from './adaptive-histogram.ts'
import { adaptiveBins, addToAdaptiveHistogram, mergeAdaptiveHistograms, startAdaptiveHistogram } from './adaptive-histogram.ts'

/** Counts of a column's values from which quantiles are read. Plain JSON; batches come and merge in any order. */
export interface QuantileSketch {
  readonly histogram: AdaptiveHistogram
  /** Values not yet counted: sorting them in by the thousand is cheaper than by the batch. */
  readonly pending: readonly number[]
}

/** Bins of a sketch. A bin is at most 1/4,096 of the range of values that lie within one octave. */
export const SKETCH_BINS = 8_192

const PENDING = 16_384

export const emptySketch = (): QuantileSketch => ({ histogram: startAdaptiveHistogram(SKETCH_BINS), pending: [] })

function countPending({ histogram, pending }: QuantileSketch): AdaptiveHistogram {
  const counted: AdaptiveHistogram = { ...histogram }
  addToAdaptiveHistogram(counted, pending)
  return counted
}

/** The sketch with more values; NaN and infinities are passed over. */
export function addToSketch({ histogram, pending }: QuantileSketch, values: Iterable<number>): QuantileSketch {
  const grown = { histogram, pending: pending.slice() }
  for (const value of values) if (Number.isFinite(value)) grown.pending.push(value)
  return grown.pending.length < PENDING ? grown : { histogram: countPending(grown), pending: [] }
}

/** Sketch of both together: the result depends on the values alone. */
export const mergeSketches = (left: QuantileSketch, right: QuantileSketch): QuantileSketch => ({
  histogram: mergeAdaptiveHistograms(countPending(left), countPending(right)),
  pending: [],
})

/** Rising values with counts. */
export interface Distribution {
  readonly n: number
  readonly values: readonly number[]
  readonly counts: readonly number[]
  /** Largest error of a value, absolute: 0 when exact. */
  readonly error: number
}

/** What a sketch has seen. Where it is not exact each value is the middle of its bin. */
export function distributionOf(sketch: QuantileSketch): Distribution {
  const bins = adaptiveBins(countPending(sketch))
  return {
    n: bins.reduce((sum, bin) => sum + bin.count, 0),
    values: bins.map((bin) => bin.low + (bin.high - bin.low) / 2),
    counts: bins.map((bin) => bin.count),
    error: bins.reduce((widest, bin) => Math.max(widest, (bin.high - bin.low) / 2), 0),
  }
}

/**
 * Quantile with linear interpolation between order statistics, each off by at most `error`.
 * @param p 0 ≤ p ≤ 1  @returns NaN when there are no values
 * Source: Hyndman & Fan 1996, type 7 (R, NumPy, DuckDB's quantile_cont).
 */
export function quantileOf({ n, values, counts }: Distribution, p: number): number {
  const rank = (n - 1) * p
  const below = Math.floor(rank)
  let seen = 0
  for (let i = 0; i < values.length; i++) {
    seen += counts[i] as number
    if (seen <= below) continue
    const low = values[i] as number
    const next = values[i + 1]
    return seen > below + 1 || rank === below || next === undefined ? low : low + (rank - below) * (next - low)
  }
  return Number.NaN
}

/** Mean, summed in the order of size: the same for any order of records. NaN when there are no values. */
export function meanOf({ n, values, counts }: Distribution): number {
  let mean = 0
  for (let i = 0; i < values.length; i++) mean += (values[i] as number) * ((counts[i] as number) / n)
  return n === 0 ? Number.NaN : mean
}

/** The most frequent value, the smallest of several. NaN when there are no values. */
export function modeOf({ values, counts }: Distribution): number {
  let best = 0
  for (let i = 1; i < values.length; i++) if ((counts[i] as number) > (counts[best] as number)) best = i
  return values[best] ?? Number.NaN
}

/** Distribution of |value − centre|. */
export function distancesFrom({ n, values, counts, error }: Distribution, centre: number): Distribution {
  const order = values.map((value, i) => [Math.abs(value - centre), counts[i] as number] as const).sort((a, b) => a[0] - b[0])
  return { n, values: order.map(([distance]) => distance), counts: order.map(([, count]) => count), error }
}
