import { z } from 'zod'
import {
  columnsParameter,
  groupParameter,
  measuredColumns,
  seriesOf,
  stateOf,
  timeParameter,
  timesOf,
} from '../../../base/kernels/index.ts'
import type { Column, NumberColumn } from '../../../base/record/index.ts'
import { keepAll, numberColumn, withColumns } from '../../../base/record/index.ts'
import { defineOperator } from '../../operator.ts'

interface Last {
  value: number
  ms: number
  held: number
}

export default defineOperator({
  version: 1,
  title: { zh: '沿用前值', en: 'Hold the last value' },
  doc: {
    zh: '测量值缺失时沿用同一序列的前一个值，最多连续 limit 条，且可限定时间 maxAgeMs；再往后仍为缺失。按时间插值用 series/interpolate。',
    en: 'Where a measured value is missing, holds the value before it in the same series, for at most `limit` records in a row and, if given, `maxAgeMs`; what is missing longer stays missing. series/interpolate fills on the straight line to the value after.',
  },
  source: 'zero-order hold; last observation carried forward and its bias: Molenberghs et al. 2004',
  parameters: z.strictObject({
    columns: columnsParameter.describe('by default all measured columns'),
    time: timeParameter.describe('time column, for maxAgeMs; by default the field of role time'),
    group: groupParameter.describe('columns that tell series apart; by default the fields of role group'),
    limit: z.number().int().positive().describe('records in a row that may be filled'),
    maxAgeMs: z.number().positive().optional().describe('oldest value in milliseconds that may be held; needs a time'),
  }),
  example: {
    parameters: { columns: ['flow'], limit: 2 },
    before: { flow: [null, 5.1, null, 5.3, null, null, null, 5] },
    after: { flow: [null, 5.1, 5.1, 5.3, 5.3, 5.3, null, 5] },
  },
  scope: 'sequence',
  // Run again, it holds what it filled.
  idempotent: false,
  run: (batch, { columns, time, group, limit, maxAgeMs = Number.POSITIVE_INFINITY }, { carry }) => {
    const times = timesOf(batch, time)
    const series = seriesOf(batch, group)
    const replaced = new Map<string, Column>()
    for (const { name, column } of measuredColumns(batch, columns)) {
      const lastOf = (row: number): Last =>
        stateOf(carry, `${name}\0${series?.[row] ?? ''}`, () => ({ value: Number.NaN, ms: Number.NaN, held: 0 }))
      const filled = fill(column, times, lastOf, limit, maxAgeMs)
      if (filled) replaced.set(name, filled)
    }
    return keepAll(withColumns(batch, replaced))
  },
})

function fill(
  column: NumberColumn,
  times: Float64Array | undefined,
  lastOf: (row: number) => Last,
  limit: number,
  maxAgeMs: number,
): NumberColumn | undefined {
  let values: Float64Array | undefined
  for (let row = 0; row < column.values.length; row++) {
    const last = lastOf(row)
    const value = column.values[row] as number
    const ms = times?.[row] ?? Number.NaN
    if (!Number.isNaN(value)) Object.assign(last, { value, ms, held: 0 })
    else if (
      last.held++ < limit &&
      !Number.isNaN(last.value) &&
      (maxAgeMs === Number.POSITIVE_INFINITY || Math.abs(ms - last.ms) <= maxAgeMs)
    ) {
      values ??= column.values.slice()
      values[row] = last.value
    }
  }
  return values && numberColumn(values)
}
