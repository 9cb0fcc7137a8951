import type { Column, Field, RecordBatch } from '../base/record/index.ts'
import { numberColumn, textColumn } from '../base/record/index.ts'
import type { Departure } from '../refine/index.ts'

/** What a release says of the way of each record that came in. */
export interface TrailRow {
  readonly id: string
  readonly table: string
  readonly fate: 'released' | 'merged' | 'quarantined'
  readonly place: number
  readonly part: string
  /** Numbers of the steps that changed it, as `0,3`. */
  readonly changed: string
  readonly step: string | null
  readonly reason: string | null
  readonly field: string | null
  readonly into: string | null
}

export const TRAIL_FIELDS: readonly Field[] = [
  { name: 'table', type: 'category' },
  { name: 'fate', type: 'category' },
  { name: 'place', type: 'integer' },
  { name: 'part', type: 'category' },
  { name: 'changed', type: 'category' },
  { name: 'step', type: 'category' },
  { name: 'reason', type: 'category' },
  { name: 'field', type: 'category' },
  { name: 'into', type: 'category' },
]

export function trailBatch(rows: readonly TrailRow[]): RecordBatch {
  const text = (give: (row: TrailRow) => string | null) => textColumn(rows.map(give))
  return {
    ids: rows.map((row) => row.id),
    fields: TRAIL_FIELDS,
    columns: new Map<string, Column>([
      ['table', text((row) => row.table || null)],
      ['fate', text((row) => row.fate)],
      ['place', numberColumn(Float64Array.from(rows, (row) => row.place))],
      ['part', text((row) => row.part || null)],
      ['changed', text((row) => row.changed || null)],
      ['step', text((row) => row.step)],
      ['reason', text((row) => row.reason)],
      ['field', text((row) => row.field)],
      ['into', text((row) => row.into)],
    ]),
  }
}

/** A departure as the release tells it: without what was found, which may be private. */
export const trailOf = (one: Departure, table: string): TrailRow => ({
  id: one.id,
  table,
  fate: one.fate,
  place: one.place,
  part: one.part,
  changed: '',
  step: one.step,
  reason: one.reason,
  field: one.field ?? null,
  into: one.into ?? null,
})

/** The row at `at` of a trail file. */
export function trailRow(batch: RecordBatch, at: number): TrailRow {
  const text = (name: string): string | null => {
    const column = batch.columns.get(name)
    return column?.kind === 'text' ? (column.values[at] ?? null) : null
  }
  return {
    id: batch.ids[at] as string,
    table: text('table') ?? '',
    fate: (text('fate') ?? 'released') as TrailRow['fate'],
    place: Number(batch.columns.get('place')?.values[at] ?? 0),
    part: text('part') ?? '',
    changed: text('changed') ?? '',
    step: text('step'),
    reason: text('reason'),
    field: text('field'),
    into: text('into'),
  }
}
