import { quantileOfSorted } from '../statistics/index.ts'

/** Bins of a feature in a boosted tree; bin 0 holds missing values. */
export const MAX_BINS = 64

/** Cut points of each feature: a value's bin is 1 + the number of cuts below it. */
export type FeatureCuts = readonly Float64Array[]

/** Features as small whole numbers. */
export interface BinnedFeatures {
  /** Bin of each row, one array a feature. */
  readonly columns: readonly Uint8Array[]
  /** Where each feature's bins begin when all bins are numbered through; one more for the end. */
  readonly offsets: Uint32Array
}

/** Cut points at quantiles of the present values, between distinct neighbours. @param columns one array a feature; NaN is missing */
export function fitCuts(columns: readonly Float64Array[]): FeatureCuts {
  return columns.map((column) => {
    const present = column.filter((value) => !Number.isNaN(value)).sort()
    const distinct = present.filter((value, place) => place === 0 || value !== present[place - 1])
    if (distinct.length < MAX_BINS) return distinct.subarray(1).map((value, place) => (value + (distinct[place] as number)) / 2)
    const cuts = new Set<number>()
    for (let cut = 1; cut < MAX_BINS - 1; cut++) cuts.add(quantileOfSorted(present, cut / (MAX_BINS - 1)))
    return Float64Array.from(cuts).sort()
  })
}

function binOf(value: number, edges: Float64Array): number {
  if (Number.isNaN(value)) return 0
  let [low, high] = [0, edges.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((edges[middle] as number) < value) low = middle + 1
    else high = middle
  }
  return low + 1
}

/** Bin of each value by binary search. */
export function binColumns(columns: readonly Float64Array[], cuts: FeatureCuts): BinnedFeatures {
  const offsets = new Uint32Array(columns.length + 1)
  const binned = columns.map((column, feature) => {
    const edges = cuts[feature] ?? new Float64Array()
    offsets[feature + 1] = (offsets[feature] as number) + edges.length + 2
    const bins = new Uint8Array(column.length)
    for (let row = 0; row < column.length; row++) bins[row] = binOf(column[row] as number, edges)
    return bins
  })
  return { columns: binned, offsets }
}
