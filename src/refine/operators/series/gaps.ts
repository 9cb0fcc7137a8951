import { z } from 'zod'
import {
  columnsParameter,
  groupParameter,
  measuredColumns,
  refuseValues,
  seriesOf,
  stateOf,
  timeParameter,
  timesOf,
  valueAction,
} from '../../../base/kernels/index.ts'
import { keepAll } from '../../../base/record/index.ts'
import { without } from '../../judge-series.ts'
import { defineOperator } from '../../operator.ts'

/** Time of the record before, and records since the last gap. */
interface Since {
  last: number
  records: number
}

export default defineOperator({
  version: 1,
  title: { zh: '断档之后', en: 'After gaps' },
  doc: {
    zh: '相邻记录的时间相差超过 maxGapMs 为断档。断档本身不是坏数据，不作标记；传感器上电后要稳定一阵，故断档后前 settle 条的测量值记为缺失，或隔离这些记录。须由配方给出 maxGapMs；要规则的时间网格请用表的 reshape: resample。',
    en: 'Two records farther apart than maxGapMs have a gap between them. A gap is no bad data and is not marked; but sensors take a while to settle after power returns, so the measured values of the first `settle` records after it become missing, or those records are quarantined. The recipe must give maxGapMs; for a regular grid use the table’s reshape: resample.',
  },
  source: 'WMO-No. 8, Guide to Instruments (2021), vol. V, quality control of automatic stations',
  parameters: z.strictObject({
    time: timeParameter.describe('time column; by default the field of role time'),
    group: groupParameter.describe('columns that tell series apart; by default the fields of role group'),
    columns: columnsParameter.describe('measured columns; by default all'),
    maxGapMs: z.number().positive().describe('longest time in milliseconds between neighbours that is no gap'),
    settle: z.number().int().positive().default(1).describe('records after a gap that are not trusted'),
    action: valueAction.default('missing').describe('missing: their measured values become missing; quarantine: they leave'),
  }),
  example: {
    parameters: { time: 'second', maxGapMs: 2000, settle: 1 },
    before: { second: [0, 1, 2, 60, 61], flow: [5.1, 5, 5.2, 0.3, 5.1] },
    after: { second: [0, 1, 2, 60, 61], flow: [5.1, 5, 5.2, null, 5.1] },
  },
  reasons: { 'after-gap': { zh: '紧接断档之后，传感器尚未稳定', en: 'just after a gap, the sensor had not settled' } },
  scope: 'sequence',
  // Without the records after it a gap is longer.
  idempotent: false,
  run: (batch, { time, group, columns, maxGapMs, settle, action }, { carry }) => {
    const times = timesOf(batch, time)
    if (!times) return keepAll(batch)
    const series = seriesOf(batch, group)
    const rows = new Uint8Array(times.length)
    for (let row = 0; row < times.length; row++) {
      const now = times[row] as number
      if (Number.isNaN(now)) continue
      const since = stateOf(carry, series?.[row] ?? '', (): Since => ({ last: Number.NaN, records: Number.POSITIVE_INFINITY }))
      since.records = Math.abs(now - since.last) > maxGapMs ? 1 : since.records + 1
      since.last = now
      rows[row] = since.records <= settle ? 1 : 0
    }
    if (action === 'quarantine')
      return without(
        batch,
        batch.ids.filter((_, row) => rows[row] === 1).map((id) => ({ id, reason: 'after-gap' })),
      )
    const refused = measuredColumns(batch, columns).flatMap(({ name, column }) => (name === time ? [] : [{ name, column, rows }]))
    return refuseValues(batch, refused, 'missing', 'after-gap')
  },
})
