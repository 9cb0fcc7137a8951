import type { Words } from '../base/problem/index.ts'
import type { Measurement } from './indicator.ts'
import { MAX_FAILING } from './indicator.ts'
import { toScore } from './score.ts'

/** Records counted by whether they pass; the numerator and denominator of X = A/B. Plain JSON. */
export interface RecordShare {
  records: number
  passing: number
  /** Ids that fail, the first 100 by id. */
  failing: readonly string[]
}

export const emptyShare = (): RecordShare => ({ records: 0, passing: 0, failing: [] })

/** The first 100 of some ids in order of UTF-16 code units. */
export const firstIds = (ids: readonly string[]): string[] => [...new Set(ids)].sort().slice(0, MAX_FAILING)

/** Counts the rows of a batch. @param failed one flag a row, not 0 where the record fails */
export function countRecords(share: RecordShare, ids: readonly string[], failed: Uint8Array): RecordShare {
  let passing = 0
  const failing: string[] = []
  const last = share.failing.length >= MAX_FAILING ? share.failing.at(-1) : undefined
  for (let row = 0; row < ids.length; row++) {
    const id = ids[row] as string
    if (failed[row] === 0) passing++
    else if (last === undefined || id < last) failing.push(id)
  }
  return {
    records: share.records + ids.length,
    passing: share.passing + passing,
    failing: failing.length === 0 ? share.failing : firstIds([...share.failing, ...failing]),
  }
}

export const mergeShares = (left: RecordShare, right: RecordShare): RecordShare => ({
  records: left.records + right.records,
  passing: left.passing + right.passing,
  failing: firstIds([...left.failing, ...right.failing]),
})

/** Element-wise sum of two lists of counts. */
export const addCounts = (left: readonly number[], right: readonly number[]): number[] =>
  Array.from({ length: Math.max(left.length, right.length) }, (_, at) => (left[at] ?? 0) + (right[at] ?? 0))

/** Counts by what they count, sorted by it. Plain JSON. */
export type Tally = readonly (readonly [what: string, n: number])[]

export function addTally(left: Tally, right: Iterable<readonly [string, number]>): Tally {
  const counts = new Map(left)
  for (const [what, n] of right) counts.set(what, (counts.get(what) ?? 0) + n)
  return [...counts].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
}

export interface ShareWords {
  readonly method: Words
  /** Said when some records fail. */
  readonly advice: Words
  readonly evidence: Readonly<Record<string, unknown>>
}

export const NOTHING_TO_MEND: Words = { zh: '无需处理。', en: 'Nothing to mend.' }

/** A share over all tables as a measurement. */
export function concludeShare(shares: readonly RecordShare[], words: ShareWords): Measurement {
  const total = shares.reduce(mergeShares, emptyShare())
  if (total.records === 0) return noRecords
  return {
    status: 'measured',
    score: toScore(total.passing / total.records),
    a: total.passing,
    b: total.records,
    n: total.records,
    method: words.method,
    evidence: words.evidence,
    failing: total.failing,
    advice: total.passing === total.records ? NOTHING_TO_MEND : words.advice,
    reproducible: true,
  }
}

/** What every indicator over records says of an empty data set. */
export const noRecords: Measurement = {
  status: 'not-measured',
  why: { zh: '没有记录。', en: 'There are no records.' },
  advice: { zh: '检查原始数据与隔离区。', en: 'Check the raw data and the quarantine.' },
}

export const notMeasured = (why: Words, advice: Words): Measurement => ({ status: 'not-measured', why, advice })
