import { type DistinctSample, distinctGroups } from '../../base/statistics/index.ts'

/** A count that is exact, or estimated with a standard error. */
export interface Estimate {
  readonly count: number
  readonly exact: boolean
  /** Of `count`; 0 where it is exact. */
  readonly standardError: number
}

const estimate = (seen: number, share: number, squares: number): Estimate => ({
  count: share === 1 ? seen : Math.round(seen / share),
  exact: share === 1,
  standardError: share === 1 ? 0 : Math.sqrt(squares * (1 - share)) / share,
})

/** Different values. Each is in the sample with probability `share`, so the number in it is binomial. */
export function estimateDistinct(sample: DistinctSample): Estimate {
  const { distinct, share } = distinctGroups(sample)
  return estimate(distinct, share, distinct)
}

/** Records beyond the first of their equals. Groups of equals are in the sample whole (Horvitz & Thompson 1952). */
export function estimateCopies(sample: DistinctSample): Estimate {
  const { first, share } = distinctGroups(sample)
  let copies = 0
  let squares = 0
  for (const size of first) {
    copies += size - 1
    squares += (size - 1) ** 2
  }
  return estimate(copies, share, squares)
}
