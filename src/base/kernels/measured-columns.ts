import { z } from 'zod'
import type { Column, NumberColumn, RecordBatch, Rejected, Step } from '../record/index.ts'
import { keepAll, numberColumn, rejectWhere, withColumns } from '../record/index.ts'

/** Columns that an operator of tables looks at; none named: all that it can judge. */
export const columnsParameter = z.array(z.string().min(1)).default([])

/** What becomes of a value that an operator refuses. */
export const valueAction = z.enum(['quarantine', 'missing'])
export type ValueAction = z.output<typeof valueAction>

/** A measured column of a batch. */
export interface Measured {
  readonly name: string
  readonly column: NumberColumn
}

/** The named numeric columns; without names all fields that measure: numbers without a role, or features. */
export function measuredColumns(batch: RecordBatch, names: readonly string[]): Measured[] {
  const wanted =
    names.length > 0
      ? names
      : batch.fields
          .filter(({ type, role }) => (type === 'number' || type === 'integer') && (role === undefined || role === 'feature'))
          .map(({ name }) => name)
  return wanted.flatMap((name) => {
    const column = batch.columns.get(name)
    return column?.kind === 'number' ? [{ name, column }] : []
  })
}

/** Values of one column that an operator refuses. */
export interface RefusedValues {
  readonly name: string
  readonly column: NumberColumn
  /** 1 where the value is refused. */
  readonly rows: Uint8Array
}

/** Acts on refused values: the whole record into quarantine with the first of them, or only the values out. */
export function refuseValues(batch: RecordBatch, refused: readonly RefusedValues[], action: ValueAction, reason: string): Step {
  const hit = refused.filter(({ rows }) => rows.includes(1))
  if (hit.length === 0) return keepAll(batch)
  if (action === 'missing') {
    const replaced = new Map<string, Column>()
    for (const { name, column, rows } of hit)
      replaced.set(name, numberColumn(column.values.map((value, row) => (rows[row] === 1 ? Number.NaN : value))))
    return keepAll(withColumns(batch, replaced))
  }
  return rejectWhere(batch, (row): Omit<Rejected, 'id'> | null => {
    const first = hit.find(({ rows }) => rows[row] === 1)
    return first ? { reason, field: first.name, found: String(first.column.values[row]) } : null
  })
}

/** Judges every value of the measured columns. @param judge gives for a column the test of its values; undefined leaves it out */
export function refuseWhere(
  batch: RecordBatch,
  names: readonly string[],
  judge: (name: string) => ((value: number) => boolean) | undefined,
  action: ValueAction,
  reason: string,
): Step {
  const refused: RefusedValues[] = []
  for (const { name, column } of measuredColumns(batch, names)) {
    const isRefused = judge(name)
    if (!isRefused) continue
    refused.push({ name, column, rows: Uint8Array.from(column.values, (value) => (Number.isNaN(value) || !isRefused(value) ? 0 : 1)) })
  }
  return refuseValues(batch, refused, action, reason)
}
