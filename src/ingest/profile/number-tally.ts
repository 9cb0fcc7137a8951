import { findIdentifiers } from '../../base/kernels/index.ts'
import {
  type AdaptiveHistogram,
  addToAdaptiveHistogram,
  type DistinctSample,
  mergeAdaptiveHistograms,
  mergeDistinct,
  startAdaptiveHistogram,
  startDistinctSample,
} from '../../base/statistics/index.ts'
import { addEntries } from './distinct-entries.ts'
import type { Hash106, RowHashes, ValueHasher } from './value-hash.ts'

/** Values of one numeric column: truth values as 0 and 1, moments in milliseconds. */
export interface NumberTally {
  readonly kind: 'number'
  n: number
  sum: number
  histogram: AdaptiveHistogram
  distinct: DistinctSample
  /** Whole numbers that are mobile phone numbers by their form. */
  phones: number
}

/** Bins at most; exact values while there are no more different ones. */
const BINS = 1024
/** Different values that are counted exactly; past it the estimate has a standard error of at most 0.8%. */
export const DISTINCT_LIMIT = 1 << 15

export const startNumberTally = (): NumberTally => ({
  kind: 'number',
  n: 0,
  sum: 0,
  histogram: startAdaptiveHistogram(BINS),
  distinct: startDistinctSample(DISTINCT_LIMIT),
  phones: 0,
})

/** Mobile numbers of China as whole numbers: thirteen to twenty thousand million. */
const isPhone = (value: number): boolean =>
  value >= 1.3e10 && value < 2e10 && Number.isInteger(value) && findIdentifiers(String(value)).some(({ kind }) => kind === 'phone')

/** Counts the values of a batch; NaN is missing. Each row's hash is fed with its value. */
export function addNumbers(tally: NumberTally, values: Float64Array, hasher: ValueHasher, rows: RowHashes): void {
  const hash: Hash106 = { high: 0, low: 0 }
  const present = new Float64Array(values.length)
  let n = 0
  let sum = 0
  for (let row = 0; row < values.length; row++) {
    const value = values[row] as number
    if (Number.isNaN(value)) {
      rows.feedMissing(row)
      continue
    }
    hasher.ofNumber(value, hash)
    rows.feed(row, hash)
    present[n++] = value
    sum += value
  }
  const sorted = present.subarray(0, n).sort()
  const entries: number[] = []
  for (let from = 0; from < n; ) {
    const value = sorted[from] as number
    let to = from + 1
    while (to < n && sorted[to] === value) to++
    hasher.ofNumber(value, hash)
    entries.push(hash.high, hash.low, to - from, 0)
    if (isPhone(value)) tally.phones += to - from
    from = to
  }
  tally.distinct = addEntries(tally.distinct, entries)
  addToAdaptiveHistogram(tally.histogram, sorted)
  tally.n += n
  tally.sum += sum
}

export function mergeNumberTallies(left: NumberTally, right: NumberTally): void {
  left.n += right.n
  left.sum += right.sum
  left.phones += right.phones
  left.histogram = mergeAdaptiveHistograms(left.histogram, right.histogram)
  left.distinct = mergeDistinct(left.distinct, right.distinct)
}
