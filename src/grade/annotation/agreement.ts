import { addTally, type Tally } from '../record-share.ts'

/** How annotators voted on the records of a table. Plain JSON, all whole numbers: it adds up the same in any order. */
export interface Agreement {
  /** Records by pattern: votes for the label, then votes for each value, most first: `3;3,1,1`. */
  readonly patterns: Tally
  /** Votes by value; null past MAX_VALUES different ones. */
  readonly values: Tally | null
}

/** Votes from which a record counts: of two, one may be the label itself. */
export const LEAST_VOTES = 3
const MAX_VALUES = 256

export const startAgreement = (): Agreement => ({ patterns: [], values: [] })

const joinValues = (left: Tally | null, right: Iterable<readonly [string, number]> | null): Tally | null => {
  const joined = left && right && addTally(left, right)
  return joined && joined.length <= MAX_VALUES ? joined : null
}

export const mergeAgreements = (left: Agreement, right: Agreement): Agreement => ({
  patterns: addTally(left.patterns, right.patterns),
  values: joinValues(left.values, right.values),
})

/** Adds records by what was voted on each, LEAST_VOTES or more, and their label. */
export function addVotes(
  agreement: Agreement,
  records: readonly { readonly label: string; readonly votes: readonly string[] }[],
): Agreement {
  const patterns = new Map<string, number>()
  const values = new Map<string, number>()
  for (const { label, votes } of records) {
    const counts = countVotes(votes)
    for (const [value, n] of counts) values.set(value, (values.get(value) ?? 0) + n)
    const pattern = `${counts.get(label) ?? 0};${[...counts.values()].sort((a, b) => b - a).join(',')}`
    patterns.set(pattern, (patterns.get(pattern) ?? 0) + 1)
  }
  return { patterns: addTally(agreement.patterns, patterns), values: joinValues(agreement.values, values) }
}

export function countVotes(votes: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const vote of votes) counts.set(vote, (counts.get(vote) ?? 0) + 1)
  return counts
}

interface Pattern {
  readonly records: number
  readonly agreeing: number
  readonly counts: readonly number[]
  readonly votes: number
}

function patternsOf({ patterns }: Agreement): Pattern[] {
  return patterns.map(([key, records]) => {
    const [agreeing = '0', counts = ''] = key.split(';')
    const numbers = counts.split(',').map(Number)
    return { records, agreeing: Number(agreeing), counts: numbers, votes: numbers.reduce((sum, n) => sum + n, 0) }
  })
}

/** Mean of a figure over records, with its standard error. */
function meanOf(patterns: readonly Pattern[], figure: (pattern: Pattern) => number): { readonly mean: number; readonly error: number } {
  const n = patterns.reduce((sum, { records }) => sum + records, 0)
  const mean = patterns.reduce((sum, one) => sum + one.records * figure(one), 0) / n
  const squares = patterns.reduce((sum, one) => sum + one.records * (figure(one) - mean) ** 2, 0)
  return { mean, error: n > 1 ? Math.sqrt(squares / (n - 1) / n) : 0 }
}

/** Probability that an annotator is right under which two of them agree this often, wrong values being equally likely. */
function rightnessAt(agreement: number, classes: number): number {
  // agreement = p² + (1 − p)² / (classes − 1), the larger root
  const others = 1 / (classes - 1)
  const root = Math.sqrt(Math.max(0, others ** 2 - (1 + others) * (others - agreement)))
  return Math.min(MOST_RIGHT, (others + root) / (1 + others))
}
const MOST_RIGHT = 0.999

const pairsIn = (counts: readonly number[]): number => counts.reduce((sum, n) => sum + n * (n - 1), 0)

/** What votes say of labels, in shares. */
export interface VoteEstimate {
  readonly records: number
  readonly votes: number
  /** Mean share of the votes on a record that are for its label. */
  readonly share: number
  /** The same without one of the votes for the label, which may be the label itself; and what would hold if annotators erred independently. With 1.96 standard errors. */
  readonly low: number
  readonly high: number
  /** Krippendorff's alpha for nominal values; null where there are too many values, or one. */
  readonly alpha: number | null
}

const Z = 1.96

/**
 * How accurate labels are by the votes of several annotators, as far as votes can tell. Independent errors would make the
 * labels better than the share (`high`); errors that annotators share stay unseen. Undefined without votes.
 * Source: Krippendorff 2011 (alpha); one-coin model with one rate for all (Dawid & Skene 1979, restricted).
 */
export function estimateFromVotes(agreement: Agreement): VoteEstimate | undefined {
  const patterns = patternsOf(agreement)
  const records = patterns.reduce((sum, one) => sum + one.records, 0)
  if (records === 0) return undefined
  const classes = Math.max(2, agreement.values?.length ?? MAX_VALUES)
  const pairs = meanOf(patterns, ({ counts, votes }) => pairsIn(counts) / (votes * (votes - 1)))
  const right = rightnessAt(pairs.mean, classes)
  const odds = (right * (classes - 1)) / (1 - right)
  const share = meanOf(patterns, ({ agreeing, votes }) => agreeing / votes)
  const without = meanOf(patterns, ({ agreeing, votes }) => Math.max(0, agreeing - 1) / (votes - 1))
  const independent = meanOf(patterns, (pattern) => posteriorOf(pattern, odds, classes))
  return {
    records,
    votes: patterns.reduce((sum, one) => sum + one.records * one.votes, 0),
    share: share.mean,
    low: Math.max(0, Math.min(share.mean, without.mean - Z * without.error)),
    high: Math.min(1, Math.max(share.mean, independent.mean + Z * independent.error)),
    alpha: alphaOf(patterns, agreement.values),
  }
}

/** Probability of the label given the votes, under independent annotators of equal rightness. */
function posteriorOf({ agreeing, counts }: Pattern, odds: number, classes: number): number {
  const most = counts[0] ?? 0
  const weight = (n: number): number => odds ** (n - most)
  const unvoted = Math.max(classes, counts.length) - counts.length
  return weight(agreeing) / (counts.reduce((sum, n) => sum + weight(n), 0) + unvoted * weight(0))
}

function alphaOf(patterns: readonly Pattern[], values: Tally | null): number | null {
  if (!values) return null
  const n = values.reduce((sum, [, votes]) => sum + votes, 0)
  const expected = values.reduce((sum, [, votes]) => sum + votes * (n - votes), 0)
  if (expected === 0) return null
  const observed = patterns.reduce(
    (sum, { records, counts, votes }) => sum + (records * (votes * (votes - 1) - pairsIn(counts))) / (votes - 1),
    0,
  )
  return 1 - ((n - 1) * observed) / expected
}
