import { z } from 'zod'
import type { RecordBatch, Step } from '../record/index.ts'
import type { RefusedValues, ValueAction } from './measured-columns.ts'
import { measuredColumns, refuseValues } from './measured-columns.ts'
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

export interface SeriesPass<S> {
  readonly batch: RecordBatch
  readonly carry: Map<string, unknown>
  readonly time: string | undefined
  readonly group: readonly string[] | undefined
  readonly columns: readonly string[]
  readonly action: ValueAction
  readonly reason: string
  readonly start: (name: string) => S
  /** Takes the next present value of one column of one series; true refuses it. @param ms NaN where there is no time */
  readonly refuses: (state: S, value: number, ms: number) => boolean
}

/** Runs a test that remembers over each measured column of each series, in order, and acts on what it refuses. */
export function passSeries<S>({ batch, carry, time, group, columns, action, reason, start, refuses }: SeriesPass<S>): Step {
  const times = timesOf(batch, time)
  const series = seriesOf(batch, group)
  const refused: RefusedValues[] = []
  for (const { name, column } of measuredColumns(batch, columns)) {
    const rows = new Uint8Array(batch.ids.length)
    for (let row = 0; row < rows.length; row++) {
      const value = column.values[row] as number
      if (Number.isNaN(value)) continue
      const state = stateOf(carry, `${name}\0${series?.[row] ?? ''}`, () => start(name))
      if (refuses(state, value, times?.[row] ?? Number.NaN)) rows[row] = 1
    }
    refused.push({ name, column, rows })
  }
  return refuseValues(batch, refused, action, reason)
}
