import { z } from 'zod'
import { groupParameter, valueAction } from '../../../base/kernels/index.ts'
import { judgeSeries } from '../../judge-series.ts'
import { defineOperator } from '../../operator.ts'

export default defineOperator({
  version: 1,
  title: { zh: '量程饱和', en: 'Saturation' },
  doc: {
    zh: '连续 run 个值顶在或超出量程上下限（low、high，均含）时，从第 run 个起记为缺失，或隔离其记录：真值已在量程之外。量程须由配方按列给出。',
    en: 'From the `run`-th value in a row at or beyond an end of the measuring range (low, high, both included) values become missing or their records are quarantined: the true value lies outside of the range. The recipe must give the range by column.',
  },
  source: 'IOOS QARTOD gross range test (sensor range); Rencker et al. 2019 (clipping)',
  parameters: z.strictObject({
    columns: z
      .array(z.strictObject({ column: z.string().min(1), low: z.number().optional(), high: z.number().optional() }))
      .min(1)
      .describe('ends of the measuring range, in the unit of the field; a missing end is not judged'),
    group: groupParameter.describe('columns that tell series apart; by default the fields of role group'),
    run: z.number().int().positive().default(3).describe('values in a row at an end from which on they are refused'),
    action: valueAction.default('missing').describe('missing: the value becomes missing; quarantine: its record leaves'),
  }),
  example: {
    parameters: { columns: [{ column: 'vibration', low: -10, high: 10 }], run: 2 },
    before: { vibration: [3.2, 10, 10, 10, 7.5, -10, 2] },
    after: { vibration: [3.2, 10, null, null, 7.5, -10, 2] },
  },
  reasons: { saturated: { zh: '数值停在量程的上下限', en: 'the value stands at an end of the measuring range' } },
  scope: 'sequence',
  run: (batch, { columns, group, run, action }, { carry }) => {
    const ranges = new Map(
      columns.map(({ column, low = Number.NEGATIVE_INFINITY, high = Number.POSITIVE_INFINITY }) => [column, { low, high }]),
    )
    return judgeSeries(batch, { group, columns: [...ranges.keys()], action, reason: 'saturated' }, carry, {
      start: (column) => ({ low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY, ...ranges.get(column), side: 0, run: 0 }),
      isWrong: ({ low, high, side, run: before }, value) => {
        const now = value <= low ? -1 : value >= high ? 1 : 0
        return now !== 0 && (now === side ? before : 0) >= run - 1
      },
      accept: (state, value) => {
        const now = value <= state.low ? -1 : value >= state.high ? 1 : 0
        state.run = now !== 0 && now === state.side ? state.run + 1 : now === 0 ? 0 : 1
        state.side = now
      },
    })
  },
})
