import { type Column, type Field, isNumeric, TextColumn } from '../../base/record/index.ts'
import { type DistinctSample, mergeDistinct, startDistinctSample } from '../../base/statistics/index.ts'
import { type BrokenRecord, type RawBatch, valuesOf } from '../format.ts'
import { addEntries } from './distinct-entries.ts'
import { hasLanguage, type LanguageTeller } from './language-of.ts'
import { addMedia, isMedia, type MediaTally, mergeMediaTallies, startMediaTally } from './media-tally.ts'
import { addNumbers, mergeNumberTallies, type NumberTally, startNumberTally } from './number-tally.ts'
import { addTexts, mergeTextTallies, startTextTally, type TextTally } from './text-tally.ts'
import { addTimes, mergeTimeSteps, startTimeSteps, type TimeSteps } from './time-steps.ts'
import { countValue, mergeTopValues, startTopValues, type TopValues } from './top-values.ts'
import { type Hash106, RowHashes, ValueHasher } from './value-hash.ts'

/** A table as raw files feed it: what is counted of each field, and how raw values are typed. */
export interface ProfiledTable {
  readonly name: string
  readonly fields: readonly Field[]
  readonly sources: readonly { readonly key: string; readonly part: string }[]
  /** Raw column of each field, where it is not the field's own name. */
  readonly mapping: Readonly<Record<string, string>>
  /** What the typing has decided of the table, for `TypeColumn` alone to read. Plain JSON. */
  readonly decisions: unknown
}

/** A present value that is not of its field's type. */
export interface Misfit {
  readonly row: number
  readonly found: string
}

/** Types the raw column of one field; what does not fit is missing in `column` and named in `misfits`. */
export type TypeColumn = (
  raw: RawBatch,
  field: Field,
  table: Pick<ProfiledTable, 'mapping' | 'decisions'>,
) => { readonly column: Column; readonly misfits: readonly Misfit[] }

export interface FieldTally {
  misfits: number
  /** The first values that do not fit. */
  misfitExamples: string[]
  readonly values: NumberTally | TextTally | MediaTally
}

/** What a pass over raw records counts of one table. Tallies of parts merge; the order of files does not matter. */
export interface TableTally {
  records: number
  /** Records that could not be read, by code of the problem, with one of them. */
  broken: Map<string, { n: number; example: BrokenRecord['problem'] }>
  /** Hashes of whole records, with how many records have each. */
  rows: DistinctSample
  /** In the order of the table's fields. */
  readonly fields: readonly FieldTally[]
  steps: TimeSteps | undefined
  /** `width × height` of images. */
  sizes: TopValues | undefined
}

/** Different records that are counted exactly. */
const ROW_LIMIT = 1 << 17
/** Enough to tell a type again; people see fewer. */
const MISFIT_EXAMPLES = 64
const SIZE_LIMIT = 64

const timeOf = (fields: readonly Field[]): Field | undefined => fields.find(({ role, type }) => role === 'time' && isNumeric(type))
const hasSizes = (fields: readonly Field[]): boolean =>
  fields.some(({ type }) => type === 'media') && ['width', 'height'].every((side) => fields.some(({ name }) => name === side))

export const startTableTally = (fields: readonly Field[]): TableTally => ({
  records: 0,
  broken: new Map(),
  rows: startDistinctSample(ROW_LIMIT),
  fields: fields.map(({ type }) => ({
    misfits: 0,
    misfitExamples: [],
    values: type === 'media' ? startMediaTally() : isNumeric(type) ? startNumberTally() : startTextTally(),
  })),
  steps: timeOf(fields) ? startTimeSteps() : undefined,
  sizes: hasSizes(fields) ? startTopValues(SIZE_LIMIT) : undefined,
})

/** What lasts while one file is read. */
export interface FileMemory {
  lastMoment: number
}

export interface TallyTools {
  readonly typeColumn: TypeColumn
  readonly languageOf: LanguageTeller
  readonly hasher: ValueHasher
}

export const tallyTools = (typeColumn: TypeColumn, languageOf: LanguageTeller): TallyTools => ({
  typeColumn,
  languageOf,
  hasher: new ValueHasher(),
})

/** Counts the records of a raw batch. @param memory of the file that the batch comes from */
export function addRaw(tally: TableTally, table: ProfiledTable, raw: RawBatch, memory: FileMemory, tools: TallyTools): void {
  const n = raw.ordinals.length
  tally.records += n
  addBroken(tally, raw.broken)
  if (n === 0) return
  const rows = new RowHashes(n)
  const time = timeOf(table.fields)
  const sides = new Map<string, Float64Array>()
  for (const [i, field] of table.fields.entries()) {
    const numbers = addField(tally.fields[i] as FieldTally, table, field, raw, rows, tools)
    if (tally.steps && field === time && numbers) memory.lastMoment = addTimes(tally.steps, numbers, memory.lastMoment)
    if (tally.sizes && numbers && (field.name === 'width' || field.name === 'height')) sides.set(field.name, numbers)
  }
  addSizes(tally.sizes, sides.get('width'), sides.get('height'))
  const hash: Hash106 = { high: 0, low: 0 }
  const entries: number[] = []
  for (let row = 0; row < n; row++) {
    rows.give(row, hash)
    entries.push(hash.high, hash.low, 1, 0)
  }
  tally.rows = addEntries(tally.rows, entries)
}

