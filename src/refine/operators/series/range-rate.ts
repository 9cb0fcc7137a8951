import { z } from 'zod'
import { groupParameter, timeParameter, valueAction } from '../../../base/kernels/index.ts'
import type { Step } from '../../../base/record/index.ts'
import { judgeSeries } from '../../judge-series.ts'
import { defineOperator } from '../../operator.ts'

interface Before {
  value: number
  ms: number
}

export default defineOperator({
  version: 1,
  title: { zh: '变化率上限', en: 'Rate of change' },
  doc: {
    zh: '与前一个可信值相比，每秒变化超过物理可能的上限时，将该值记为缺失，或隔离其记录。上限随距前一可信值的时间放宽，因此真实阶跃之后会自行恢复。须由配方按列给出上限；缺时间的不判断。',
    en: 'A value that differs from the last one that was trusted by more per second than is physically possible becomes missing, or its record is quarantined. The limit widens with the time since that value, so that the series recovers by itself after a real step. The recipe must give the limit by column; records without a time are not judged.',
  },
  source: 'WMO-No. 8 (2021), vol. V, step test; IOOS QARTOD rate of change test',
  parameters: z.strictObject({
    time: timeParameter.describe('time column; by default the field of role time'),
    group: groupParameter.describe('columns that tell series apart; by default the fields of role group'),
    columns: z
      .array(z.strictObject({ column: z.string().min(1), maxPerSecond: z.number().positive() }))
      .min(1)
      .describe('largest possible change per second, in the unit of the field'),
    action: valueAction.default('missing').describe('missing: the value becomes missing; quarantine: its record leaves'),
  }),
  example: {
    parameters: { time: 'second', columns: [{ column: 'level', maxPerSecond: 0.5 }] },
    before: { second: [0, 1, 2, 3, 4], level: [10, 10.2, 18, 10.3, 10.6] },
    after: { second: [0, 1, 2, 3, 4], level: [10, 10.2, null, 10.3, 10.6] },
  },
  reasons: { 'changes-too-fast': { zh: '变化快于物理可能', en: 'it changes faster than is physically possible' } },
  scope: 'sequence',
  run: (batch, { time, group, columns, action }, { carry }): Step => {
    const limits = new Map(columns.map(({ column, maxPerSecond }) => [column, maxPerSecond]))
    return judgeSeries(batch, { time, group, columns: [...limits.keys()], action, reason: 'changes-too-fast' }, carry, {
      start: (column) => ({
        limit: limits.get(column) ?? Number.POSITIVE_INFINITY,
        before: { value: Number.NaN, ms: Number.NaN } as Before,
      }),
      isWrong: ({ limit, before }, value, ms) => {
        const seconds = Math.abs(ms - before.ms) / 1000
        return seconds > 0 && Math.abs(value - before.value) > limit * seconds
      },
      accept: (state, value, ms) => {
        if (!Number.isNaN(ms)) state.before = { value, ms }
      },
    })
  },
})
