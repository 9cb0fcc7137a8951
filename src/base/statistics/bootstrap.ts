import type { ConfidenceInterval } from './interval.ts'
import { quantileOfSorted } from './quantiles.ts'
import type { SeededRandom } from './seeded-random.ts'
import { seededRandom } from './seeded-random.ts'

export interface BootstrapOptions {
  readonly seed: number
  /** Default 1,000. */
  readonly resamples?: number
  /** Confidence in 0..1, default .95. */
  readonly level?: number
}

/**
 * Percentile interval of any statistic by drawing `n` rows with replacement.
 * @param statistic from drawn rows (the array is reused between draws) and the generator, for further choices, to a number
 * Cost: `resamples` calls of the statistic. Source: Efron 1979.
 */
export function bootstrapInterval(
  n: number,
  statistic: (rows: Uint32Array, random: SeededRandom) => number,
  options: BootstrapOptions,
): ConfidenceInterval {
  const random = seededRandom(options.seed)
  const resamples = options.resamples ?? 1000
  const values = new Float64Array(resamples)
  const rows = new Uint32Array(n)
  for (let resample = 0; resample < resamples; resample++) {
    for (let i = 0; i < n; i++) rows[i] = random.below(n)
    values[resample] = statistic(rows, random)
  }
  values.sort()
  const tail = (1 - (options.level ?? 0.95)) / 2
  return { low: quantileOfSorted(values, tail), high: quantileOfSorted(values, 1 - tail) }
}
