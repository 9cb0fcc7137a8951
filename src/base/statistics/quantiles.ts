/**
 * Quantile of values that are sorted upwards; NaN for none. Linear between order statistics.
 * @param p 0 ≤ p ≤ 1
 * Source: Hyndman & Fan 1996, type 7 (the default of R and NumPy).
 */
export function quantileOfSorted(sorted: ArrayLike<number>, p: number): number {
  const n = sorted.length
  if (n === 0) return Number.NaN
  const place = (n - 1) * p
  const below = Math.floor(place)
  const low = sorted[below] as number
  const high = sorted[Math.min(below + 1, n - 1)] as number
  return low + (place - below) * (high - low)
}

/** Median of values in any order; NaN for none. O(n log n). */
export const medianOf = (values: ArrayLike<number>): number => quantileOfSorted(Float64Array.from(values).sort(), 0.5)

/** Makes the median absolute deviation an estimate of the standard deviation for normal values. */
const MAD_TO_DEVIATION = 1.482602218505602

/** Median absolute deviation, scaled to the standard deviation of normal values. */
export function scaledMad(values: ArrayLike<number>): number {
  const centre = medianOf(values)
  return MAD_TO_DEVIATION * medianOf(Float64Array.from(values, (value) => Math.abs(value - centre)))
}
