import { addDistinct, type DistinctSample } from '../../base/statistics/index.ts'

/** Adds entries of four numbers: high and low hash, and two counts. */
export function addEntries(sample: DistinctSample, entries: readonly number[]): DistinctSample {
  for (let at = 0; at < entries.length; at += 4)
    addDistinct(sample, entries[at] as number, entries[at + 1] as number, entries[at + 2] as number, entries[at + 3] as number)
  return sample
}
