import type { TextColumn } from './text-column.ts'

/** Numbers of one field over a batch; NaN is missing. */
export interface NumberColumn {
  readonly kind: 'number'
  readonly values: Float64Array
}

export type Column = TextColumn | NumberColumn

export const numberColumn = (values: Float64Array): NumberColumn => ({ kind: 'number', values })

/** A column with only the rows whose index is in `rows`, in that order. O(rows). */
export function takeRows(column: Column, rows: Uint32Array): Column {
  if (column.kind === 'text') return column.take(rows)
  const n = rows.length
  const values = new Float64Array(n)
  for (let i = 0; i < n; i++) values[i] = column.values[rows[i] as number] as number
  return numberColumn(values)
}

/** Is the value at `row` missing? */
export function isMissing(column: Column, row: number): boolean {
  return column.kind === 'number' ? Number.isNaN(column.values[row]) : column.isMissing(row)
}

/** Does `row` of a column hold another value than `otherRow` of another one? */
export function valuesDiffer(column: Column, row: number, other: Column, otherRow: number): boolean {
  if (column.kind === 'number') return other.kind !== 'number' || !Object.is(column.values[row], other.values[otherRow])
  return other.kind !== 'text' || column.differs(row, other, otherRow)
}
