import { findIdentifiers, type IdentifierKind } from '../../base/kernels/index.ts'
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
import type { LanguageTeller } from './language-of.ts'
import { DISTINCT_LIMIT } from './number-tally.ts'
import { countValue, mergeTopValues, startTopValues, type TopValues } from './top-values.ts'
import type { Hash106, RowHashes, ValueHasher } from './value-hash.ts'

/** Values of one column of texts, categories or JSON. */
export interface TextTally {
  readonly kind: 'text'
  n: number
  /** UTF-16 code units of each value. */
  lengths: AdaptiveHistogram
  distinct: DistinctSample
  top: TopValues
  /** Values that hold at least one identifier of a kind. */
  identifiers: Map<IdentifierKind, number>
  /** Texts by language, of those looked at. */
  languages: Map<string, number>
}

const LENGTH_BINS = 512
/** Values that occur more often than one in so many are never missed. */
const TOP_LIMIT = 256
/** Longer values are not listed among the most frequent ones: they would not fit a line. */
const LISTED_UNITS = 160
/** Texts of one batch whose language is told: enough for shares, few enough to cost nothing. */
const LANGUAGE_TEXTS = 64

export const startTextTally = (): TextTally => ({
  kind: 'text',
  n: 0,
  lengths: startAdaptiveHistogram(LENGTH_BINS),
  distinct: startDistinctSample(DISTINCT_LIMIT),
  top: startTopValues(TOP_LIMIT),
  identifiers: new Map(),
  languages: new Map(),
})

export interface TextTools {
  readonly hasher: ValueHasher
  readonly rows: RowHashes
  /** Tells languages; undefined for columns that hold no prose. */
  readonly languageOf: LanguageTeller | undefined
  readonly findsIdentifiers: boolean
}

/** Counts the values of a batch; null is missing. Each row's hash is fed with its value. Work is done once a different value. */
export function addTexts(tally: TextTally, values: readonly (string | null)[], tools: TextTools): void {
  const { hasher, rows } = tools
  const slots = new Map<string, Slot>()
  const lengths = new Float64Array(values.length)
  let n = 0
  for (let row = 0; row < values.length; row++) {
    const value = values[row] ?? null
    if (value === null) {
      rows.feedMissing(row)
      continue
    }
    let slot = slots.get(value)
    if (slot === undefined) {
      slot = { high: 0, low: 0, count: 0 }
      hasher.ofText(value, slot)
      slots.set(value, slot)
    }
    slot.count++
    rows.feed(row, slot)
    lengths[n++] = value.length
  }
  tally.n += n
  addToAdaptiveHistogram(tally.lengths, lengths.subarray(0, n))
  const entries: number[] = []
  let told = 0
  for (const [value, { high, low, count }] of slots) {
    entries.push(high, low, count, 0)
    if (value.length <= LISTED_UNITS) countValue(tally.top, value, count)
    if (tools.findsIdentifiers) noteIdentifiers(tally, value, count)
    if (tools.languageOf && told++ < LANGUAGE_TEXTS) noteLanguage(tally, tools.languageOf(value), count)
  }
  tally.distinct = addEntries(tally.distinct, entries)
}

interface Slot extends Hash106 {
  count: number
}

function noteIdentifiers(tally: TextTally, value: string, count: number): void {
  const found = findIdentifiers(value)
  if (found.length === 0) return
  for (const kind of new Set(found.map((one) => one.kind))) tally.identifiers.set(kind, (tally.identifiers.get(kind) ?? 0) + count)
}

function noteLanguage(tally: TextTally, language: string, count: number): void {
  tally.languages.set(language, (tally.languages.get(language) ?? 0) + count)
}

export function mergeTextTallies(left: TextTally, right: TextTally): void {
  left.n += right.n
  left.lengths = mergeAdaptiveHistograms(left.lengths, right.lengths)
  left.distinct = mergeDistinct(left.distinct, right.distinct)
  mergeTopValues(left.top, right.top)
  addCounts(left.identifiers, right.identifiers)
  addCounts(left.languages, right.languages)
}

/** Adds counts by key. */
export function addCounts<K>(into: Map<K, number>, more: ReadonlyMap<K, number>): void {
  for (const [key, n] of more) into.set(key, (into.get(key) ?? 0) + n)
}
