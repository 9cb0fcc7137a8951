import {
  type AdaptiveHistogram,
  addToAdaptiveHistogram,
  type DistinctSample,
  mergeAdaptiveHistograms,
  mergeDistinct,
  startAdaptiveHistogram,
  startDistinctSample,
} from '../../base/statistics/index.ts'
import type { MediaValue } from '../format.ts'
import { addEntries } from './distinct-entries.ts'
import { DISTINCT_LIMIT } from './number-tally.ts'
import { addCounts } from './text-tally.ts'
import type { Hash106, RowHashes, ValueHasher } from './value-hash.ts'

/** Images, recordings and other media of one column. */
export interface MediaTally {
  readonly kind: 'media'
  n: number
  /** Bytes of each. */
  sizes: AdaptiveHistogram
  distinct: DistinctSample
  extensions: Map<string, number>
}

const SIZE_BINS = 512

export const startMediaTally = (): MediaTally => ({
  kind: 'media',
  n: 0,
  sizes: startAdaptiveHistogram(SIZE_BINS),
  distinct: startDistinctSample(DISTINCT_LIMIT),
  extensions: new Map(),
})

export const isMedia = (value: unknown): value is MediaValue =>
  typeof value === 'object' && value !== null && (value as MediaValue).media instanceof Uint8Array

/** Counts the media of a batch. What is no medium is missing. */
export function addMedia(tally: MediaTally, values: readonly unknown[], hasher: ValueHasher, rows: RowHashes): void {
  const hash: Hash106 = { high: 0, low: 0 }
  const sizes: number[] = []
  const entries: number[] = []
  for (let row = 0; row < values.length; row++) {
    const value = values[row]
    if (!isMedia(value)) {
      rows.feedMissing(row)
      continue
    }
    tally.n++
    tally.extensions.set(value.extension, (tally.extensions.get(value.extension) ?? 0) + 1)
    // A sample holds media without their bytes.
    if (value.media.length === 0) continue
    hasher.ofBytes(value.media, hash)
    rows.feed(row, hash)
    entries.push(hash.high, hash.low, 1, 0)
    sizes.push(value.media.length)
  }
  tally.distinct = addEntries(tally.distinct, entries)
  addToAdaptiveHistogram(tally.sizes, sizes)
}

export function mergeMediaTallies(left: MediaTally, right: MediaTally): void {
  left.n += right.n
  left.sizes = mergeAdaptiveHistograms(left.sizes, right.sizes)
  left.distinct = mergeDistinct(left.distinct, right.distinct)
  addCounts(left.extensions, right.extensions)
}
