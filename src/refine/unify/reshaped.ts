import type { Outcome, Words } from '../../base/problem/index.ts'
import { fail, succeed } from '../../base/problem/index.ts'
import type { Column, Field, Merge, RecordBatch, Rejected } from '../../base/record/index.ts'
import { columnMissing } from '../problems.ts'

/**
 * Records made from others, with the account of the others: each old record is the origin of at least one new record,
 * or merged into one, or quarantined, and only one of the three.
 */
export interface Reshaped {
  readonly batch: RecordBatch
  /** For each new record the id of the old one that it continues. */
  readonly origins: readonly string[]
  readonly merged: readonly Merge[]
  readonly quarantined: readonly Rejected[]
}

/** Reasons in the accounts of reshaping and joining. */
export const RESHAPE_REASONS: Readonly<Record<string, Words>> = {
  pivoted: { zh: '与同组记录合并为一行。', en: 'Became one row with the other records of its group.' },
  'pivot-conflict': { zh: '同组中同名的值不止一个且不相同。', en: 'Its group holds another value under the same name.' },
  'pivot-name-missing': { zh: '没有列名，无法转为列。', en: 'It names no column to go to.' },
  resampled: { zh: '与同一时间格内的记录合并。', en: 'Became one record with the others of its time slot.' },
  'time-missing': { zh: '没有时间，无法归入时间格或窗口。', en: 'It has no time, so it belongs to no slot or window.' },
  windowed: { zh: '并入包含它的时间窗口。', en: 'Went into the window that holds it.' },
  'window-incomplete': { zh: '只落在不完整的窗口或窗口之间。', en: 'It lies only in incomplete windows, or between windows.' },
  joined: { zh: '已按键并入另一张表的记录。', en: 'Went into the record of the other table with the same key.' },
  'join-unmatched': { zh: '另一张表中没有相同的键。', en: 'The other table has no such key.' },
  'join-duplicate-key': {
    zh: '被并入的表中键重复，只用第一条。',
    en: 'Its key occurs before in the same table; only the first is joined.',
  },
}

/** The fields of these names, in this order. Problem: column-missing. @param at step of the recipe, for messages */
export function fieldsNamed(batch: RecordBatch, names: readonly string[], at: string): Outcome<readonly Field[]> {
  const found: Field[] = []
  for (const name of names) {
    const field = batch.fields.find((one) => one.name === name)
    if (!field) return fail(columnMissing({ at, field: name, found: batch.fields.map((one) => one.name).join(', ') }))
    found.push(field)
  }
  return succeed(found)
}

/** The value at a row as it is compared: numbers as text; null when missing. */
export function keyPart(column: Column, row: number): string | null {
  if (column.kind === 'text') return column.values[row] ?? null
  const value = column.values[row] as number
  return Number.isNaN(value) ? null : String(value === 0 ? 0 : value)
}

/** Rows with the same values in the named columns, in order of first appearance. Missing values are equal to each other. */
export function rowsByKey(batch: RecordBatch, names: readonly string[]): Map<string, number[]> {
  const columns = names.map((name) => batch.columns.get(name) as Column)
  const groups = new Map<string, number[]>()
  for (let row = 0; row < batch.ids.length; row++) {
    const key = JSON.stringify(columns.map((column) => keyPart(column, row)))
    const rows = groups.get(key)
    if (rows) rows.push(row)
    else groups.set(key, [row])
  }
  return groups
}
