import { HASH_STRIDE } from '../../base/kernels/index.ts'
import type { RecordBatch } from '../../base/record/index.ts'
import type { BottomSample, DistinctSample } from '../../base/statistics/index.ts'
import {
  addDistinct,
  addToBottomSample,
  admits,
  mergeBottomSamples,
  mergeDistinct,
  startBottomSample,
  startDistinctSample,
} from '../../base/statistics/index.ts'
import { contentFields } from '../../refine/index.ts'
import { contentHashes, hashOfText, textFieldsOf } from '../content-hash.ts'
import type { RecordOrigin, TableFacts } from '../indicator.ts'
import type { RecordShare } from '../record-share.ts'
import { countRecords, emptyShare, mergeShares } from '../record-share.ts'
import { type RecordText, textReader } from '../record-text.ts'
import { RECORD_ITEMS } from './record-items.ts'
import type { Clock } from './series/clock.ts'
import { addToClock, mergeClocks, startClock } from './series/clock.ts'
import type { RowText, RowVerdict } from './sub-item.ts'
import { PERPLEXITY_SAMPLE, PERPLEXITY_UNITS } from './text/perplexity.ts'
import type { TextScan } from './text-scan.ts'
import { scanText } from './text-scan.ts'

/** Distinct contents that are counted exactly; past it duplicates are estimated on whole groups of a part of them. 32 bytes each. */
export const MAX_CONTENTS = 1 << 20

/** Contents of which ids are kept, to show some duplicates by name. */
const EXAMPLE_CONTENTS = 1024

/** What 0208 collects of a table. Plain JSON. */
export interface CleanState {
  /** Records that pass all record items, duplicates left aside. */
  readonly share: RecordShare
  /** Records judged by each record item, and their failures. */
  readonly items: readonly RecordShare[]
  /** By content: records, and those of them that pass all record items. */
  readonly contents: DistinctSample
  readonly examples: BottomSample<null>
  /** Beginnings of texts for the relative perplexity. */
  readonly texts: BottomSample<string>
  readonly clock: Clock
}

export const startClean = (table: TableFacts): CleanState => ({
  share: emptyShare(),
  items: RECORD_ITEMS[table.modality].map(emptyShare),
  contents: startDistinctSample(MAX_CONTENTS),
  examples: startBottomSample(EXAMPLE_CONTENTS),
  texts: startBottomSample(PERPLEXITY_SAMPLE),
  clock: startClock(),
})

/** Texts of the batch's rows, each scanned once however many items ask. */
function rowTexts(batch: RecordBatch, table: TableFacts): RowText {
  const fields = textFieldsOf(table)
  const [only] = fields
  const plain = fields.length === 1 && only && only.type !== 'json' ? batch.columns.get(only.name) : undefined
  const read = textReader(batch, fields)
  let joined = -1
  let record: RecordText = { text: '', isMedia: false }
  const recordAt = (row: number): RecordText => {
    if (row !== joined) record = read(row)
    joined = row
    return record
  }
  const textAt = (row: number): string => (plain?.kind === 'text' ? (plain.values[row] ?? '') : recordAt(row).text)
  let scanned = -1
  let scan: TextScan = scanText('')
  return {
    textAt,
    isMediaAt: (row) => plain === undefined && recordAt(row).isMedia,
    scanAt: (row) => {
      if (row !== scanned) scan = scanText(textAt(row))
      scanned = row
      return scan
    },
  }
}

/** Adds the rows that an item judged to its share. */
function countJudged(share: RecordShare, batch: RecordBatch, verdicts: Uint8Array): RecordShare {
  if (!verdicts.includes(NOT_JUDGED)) return countRecords(share, batch.ids, verdicts)
  const judged: string[] = []
  const failed: number[] = []
  for (let row = 0; row < verdicts.length; row++) {
    if (verdicts[row] === NOT_JUDGED) continue
    judged.push(batch.ids[row] as string)
    failed.push(verdicts[row] as number)
  }
  return countRecords(share, judged, Uint8Array.from(failed))
}

const PASSES = 0
const FAILS = 1
const NOT_JUDGED = 2

const flagOf = (verdict: boolean | undefined): number => (verdict === undefined ? NOT_JUDGED : verdict ? FAILS : PASSES)

interface Check {
  /** Undefined where the item cannot be judged on the table. */
  readonly verdict: RowVerdict | undefined
  readonly decides: boolean
}

/** Flags of each row by each item, then of the row over all items. */
function judgeRows(checks: readonly Check[], rows: number): { readonly byItem: Uint8Array[]; readonly failed: Uint8Array } {
  const byItem = checks.map(() => new Uint8Array(rows).fill(NOT_JUDGED))
  const failed = new Uint8Array(rows)
  for (let row = 0; row < rows; row++) {
    for (let item = 0; item < checks.length; item++) {
      const { verdict, decides } = checks[item] as Check
      const flag = flagOf(verdict?.(row))
      ;(byItem[item] as Uint8Array)[row] = flag
      if (flag === FAILS && decides) failed[row] = 1
    }
  }
  return { byItem, failed }
}

export function addClean(state: CleanState, batch: RecordBatch, table: TableFacts, origin: RecordOrigin): CleanState {
  const texts = rowTexts(batch, table)
  const checks = RECORD_ITEMS[table.modality].map((item) => ({
    verdict: item.blocked?.(table) ? undefined : item.bind(batch, table, texts),
    decides: item.decides?.(table) ?? true,
  }))
  const { byItem, failed } = judgeRows(checks, batch.ids.length)
  const hashes = contentHashes(batch, contentFields(table.fields, table.modality))
  const next: CleanState = {
    share: countRecords(state.share, batch.ids, failed),
    items: state.items.map((share, item) => countJudged(share, batch, byItem[item] as Uint8Array)),
    contents: { ...state.contents },
    examples: { ...state.examples },
    texts: { ...state.texts },
    clock: table.modality === 'series' ? addToClock(state.clock, batch, table, origin) : state.clock,
  }
  for (let row = 0; row < batch.ids.length; row++) {
    const id = batch.ids[row] as string
    const high = hashes[row * HASH_STRIDE] as number
    addDistinct(next.contents, high, hashes[row * HASH_STRIDE + 1] as number, 1, 1 - (failed[row] as number))
    addToBottomSample(next.examples, high, id, null)
    if (table.modality !== 'text') continue
    const place = hashOfText(id)
    if (admits(next.texts, place)) addToBottomSample(next.texts, place, id, texts.textAt(row).slice(0, PERPLEXITY_UNITS))
  }
  return next
}

export const mergeClean = (left: CleanState, right: CleanState): CleanState => ({
  share: mergeShares(left.share, right.share),
  items: left.items.map((share, item) => mergeShares(share, right.items[item] ?? emptyShare())),
  contents: mergeDistinct(left.contents, right.contents),
  examples: mergeBottomSamples(left.examples, right.examples),
  texts: mergeBottomSamples(left.texts, right.texts),
  clock: mergeClocks(left.clock, right.clock),
})
