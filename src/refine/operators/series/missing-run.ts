import { z } from 'zod'
import { columnsParameter, groupParameter, measuredColumns, seriesOf, stateOf } from '../../../base/kernels/index.ts'
import type { Rejected } from '../../../base/record/index.ts'
import { isMissing, keepAll } from '../../../base/record/index.ts'
import { without } from '../../judge-series.ts'
import { defineOperator } from '../../operator.ts'

export default defineOperator({
  version: 1,
  title: { zh: '长段缺失', en: 'Runs of missing values' },
  doc: {
    zh: '所列测量列全部缺失的记录连续超过 longest 条时，隔离其后的记录（停机期间的空记录）；短的缺失段保留，以免打断序列。',
    en: 'Where all of the measured columns are missing in more than `longest` records in a row, quarantines the records from there on (empty records of a standstill); short runs stay, so that the series is not torn.',
  },
  source: 'ISO 8000-8 completeness; TC609-5-2025-04, 0208 clean content',
  parameters: z.strictObject({
    columns: columnsParameter.describe('by default all measured columns'),
    group: groupParameter.describe('columns that tell series apart; by default the fields of role group'),
    longest: z.number().int().nonnegative().default(60).describe('records in a row without any measured value that stay'),
  }),
  example: {
    parameters: { columns: ['flow', 'level'], longest: 1 },
    before: { flow: [1.5, null, null, null, 1.4], level: [3, null, null, null, 3.5] },
    after: { flow: [1.5, null, 1.4], level: [3, null, 3.5] },
    quarantined: [2, 3],
  },
  reasons: { 'nothing-measured': { zh: '长时间没有任何测量值', en: 'nothing has been measured for long' } },
  scope: 'sequence',
  run: (batch, { columns, group, longest }, { carry }) => {
    const measured = measuredColumns(batch, columns)
    if (measured.length === 0) return keepAll(batch)
    const series = seriesOf(batch, group)
    const quarantined: Rejected[] = []
    for (let row = 0; row < batch.ids.length; row++) {
      const state = stateOf(carry, series?.[row] ?? '', () => ({ run: 0 }))
      if (measured.some(({ column }) => !isMissing(column, row))) state.run = 0
      else if (state.run < longest) state.run++
      else quarantined.push({ id: batch.ids[row] as string, reason: 'nothing-measured', field: measured[0]?.name })
    }
    return without(batch, quarantined)
  },
})
