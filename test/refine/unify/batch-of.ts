import type { Column, Field, FieldType, RecordBatch } from '../../../src/base/record/index.ts'
import { isNumeric, numberColumn, textColumn } from '../../../src/base/record/index.ts'
import type { Reshaped } from '../../../src/refine/unify/reshaped.ts'
import { RESHAPE_REASONS } from '../../../src/refine/unify/reshaped.ts'

export type Cell = string | number | null

/** A batch from columns of cells; `types` gives the type of each field that is not plain text or number. */
export function batchOf(
  cells: Readonly<Record<string, readonly Cell[]>>,
  fields: Readonly<Record<string, Partial<Field>>> = {},
  prefix = 'r',
): RecordBatch {
  const names = Object.keys(cells)
  const n = cells[names[0] ?? '']?.length ?? 0
  const declared = names.map((name): Field => {
    const type: FieldType = cells[name]?.some((cell) => typeof cell === 'number') ? 'number' : 'text'
    return { name, type, ...fields[name] }
  })
  const columns = new Map<string, Column>()
  for (const { name, type } of declared) {
    const values = cells[name] as readonly Cell[]
    if (isNumeric(type))
      columns.set(name, numberColumn(Float64Array.from(values, (cell) => (typeof cell === 'number' ? cell : Number.NaN))))
    else columns.set(name, textColumn(values.map((cell) => (cell === null ? null : String(cell)))))
  }
  return { ids: Array.from({ length: n }, (_, i) => `${prefix}-${i}`), fields: declared, columns }
}

/** Cells of a batch by column; null is missing. */
export function cellsOf(batch: RecordBatch): Record<string, Cell[]> {
  const cells = (column: Column): Cell[] =>
    column.kind === 'number' ? Array.from(column.values, (value) => (Number.isNaN(value) ? null : value)) : column.values.slice()
  return Object.fromEntries(batch.fields.map(({ name }) => [name, cells(batch.columns.get(name) as Column)]))
}

/** Ids of old records by what became of them, sorted; an id in two lists would break conservation. Every reason has words. */
export function fates({ origins, merged, quarantined }: Reshaped): string[] {
  for (const { reason } of [...merged, ...quarantined]) if (!RESHAPE_REASONS[reason]?.zh) throw new Error(`reason ${reason} has no words`)
  return [...new Set(origins), ...merged.map(({ id }) => id), ...quarantined.map(({ id }) => id)].sort()
}
