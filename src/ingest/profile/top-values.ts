import { compareCodeUnits } from '../../base/record/index.ts'
/**
 * The most frequent of any number of different values, in bounded memory: exact while there are at most `limit`
 * different ones; past that each count is too low by at most `missed`, and every value that occurs more often than
 * that is there. Summaries of parts merge with the same guarantee.
 * Source: Misra & Gries 1982; Agarwal et al. 2012, Mergeable summaries (PODS).
 */
export interface TopValues {
  readonly limit: number
  missed: number
  counts: Map<string, number>
}

export const startTopValues = (limit: number): TopValues => ({ limit, missed: 0, counts: new Map() })

/** Counts a value `n` times. O(1) on average. */
export function countValue(top: TopValues, value: string, n: number): void {
  top.counts.set(value, (top.counts.get(value) ?? 0) + n)
  if (top.counts.size >= 2 * top.limit) cut(top)
}

/** Takes the (limit + 1)-th largest count off all counts, which leaves at most `limit` of them. */
function cut(top: TopValues): void {
  if (top.counts.size <= top.limit) return
  const falling = Float64Array.from(top.counts.values()).sort().reverse()
  const off = falling[top.limit] as number
  const kept = new Map<string, number>()
  for (const [value, count] of top.counts) if (count > off) kept.set(value, count - off)
  top.counts = kept
  top.missed += off
}

export function mergeTopValues(left: TopValues, right: TopValues): void {
  for (const [value, n] of right.counts) left.counts.set(value, (left.counts.get(value) ?? 0) + n)
  left.missed += right.missed
  cut(left)
}

export interface TopValue {
  readonly value: string
  /** Occurrences counted; the true number is at most `missed` higher. */
  readonly count: number
}

/** The most frequent values, the most frequent first. @param most how many of them */
export function topOf(top: TopValues, most: number): { readonly values: readonly TopValue[]; readonly missed: number } {
  const values = [...top.counts].map(([value, count]) => ({ value, count }))
  values.sort((a, b) => b.count - a.count || compareCodeUnits(a.value, b.value))
  return { values: values.slice(0, most), missed: top.missed }
}
