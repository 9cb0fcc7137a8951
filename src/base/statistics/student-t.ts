import { inverseIncompleteBeta } from './incomplete-beta.ts'
import type { ConfidenceInterval } from './interval.ts'

/** Quantile of Student's t. @param p 0 < p < 1  @param freedom degrees of freedom, > 0 */
export function studentQuantile(p: number, freedom: number): number {
  if (p === 0.5) return 0
  const tail = p < 0.5 ? p : 1 - p
  const x = inverseIncompleteBeta(2 * tail, freedom / 2, 0.5)
  const size = Math.sqrt((freedom * (1 - x)) / x)
  return p < 0.5 ? -size : size
}

export function mean(values: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i] as number
  return sum / values.length
}

/** Sample standard deviation (n − 1); 0 for fewer than two values. */
export function standardDeviation(values: ArrayLike<number>): number {
  if (values.length < 2) return 0
  const centre = mean(values)
  let squares = 0
  for (let i = 0; i < values.length; i++) squares += ((values[i] as number) - centre) ** 2
  return Math.sqrt(squares / (values.length - 1))
}

/** Interval of the mean of independent values by Student's t; undefined for fewer than two values. */
export function meanInterval(values: readonly number[], level: number): ConfidenceInterval | undefined {
  if (values.length < 2) return undefined
  const half = studentQuantile((1 + level) / 2, values.length - 1) * (standardDeviation(values) / Math.sqrt(values.length))
  return { low: mean(values) - half, high: mean(values) + half }
}
