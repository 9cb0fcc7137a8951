import { createShingler, shingleSet } from '../../base/kernels/index.ts'
import type { DistinctSample } from '../../base/statistics/index.ts'
import { distinctGroups } from '../../base/statistics/index.ts'
import { rounded } from '../score.ts'
import type { SampleRow, TrainingSample } from './training-sample.ts'

/** What the test rows share with the training rows. */
export interface Leakage {
  /** Held-out records whose content also occurs in training; over the whole table, or by hash over a `share` of it. */
  readonly exact: { readonly shared: number; readonly heldOut: number; readonly share: number }
  /** Held-out records of groups that also occur in training. */
  readonly groups: { readonly shared: number; readonly heldOut: number; readonly share: number }
  /** Test rows of the sample nearly contained in a training row of the sample: a lower bound for large sets. */
  readonly near: { readonly rows: readonly string[]; readonly tested: number }
}

/** Share of a test text's 5-grams that must occur in one training text. */
const CONTAINED = 0.8
/** Texts with fewer 5-grams are left to the exact comparison. */
const MIN_SHINGLES = 5
/** Training texts that share a 5-gram past which it is boilerplate and says nothing. */
const MAX_POSTINGS = 200

function sharedIn(sample: DistinctSample): Leakage['exact'] {
  const groups = distinctGroups(sample)
  let shared = 0
  let heldOut = 0
  for (let group = 0; group < groups.distinct; group++) {
    const held = groups.second[group] as number
    heldOut += held
    if ((groups.first[group] as number) > 0) shared += held
  }
  return { shared, heldOut, share: rounded(groups.share) }
}

function indexShingles(train: readonly SampleRow[]): Map<number, number[]> {
  const shingle = createShingler()
  const postings = new Map<number, number[]>()
  train.forEach(({ text }, row) => {
    for (const hash of shingleSet(shingle(text))) {
      const list = postings.get(hash)
      if (!list) postings.set(hash, [row])
      else if (list.length <= MAX_POSTINGS) list.push(row)
    }
  })
  return postings
}

/** Test rows of which most 5-grams occur in one training row. O(5-grams · postings). */
function nearlyContained(train: readonly SampleRow[], test: readonly SampleRow[]): string[] {
  const postings = indexShingles(train)
  const shingle = createShingler()
  const hits = new Uint32Array(train.length)
  return test.flatMap(({ id, text }) => {
    const hashes = shingleSet(shingle(text))
    if (hashes.length < MIN_SHINGLES) return []
    hits.fill(0)
    let most = 0
    for (const hash of hashes) {
      const list = postings.get(hash) ?? []
      if (list.length > MAX_POSTINGS) continue
      for (const row of list) {
        hits[row] = (hits[row] as number) + 1
        most = Math.max(most, hits[row] as number)
      }
    }
    return most >= CONTAINED * hashes.length ? [id] : []
  })
}

/** Overlap between training and test: exact and by group over the table, near on the sampled texts. */
export function measureLeakage(sample: TrainingSample, train: readonly SampleRow[], test: readonly SampleRow[]): Leakage {
  const hasText = train.some(({ text }) => text !== '')
  return {
    exact: sharedIn(sample.contents),
    groups: sharedIn(sample.groups),
    near: { rows: hasText ? nearlyContained(train, test).sort() : [], tested: hasText ? test.length : 0 },
  }
}

/** Test rows that training has not seen, neither exactly nor nearly. */
export function unseenRows(train: readonly SampleRow[], test: readonly SampleRow[], leakage: Leakage): SampleRow[] {
  const contentOf = ({ text, numbers, words }: SampleRow): string => JSON.stringify([text, numbers, words])
  const seen = new Set(train.map(contentOf))
  const near = new Set(leakage.near.rows)
  return test.filter((row) => !near.has(row.id) && !seen.has(contentOf(row)))
}
