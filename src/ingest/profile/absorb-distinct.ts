import { addDistinct, type DistinctSample } from '../../base/statistics/index.ts'

/**
 * Adds one distinct sample to another in place. Says the same as `mergeDistinct`, but joins equal hashes only when
 * enough have come together: many small parts cost no more than one large one.
 */
export function absorbDistinct(into: DistinctSample, more: DistinctSample): void {
  const { entries } = more
  into.level = Math.max(into.level, more.level)
  for (let at = 0; at < entries.length; at += 4)
    addDistinct(into, entries[at] as number, entries[at + 1] as number, entries[at + 2] as number, entries[at + 3] as number)
}
