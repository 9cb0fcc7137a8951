import { inverseIncompleteBeta } from './incomplete-beta.ts'
import type { ConfidenceInterval } from './interval.ts'

/**
 * Exact upper bound of a rate after `k` hits in `m` trials: the true rate lies above it with probability at most `delta`.
 * @param k hits, 0 ≤ k ≤ m  @param m trials, ≥ 1  @param delta chance to be wrong, 0 < delta < 1
 * @returns rate in 0..1; 1 when k = m
 * Source: Clopper & Pearson 1934; inverse regularised beta I⁻¹(1 − δ; k + 1, m − k).
 */
export const clopperPearsonUpper = (k: number, m: number, delta: number): number =>
  k >= m ? 1 : inverseIncompleteBeta(1 - delta, k + 1, m - k)

/** Exact lower bound of a rate; 0 when k = 0. Arguments as in `clopperPearsonUpper`. */
export const clopperPearsonLower = (k: number, m: number, delta: number): number =>
  k <= 0 ? 0 : inverseIncompleteBeta(delta, k, m - k + 1)

/** Exact two-sided interval of a rate. @param level confidence in 0..1 */
export function clopperPearson(k: number, m: number, level: number): ConfidenceInterval {
  const tail = (1 - level) / 2
  return { low: clopperPearsonLower(k, m, tail), high: clopperPearsonUpper(k, m, tail) }
}
