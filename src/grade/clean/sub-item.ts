import type { Words } from '../../base/problem/index.ts'
import type { Field, RecordBatch } from '../../base/record/index.ts'
import type { TableFacts } from '../indicator.ts'
import type { TextScan } from './text-scan.ts'

/** Does the record at `row` fail? Undefined where it has nothing to judge. */
export type RowVerdict = (row: number) => boolean | undefined

/** What an item may read of a batch besides its columns. */
export interface RowText {
  /** The record's texts joined by line ends; empty where it has none. */
  readonly textAt: (row: number) => string
  /** Is the record made of media alone, so that no text can be asked of it? */
  readonly isMediaAt: (row: number) => boolean
  /** Counts over that text; valid until another row is asked for. */
  readonly scanAt: (row: number) => TextScan
}

/** A sub-indicator of 0208 that is decided record by record. */
export interface RecordItem {
  /** Code of the standard (02080105 …), or `0208-table-…` for what the standard has no code for. */
  readonly code: string
  readonly title: Words
  /** What it looks at and its limit, for this table. */
  readonly method: (table: TableFacts) => Words
  /** Why it cannot be measured on a table; absent where it always can. */
  readonly blocked?: (table: TableFacts) => Words | undefined
  readonly bind: (batch: RecordBatch, table: TableFacts, texts: RowText) => RowVerdict
  /** Does it take part in whether a record counts as clean? It does unless this says no. */
  readonly decides?: ((table: TableFacts) => boolean) | undefined
}

/** One line of 0208's evidence. */
export type ItemResult = { readonly code: string; readonly title: Words; readonly table: string } & (
  | {
      readonly status: 'measured'
      /** Share that passes, 0..1. */
      readonly value: number
      readonly n: number
      readonly method: Words
      /** Does it take part in whether a record counts as clean? */
      readonly decides: boolean
      readonly failing: readonly string[]
    }
  | { readonly status: 'not-measured'; readonly why: Words }
)

/** The field of a name, where the table has it as numbers. */
export const numberField = (table: TableFacts, name: string): Field | undefined =>
  table.fields.find((field) => field.name === name && (field.type === 'number' || field.type === 'integer'))

/** Least value that passes: the field's declared range comes before the default. */
export const leastOf = (table: TableFacts, name: string, byDefault: number): number => numberField(table, name)?.range?.[0] ?? byDefault

interface Limit {
  readonly code: string
  readonly title: Words
  readonly column: string
  readonly unit: string
  readonly decides?: RecordItem['decides']
}

/** An item that asks a numeric column for a limit; rows without a value are not judged. */
function limitItem(options: Limit, limitOf: (table: TableFacts) => number, sign: '≥' | '≤'): RecordItem {
  const { code, title, column, unit, decides } = options
  return {
    code,
    title,
    decides,
    method: (table) => {
      const text = `${column} ${sign} ${limitOf(table)} ${unit}`
      const only = decides && !decides(table)
      return only ? { zh: `${text}；只报告、不计入得分`, en: `${text}; reported, not scored` } : { zh: text, en: text }
    },
    blocked: (table) =>
      numberField(table, column) ? undefined : { zh: `没有数值列 ${column}。`, en: `There is no numeric column ${column}.` },
    bind: (batch, table) => {
      const values = batch.columns.get(column)
      const limit = limitOf(table)
      return (row) => {
        const value = values?.kind === 'number' ? (values.values[row] as number) : Number.NaN
        return Number.isNaN(value) ? undefined : sign === '≥' ? value < limit : value > limit
      }
    },
  }
}

/** An item that asks for a least value. */
export const leastValueItem = (options: Limit & { readonly least: number }): RecordItem =>
  limitItem(options, (table) => leastOf(table, options.column, options.least), '≥')

/** An item that asks for a most value. */
export const mostValueItem = (options: Limit & { readonly most: number }): RecordItem =>
  limitItem(options, (table) => numberField(table, options.column)?.range?.[1] ?? options.most, '≤')
