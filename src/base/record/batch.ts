import type { Column, NumberColumn } from './column.ts'
import { takeRows } from './column.ts'
import type { Field } from './field.ts'
import type { TextColumn } from './text-column.ts'

/**
 * Records as columns: a few thousand rows that pass all row operators of a stage in one go.
 * All columns and `ids` have the same length; every field has its column.
 */
export interface RecordBatch {
  readonly ids: readonly string[]
  readonly fields: readonly Field[]
  readonly columns: ReadonlyMap<string, Column>
}

export function textOf(batch: RecordBatch, name: string): TextColumn | undefined {
  const column = batch.columns.get(name)
  return column?.kind === 'text' ? column : undefined
}

export function numbersOf(batch: RecordBatch, name: string): NumberColumn | undefined {
  const column = batch.columns.get(name)
  return column?.kind === 'number' ? column : undefined
}

/** The same batch with some columns replaced. */
export function withColumns(batch: RecordBatch, replaced: ReadonlyMap<string, Column>): RecordBatch {
  if (replaced.size === 0) return batch
  const columns = new Map(batch.columns)
  for (const [name, column] of replaced) columns.set(name, column)
  return { ...batch, columns }
}

/** The rows of a batch whose index is in `rows`, in that order. */
export function takeRecords(batch: RecordBatch, rows: Uint32Array): RecordBatch {
  const columns = new Map<string, Column>()
  for (const [name, column] of batch.columns) columns.set(name, takeRows(column, rows))
  return { ids: Array.from(rows, (row) => batch.ids[row] as string), fields: batch.fields, columns }
}
