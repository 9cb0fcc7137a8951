import { z } from 'zod'
import { columnsParameter, groupParameter, valueAction } from '../../../base/kernels/index.ts'
import { judgeSeries } from '../../judge-series.ts'
import { defineOperator } from '../../operator.ts'

interface Held {
  value: number
  run: number
}

export default defineOperator({
  version: 1,
  title: { zh: '卡死的传感器', en: 'Stuck sensor' },
  doc: {
    zh: '同一数值连续出现 run 次起，其后的重复值记为缺失，或隔离其记录；前 run − 1 个保留。只宜用于分辨率足够的连续量：开关量、设定值、分辨率低的量会长时间不变。exceptZero 放过零值（停机、无雨）。',
    en: 'From the `run`-th equal value in a row on, repeats become missing or their records are quarantined; the first run − 1 stay. Only for continuous quantities of fine resolution: switches, set points and coarse readings stay the same for long. `exceptZero` lets zeros pass (standstill, no rain).',
  },
  source: 'WMO-No. 8 (2021), vol. V, persistence test; US EPA QA/G-8; TC609-5-2025-04, 0208 clean content',
  parameters: z.strictObject({
    columns: columnsParameter.describe('continuous quantities; by default all measured columns'),
    group: groupParameter.describe('columns that tell series apart; by default the fields of role group'),
    run: z.number().int().min(3).default(30).describe('equal values in a row from which on they are refused'),
    exceptZero: z.boolean().default(true).describe('zeros may repeat'),
    action: valueAction.default('missing').describe('missing: the repeated value becomes missing; quarantine: its record leaves'),
  }),
  example: {
    parameters: { columns: ['pressure'], run: 3 },
    before: { pressure: [2.13, 2.41, 2.41, 2.41, 2.41, 2.5, 0, 0, 0, 0] },
    after: { pressure: [2.13, 2.41, 2.41, null, null, 2.5, 0, 0, 0, 0] },
  },
  reasons: { 'value-stuck': { zh: '数值长时间完全不变', en: 'the value has stayed exactly the same for long' } },
  scope: 'sequence',
  run: (batch, { columns, group, run, exceptZero, action }, { carry }) =>
    judgeSeries(batch, { columns, group, action, reason: 'value-stuck' }, carry, {
      start: (): Held => ({ value: Number.NaN, run: 0 }),
      isWrong: (held, value) => value === held.value && held.run >= run - 1 && !(exceptZero && value === 0),
      accept: (held, value) => {
        held.run = value === held.value ? held.run + 1 : 1
        held.value = value
      },
    }),
})
