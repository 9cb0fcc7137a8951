import type { Words } from '../../base/problem/index.ts'
import type { Column, RecordBatch } from '../../base/record/index.ts'
import type { TableFacts } from '../indicator.ts'

/** Does the record at `row` contradict itself? Undefined where it has nothing to compare. */
export type Contradicts = (row: number) => boolean | undefined

/** Two parts of a record that must agree, whatever they say. */
export interface Relation {
  readonly key: string
  readonly title: Words
  /** Undefined where a table lacks one of the parts. */
  readonly bind: (batch: RecordBatch, table: TableFacts) => Contradicts | undefined
}

export const numberAt = (column: Column | undefined, row: number): number =>
  column?.kind === 'number' ? (column.values[row] as number) : Number.NaN

export const textAt = (column: Column | undefined, row: number): string | null =>
  column?.kind === 'text' ? (column.values[row] ?? null) : null

/** The value of a JSON column; undefined where there is none, or none that can be read. */
export function jsonAt(column: Column | undefined, row: number): unknown {
  const json = textAt(column, row)
  if (json === null) return undefined
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}
