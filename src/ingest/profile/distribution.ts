import {
  type AdaptiveHistogram,
  adaptiveBins,
  adaptiveQuantile,
  equalBins,
  type HistogramBin,
  totalCount,
} from '../../base/statistics/index.ts'

/** How numbers are distributed, as people read it. */
export interface NumberSummary {
  readonly n: number
  readonly min: number
  readonly max: number
  readonly mean: number
  readonly quantiles: { readonly p05: number; readonly p25: number; readonly p50: number; readonly p75: number; readonly p95: number }
  /** For drawing: of equal width, or one a value where `discrete`, empty ones between them too. Counts add up to `n`. */
  readonly bins: readonly HistogramBin[]
  readonly discrete: boolean
  /** The first or last bin also holds what lies far beyond it. */
  readonly clipped: boolean
}

const DRAWN_BINS = 24
/** Different values that are drawn one by one. */
const DISCRETE_VALUES = 12
const WHOLE_NUMBERS = 30
/** Outliers are cut off the drawing when they would squeeze 99% of the values into a fifth of it. */
const SQUEEZE = 5

/** What a histogram says; undefined while it is empty. @param sum of all values */
export function summarise(histogram: AdaptiveHistogram, sum: number): NumberSummary | undefined {
  const { min, max } = histogram
  if (min === null || max === null) return undefined
  const n = totalCount(histogram)
  const fine = adaptiveBins(histogram)
  const at = (p: number): number => adaptiveQuantile(histogram, p)
  const single = singleValues(fine, min, max)
  const [low, high] = drawnRange(min, max, at(0.005), at(0.995))
  return {
    n,
    min,
    max,
    mean: Math.min(max, Math.max(min, sum / n)),
    quantiles: { p05: at(0.05), p25: at(0.25), p50: at(0.5), p75: at(0.75), p95: at(0.95) },
    bins: single ?? equalBins(fine, DRAWN_BINS, [low, high]),
    discrete: single !== undefined,
    clipped: single === undefined && (low > min || high < max),
  }
}

/** A bin for each value where there are few, for each whole number between the ends where these are close; undefined otherwise. */
function singleValues(fine: readonly HistogramBin[], min: number, max: number): readonly HistogramBin[] | undefined {
  if (fine.some(({ low, high }) => low !== high)) return undefined
  if (fine.length > 1 && max - min < WHOLE_NUMBERS && fine.every(({ low }) => Number.isInteger(low))) {
    const counts = new Map(fine.map(({ low, count }) => [low, count]))
    return Array.from({ length: max - min + 1 }, (_, i) => ({ low: min + i, high: min + i, count: counts.get(min + i) ?? 0 }))
  }
  return fine.length <= DISCRETE_VALUES ? fine : undefined
}

function drawnRange(min: number, max: number, low: number, high: number): [number, number] {
  if (!(high > low) || max - min <= SQUEEZE * (high - low)) return [min, max]
  return [low, high]
}

/** Sum of what a histogram holds, true to the width of its bins: for histograms beside which no sum was kept. */
export const histogramSum = (histogram: AdaptiveHistogram): number =>
  adaptiveBins(histogram).reduce((sum, { low, high, count }) => sum + (low / 2 + high / 2) * count, 0)
