import { z } from 'zod'
import type { FieldType, RecordBatch, Rejected, Step } from '../base/record/index.ts'
import { mapNumbers, mapText, rejectWhere } from '../base/record/index.ts'

/** What becomes of a value that a rule finds wrong: it becomes missing, or its record goes to quarantine. */
export const VALUE_ACTIONS = ['missing', 'quarantine'] as const
export type ValueAction = (typeof VALUE_ACTIONS)[number]

export const valueAction = (byDefault: ValueAction) =>
  z
    .enum(VALUE_ACTIONS)
    .default(byDefault)
    .describe('missing: the wrong value becomes missing and the record stays; quarantine: its record leaves')

/** Names of columns that an operator works on. */
export const columnNames = z.array(z.string().min(1)).min(1).describe('names of the columns; a column that the table lacks is passed over')

/** A rule over one numeric column. Gives the reason against a value, null where it is right; missing values are not asked. */
export interface NumberRule {
  readonly column: string
  readonly against: (value: number) => string | null
}

/** Applies rules to numeric columns; a column under several rules is judged by each. */
export function judgeNumbers(batch: RecordBatch, rules: readonly NumberRule[], action: ValueAction): Step {
  if (action === 'missing') {
    let kept = batch
    for (const { column, against } of rules) {
      kept = mapNumbers(kept, [column], (value) => (against(value) === null ? value : Number.NaN)).kept
    }
    return { kept, merged: [], quarantined: [] }
  }
  const judged = rules.flatMap((rule) => {
    const column = batch.columns.get(rule.column)
    return column?.kind === 'number' ? [{ ...rule, values: column.values, type: typeOf(batch, rule.column) }] : []
  })
  return rejectWhere(batch, (row) => {
    for (const { column, against, values, type } of judged) {
      const value = values[row] as number
      const reason = Number.isNaN(value) ? null : against(value)
      if (reason !== null) return { reason, field: column, found: shownNumber(type, value) }
    }
    return null
  })
}

/** Characters of a wrong text that quarantine shows. */
const SHOWN_CHARACTERS = 80

/** Applies a rule to each present value of text columns. */
export function judgeTexts(
  batch: RecordBatch,
  columns: readonly string[],
  against: (value: string) => string | null,
  action: ValueAction,
): Step {
  if (action === 'missing') return mapText(batch, columns, (value) => (against(value) === null ? value : null))
  const judged = columns.flatMap((field) => {
    const column = batch.columns.get(field)
    return column?.kind === 'text' ? [{ field, values: column.values }] : []
  })
  return rejectWhere(batch, (row): Omit<Rejected, 'id'> | null => {
    for (const { field, values } of judged) {
      const value = values[row] ?? null
      const reason = value === null ? null : against(value)
      if (value !== null && reason !== null) return { reason, field, found: value.slice(0, SHOWN_CHARACTERS) }
    }
    return null
  })
}

export const typeOf = (batch: RecordBatch, name: string): FieldType => batch.fields.find((field) => field.name === name)?.type ?? 'number'

/** Largest moment that a Date holds (ECMA-262 21.4.1.1). */
const MAX_MOMENT_MS = 8.64e15

/** A number as people read it in quarantine: moments and dates as ISO 8601. */
export function shownNumber(type: FieldType, value: number): string {
  if ((type !== 'timestamp' && type !== 'date') || !(Math.abs(value) <= MAX_MOMENT_MS)) return String(value)
  const iso = new Date(value).toISOString()
  return type === 'date' ? iso.slice(0, 10) : iso
}
