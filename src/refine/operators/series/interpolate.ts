import { z } from 'zod'
import { columnsParameter, groupParameter, measuredColumns, seriesOf, timeParameter, timesOf } from '../../../base/kernels/index.ts'
import type { Column, RecordBatch } from '../../../base/record/index.ts'
import { keepAll, numberColumn, withColumns } from '../../../base/record/index.ts'
import { type FillLimits, joinStretches, NO_STRETCH, type Stretch, stretchOf } from '../../gap-filling.ts'
import { defineOperator } from '../../operator.ts'

interface Parameters {
  readonly columns: readonly string[]
  readonly time?: string | undefined
  readonly group?: readonly string[] | undefined
  readonly maxRecords: number
  readonly maxGapMs?: number | undefined
}

/** Stretches by column, file and series, and the values found for records. Grows in place: a copy a batch would be quadratic. */
interface State {
  /** `maxRecords` and `maxGapMs`: joining two states asks for them. */
  readonly limits: { readonly maxRecords: number; readonly maxGapMs: number | null }
  readonly stretches: Record<string, Stretch>
  readonly fills: Record<string, Record<string, number>>
}

const limitsOf = ({ limits }: State): FillLimits => ({
  maxRecords: limits.maxRecords,
  maxGapMs: limits.maxGapMs ?? Number.POSITIVE_INFINITY,
})

/** The file that a record is from: ids are `<16 characters of the source>-<ordinal>`. Elsewhere all records are of one. */
const fileOf = (id: string): string => (id[16] === '-' ? id.slice(0, 16) : '')

/** Keys begin with `=`, so that no name is one that objects have by themselves. */
function fillsFor(state: State, column: string): (id: string, value: number) => void {
  const fills = state.fills[`=${column}`] ?? {}
  state.fills[`=${column}`] = fills
  return (id, value) => {
    fills[id] = value
  }
}

function addBatch(state: State, batch: RecordBatch, { columns, time, group }: Parameters): State {
  const times = timesOf(batch, time)
  const series = seriesOf(batch, group)
  const limits = limitsOf(state)
  for (const { name, column } of measuredColumns(batch, columns)) {
    const fill = fillsFor(state, name)
    for (const [row, id] of batch.ids.entries()) {
      const key = JSON.stringify([name, fileOf(id), series?.[row] ?? ''])
      const next = stretchOf(id, times?.[row] ?? Number.NaN, column.values[row] as number)
      state.stretches[key] = joinStretches(state.stretches[key] ?? NO_STRETCH, next, limits, fill)
    }
  }
  return state
}

function mergeStates(left: State, right: State): State {
  const merged: State = { limits: left.limits, stretches: { ...left.stretches }, fills: {} }
  for (const side of [left, right])
    for (const [name, fills] of Object.entries(side.fills)) merged.fills[name] = { ...merged.fills[name], ...fills }
  for (const [key, stretch] of Object.entries(right.stretches)) {
    const [name] = JSON.parse(key) as [string]
    merged.stretches[key] = joinStretches(merged.stretches[key] ?? NO_STRETCH, stretch, limitsOf(left), fillsFor(merged, name))
  }
  return merged
}

export default defineOperator({
  version: 1,
  title: { zh: '线性插值', en: 'Interpolate' },
  doc: {
    zh: '同一文件同一序列中，连续不超过 maxRecords 条（且两侧间隔不超过 maxGapMs）的缺失测量值，用前后两个值按时间线性插值；没有时间时按位置。时间倒退处不插值；首尾缺失不外推；标签不插值。整数字段取整。先通读全表以找到缺口后面的值，结果与分批无关。可选步骤。',
    en: 'Fills gaps of measured values in one series of one file, of at most `maxRecords` records (and `maxGapMs` between the values on both sides), on the straight line between the values around them by time, by place where there is no time. Nothing is filled across a step back in time, before the first or after the last value, nor in labels. Whole-number fields are rounded. The table is read once before, to know the values after each gap; batches do not matter. Opt-in.',
  },
  source: 'Lepot, Aubin & Clemens 2017, Interpolation in Time Series: short gaps only',
  parameters: z.strictObject({
    columns: columnsParameter.describe('by default all measured columns'),
    time: timeParameter.describe('time column; by default the field of role time'),
    group: groupParameter.describe('columns that tell series apart; by default the fields of role group'),
    maxRecords: z.number().int().positive().max(1000).default(3).describe('records in a row that may be filled'),
    maxGapMs: z.number().positive().optional().describe('longest time in milliseconds between the values around a gap; needs a time'),
  }),
  example: {
    parameters: { columns: ['flow'], time: 'second', maxRecords: 2 },
    before: { second: [0, 1, 2, 4, 5, 6, 7, 8], flow: [10, null, 12, null, 15, null, null, null] },
    after: { second: [0, 1, 2, 4, 5, 6, 7, 8], flow: [10, 11, 12, 14, 15, null, null, null] },
  },
  // A filled value ends a longer gap.
  idempotent: false,
  fit: {
    start: ({ maxRecords, maxGapMs }: Parameters): State => ({
      limits: { maxRecords, maxGapMs: maxGapMs ?? null },
      stretches: {},
      fills: {},
    }),
    add: (state: State, batch, parameters: Parameters) => addBatch(state, batch, parameters),
    merge: mergeStates,
    finish: ({ fills }: State) => fills,
  },
  run: (batch, { columns }, { fitted }) => {
    const replaced = new Map<string, Column>()
    for (const { name, column } of measuredColumns(batch, columns)) {
      const fills = fitted[`=${name}`]
      if (!fills) continue
      const isWhole = batch.fields.some((field) => field.name === name && field.type === 'integer')
      const values = column.values.map((value, row) => {
        const fill = Number.isNaN(value) ? (fills[batch.ids[row] as string] ?? value) : value
        return isWhole && Number.isNaN(value) ? Math.round(fill) : fill
      })
      if (values.some((value, row) => !Object.is(value, column.values[row]))) replaced.set(name, numberColumn(values))
    }
    return keepAll(withColumns(batch, replaced))
  },
})