function addField(
  tally: FieldTally,
  table: ProfiledTable,
  field: Field,
  raw: RawBatch,
  rows: RowHashes,
  tools: TallyTools,
): Float64Array | undefined {
  const { hasher } = tools
  const { values } = tally
  if (values.kind === 'media') {
    addMedia(values, mediaColumn(raw, field, table), hasher, rows)
    return undefined
  }
  const { column, misfits } = tools.typeColumn(withoutMedia(raw), field, table)
  if (column.kind === 'number' && values.kind === 'number') addNumbers(values, column.values, hasher, rows)
  else if (column.kind === 'text' && values.kind === 'text') {
    const languageOf = hasLanguage(field) ? tools.languageOf : undefined
    addTexts(values, column.values, { hasher, rows, languageOf, findsIdentifiers: true })
  }
  const hash: Hash106 = { high: 0, low: 0 }
  for (const { row, found } of misfits) {
    hasher.ofText(found, hash)
    rows.feed(row, hash)
    if (tally.misfitExamples.length < MISFIT_EXAMPLES && !tally.misfitExamples.includes(found)) tally.misfitExamples.push(found)
  }
  tally.misfits += misfits.length
  return column.kind === 'number' ? column.values : undefined
}

/** Media by their extension where a field is no medium, as samples hold them. */
function withoutMedia(raw: RawBatch): RawBatch {
  const known = light.get(raw)
  if (known) return known
  const columns = raw.columns.map((column) =>
    !(column instanceof TextColumn) && column.some(isMedia)
      ? column.map((value) => (isMedia(value) ? `media:${value.extension}` : value))
      : column,
  )
  const lightened = columns.some((column, i) => column !== raw.columns[i]) ? { ...raw, columns } : raw
  light.set(raw, lightened)
  return lightened
}

/** Made once for all fields of a batch. */
const light = new WeakMap<RawBatch, RawBatch>()

function mediaColumn(raw: RawBatch, field: Field, { mapping }: ProfiledTable): readonly unknown[] {
  const at = raw.names.indexOf(mapping[field.name] ?? field.name)
  const column = raw.columns[at]
  return column ? valuesOf(column) : new Array(raw.ordinals.length).fill(null)
}

export function addBroken(tally: TableTally, broken: readonly Pick<BrokenRecord, 'problem'>[]): void {
  for (const { problem } of broken) {
    const seen = tally.broken.get(problem.code)
    if (seen) seen.n++
    else tally.broken.set(problem.code, { n: 1, example: problem })
  }
}

function addSizes(sizes: TopValues | undefined, widths: Float64Array | undefined, heights: Float64Array | undefined): void {
  if (!sizes || !widths || !heights) return
  for (let row = 0; row < widths.length; row++)
    if (!Number.isNaN(widths[row]) && !Number.isNaN(heights[row])) countValue(sizes, `${widths[row]} × ${heights[row]}`, 1)
}

/** Adds the tally of another part of the same table. */
export function mergeTableTallies(left: TableTally, right: TableTally): void {
  left.records += right.records
  left.rows = mergeDistinct(left.rows, right.rows)
  for (const [code, { n, example }] of right.broken) {
    const seen = left.broken.get(code)
    if (seen) seen.n += n
    else left.broken.set(code, { n, example })
  }
  if (left.steps && right.steps) mergeTimeSteps(left.steps, right.steps)
  if (left.sizes && right.sizes) mergeTopValues(left.sizes, right.sizes)
  for (const [i, field] of left.fields.entries()) mergeFields(field, right.fields[i] as FieldTally)
}

function mergeFields(left: FieldTally, right: FieldTally): void {
  left.misfits += right.misfits
  for (const found of right.misfitExamples)
    if (left.misfitExamples.length < MISFIT_EXAMPLES && !left.misfitExamples.includes(found)) left.misfitExamples.push(found)
  const { values } = left
  if (values.kind === 'number' && right.values.kind === 'number') mergeNumberTallies(values, right.values)
  else if (values.kind === 'text' && right.values.kind === 'text') mergeTextTallies(values, right.values)
  else if (values.kind === 'media' && right.values.kind === 'media') mergeMediaTallies(values, right.values)
}
