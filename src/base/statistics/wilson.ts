import type { ConfidenceInterval } from './interval.ts'
import { normalQuantile } from './normal.ts'

/**
 * Score interval of a rate: never leaves 0..1, good from a handful of trials.
 * @param k hits, 0 ≤ k ≤ m  @param m trials, ≥ 1  @param level confidence in 0..1
 * Source: Wilson 1927.
 */
export function wilson(k: number, m: number, level: number): ConfidenceInterval {
  const z = normalQuantile((1 + level) / 2)
  const rate = k / m
  const scale = 1 + (z * z) / m
  const centre = (rate + (z * z) / (2 * m)) / scale
  const half = (z / scale) * Math.sqrt((rate * (1 - rate)) / m + (z * z) / (4 * m * m))
  return { low: k <= 0 ? 0 : Math.max(0, centre - half), high: k >= m ? 1 : Math.min(1, centre + half) }
}
