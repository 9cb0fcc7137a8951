/**
 * Counts per distinct hash in bounded memory: exact for up to `limit` distinct hashes; past it, only hashes of one part
 * in 2^level of the hash space are kept, and those exactly, so that groups of equals stay whole. Which level is reached
 * depends on the set alone, never on the order or grouping in which it came. Plain JSON.
 * Source: Gibbons 2001, distinct sampling.
 */
export interface DistinctSample {
  readonly limit: number
  level: number
  /** Four numbers an entry: high and low hash, then two counts that add up. */
  entries: number[]
}

const STRIDE = 4

export const startDistinctSample = (limit: number): DistinctSample => ({ limit, level: 0, entries: [] })

const kept = (high: number, level: number): boolean => high % 2 ** level === 0

/** Counts `first` and `second` under a hash, in place. @param high @param low uniform integers in 0 … 2⁵³ − 1 */
export function addDistinct(sample: DistinctSample, high: number, low: number, first: number, second: number): void {
  if (sample.level > 0 && !kept(high, sample.level)) return
  sample.entries.push(high, low, first, second)
  if (sample.entries.length >= 2 * STRIDE * sample.limit) compact(sample)
}

/** Joins entries of equal hash, then raises the level until at most `limit` hashes remain. */
function compact(sample: DistinctSample): void {
  sample.entries = joined(sample.entries, sample.level)
  while (sample.entries.length > STRIDE * sample.limit) {
    sample.level++
    sample.entries = joined(sample.entries, sample.level)
  }
}

/** Entries of equal hash as one, in order of first appearance, through a table of open addressing: 4 bytes a slot. */
function joined(entries: readonly number[], level: number): number[] {
  const size = 2 ** Math.ceil(Math.log2(Math.max(2, (2 * entries.length) / STRIDE)))
  // Where in `out` an entry lies, plus one; 0 is free.
  const slots = new Uint32Array(size)
  const out: number[] = []
  for (let at = 0; at < entries.length; at += STRIDE) {
    const high = entries[at] as number
    const low = entries[at + 1] as number
    if (!kept(high, level)) continue
    let slot = low % size
    let found = (slots[slot] as number) - 1
    while (found >= 0 && (out[found] !== high || out[found + 1] !== low)) {
      slot = (slot + 1) % size
      found = (slots[slot] as number) - 1
    }
    if (found < 0) {
      slots[slot] = out.length + 1
      out.push(high, low, entries[at + 2] as number, entries[at + 3] as number)
    } else {
      out[found + 2] = (out[found + 2] as number) + (entries[at + 2] as number)
      out[found + 3] = (out[found + 3] as number) + (entries[at + 3] as number)
    }
  }
  return out
}

/** Both together, as a new sample. Equal hashes are joined only when enough have come together, so that many small parts stay cheap. */
export function mergeDistinct(left: DistinctSample, right: DistinctSample): DistinctSample {
  const merged: DistinctSample = {
    limit: left.limit,
    level: Math.max(left.level, right.level),
    entries: left.entries.concat(right.entries),
  }
  if (merged.entries.length >= 2 * STRIDE * merged.limit) compact(merged)
  return merged
}

/** Both together, in the memory of the larger, which is used up. O(smaller). */
export function pourDistinct(left: DistinctSample, right: DistinctSample): DistinctSample {
  const [small, large] = left.entries.length < right.entries.length ? [left, right] : [right, left]
  large.level = Math.max(small.level, large.level)
  const { entries } = small
  for (let at = 0; at < entries.length; at += STRIDE) {
    addDistinct(large, entries[at] as number, entries[at + 1] as number, entries[at + 2] as number, entries[at + 3] as number)
  }
  return large
}

/** What a distinct sample says: counts per distinct hash, and the share of the hash space that they stand for. */
export interface DistinctGroups {
  /** 1 when nothing was left out. */
  readonly share: number
  readonly distinct: number
  readonly first: Float64Array
  readonly second: Float64Array
}

export function distinctGroups(sample: DistinctSample): DistinctGroups {
  const whole: DistinctSample = { ...sample }
  compact(whole)
  const distinct = whole.entries.length / STRIDE
  const first = new Float64Array(distinct)
  const second = new Float64Array(distinct)
  for (let group = 0; group < distinct; group++) {
    first[group] = whole.entries[group * STRIDE + 2] as number
    second[group] = whole.entries[group * STRIDE + 3] as number
  }
  return { share: 2 ** -whole.level, distinct, first, second }
}
