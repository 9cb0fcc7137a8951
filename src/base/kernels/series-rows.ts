import { z } from 'zod'
import type { RecordBatch } from '../record/index.ts'
import { msPerStep } from './time-axis.ts'

/** Time column of a series; unnamed: the field of role `time`. */
export const timeParameter = z.string().min(1).optional()

/** Columns that tell the series of one file apart; unnamed: the fields of role `group`. */
export const groupParameter = z.array(z.string().min(1)).optional()

/** Milliseconds of each record; undefined when there is no such time. */
export function timesOf(batch: RecordBatch, time: string | undefined): Float64Array | undefined {
  const field = batch.fields.find(({ name, role }) => (time === undefined ? role === 'time' : name === time))
  const column = field && batch.columns.get(field.name)
  const scale = field && msPerStep(field)
  if (column?.kind !== 'number' || scale === undefined) return undefined
  return scale === 1 ? column.values : column.values.map((value) => value * scale)
}

/** The series that each record belongs to: values of its group. Undefined when all records are of one. */
export function seriesOf(batch: RecordBatch, group: readonly string[] | undefined): string[] | undefined {
  const names = group ?? batch.fields.filter(({ role }) => role === 'group').map(({ name }) => name)
  const columns = names.flatMap((name) => batch.columns.get(name) ?? [])
  if (columns.length === 0) return undefined
  if (columns.length === 1) return Array.from(batch.ids, (_, row) => String(columns[0]?.values[row] ?? ''))
  return Array.from(batch.ids, (_, row) => JSON.stringify(columns.map(({ values }) => String(values[row] ?? ''))))
}

/** State of one series, kept from batch to batch; begun where it is new. */
export function stateOf<S>(carry: Map<string, unknown>, series: string, start: () => S): S {
  let state = carry.get(series) as S | undefined
  if (state === undefined) {
    state = start()
    carry.set(series, state)
  }
  return state
}
