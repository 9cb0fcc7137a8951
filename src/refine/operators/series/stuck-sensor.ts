import { z } from 'zod'
import { columnsParameter, groupParameter, valueAction } from '../../../base/kernels/index.ts'
import { judgeSeries } from '../../judge-series.ts'
import { defineOperator } from '../../operator.ts'

/** The last value that stayed, how often in a row, and how many neighbours that stayed were compared and found equal. */
interface Held {
  value: number
  run: number
  pairs: number
  equal: number
}

/** Did neighbours differ as a rule before the present run? A coarse reading or a set point does not. */
function wasLively({ run, pairs, equal }: Held, livelyShare: number, atLeast: number): boolean {
  const before = pairs - (run - 1)
  return before >= atLeast && before - (equal - (run - 1)) >= livelyShare * before
}

export default defineOperator({
  version: 1,
  title: { zh: '卡死的传感器', en: 'Stuck sensor' },
  doc: {
    zh: '同一数值连续出现 run 次起，其后的重复值记为缺失，或隔离其记录；前 run − 1 个保留。只判断此前确实在变的量：此前至少 run 对相邻值中须有 livelyShare 不相等，因此开关量、设定值与分辨率低的读数不受影响。exceptZero 放过零值（停机、无雨）。',
    en: 'From the `run`-th equal value in a row on, repeats become missing or their records are quarantined; the first run − 1 stay. Judges only what used to vary: of at least `run` pairs of neighbours before, `livelyShare` must differ, so that switches, set points and coarse readings are left alone. `exceptZero` lets zeros pass (standstill, no rain).',
  },
  source: 'WMO-No. 8 (2021), vol. V, persistence test; US EPA QA/G-8; TC609-5-2025-04, 0208 clean content',
  parameters: z.strictObject({
    columns: columnsParameter.describe('continuous quantities; by default all measured columns'),
    group: groupParameter.describe('columns that tell series apart; by default the fields of role group'),
    run: z.number().int().min(3).default(30).describe('equal values in a row from which on they are refused'),
    livelyShare: z
      .number()
      .min(0)
      .max(1)
      .default(0.9)
      .describe('share of neighbours that must have differed before; 0 judges every column'),
    exceptZero: z.boolean().default(true).describe('zeros may repeat'),
    action: valueAction.default('missing').describe('missing: the repeated value becomes missing; quarantine: its record leaves'),
  }),
  example: {
    parameters: { columns: ['pressure'], run: 3, livelyShare: 0.5 },
    before: { pressure: [2.17, 2.16, 2.15, 2.13, 2.41, 2.41, 2.41, 2.41, 2.5, 0, 0, 0, 0] },
    after: { pressure: [2.17, 2.16, 2.15, 2.13, 2.41, 2.41, null, null, 2.5, 0, 0, 0, 0] },
  },
  reasons: { 'value-stuck': { zh: '数值长时间完全不变', en: 'the value has stayed exactly the same for long' } },
  scope: 'sequence',
  run: (batch, { columns, group, run, livelyShare, exceptZero, action }, { carry }) =>
    judgeSeries(batch, { columns, group, action, reason: 'value-stuck' }, carry, {
      start: (): Held => ({ value: Number.NaN, run: 0, pairs: 0, equal: 0 }),
      isWrong: (held, value) =>
        value === held.value && held.run >= run - 1 && !(exceptZero && value === 0) && wasLively(held, livelyShare, run),
      accept: (held, value) => {
        const isEqual = value === held.value
        if (!Number.isNaN(held.value)) held.pairs++
        if (isEqual) held.equal++
        held.run = isEqual ? held.run + 1 : 1
        held.value = value
      },
    }),
})
