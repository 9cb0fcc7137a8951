import { z } from 'zod'
import { groupParameter, valueAction } from '../../../base/kernels/index.ts'
import { judgeSeries } from '../../judge-series.ts'
import { defineOperator } from '../../operator.ts'

/** Values that stayed, oldest first. */
interface Level {
  readonly window: number[]
}

const medianOf = (values: readonly number[]): number => Float64Array.from(values).sort()[values.length >> 1] as number

export default defineOperator({
  version: 1,
  title: { zh: '单位突变', en: 'Jumps between units' },
  doc: {
    zh: '数值突然离开此前的水平，而按 y = factor·x + offset（缺省 ℃ 与 ℉）换算后又恰好回到该水平时，视为混入了另一单位：记为缺失，或隔离其记录；单位改回之前的值都会被拒。只看与此前 window 个值的中位数之比，真实的突变也可能恰好落在换算值上，故只用于缓变的量。',
    en: 'A value that suddenly leaves the level before it, but is right there after conversion by y = factor·x + offset (by default between °C and °F), was recorded in the other unit: it becomes missing, or its record is quarantined, until the unit changes back. Judged against the median of the `window` values before; a real leap may happen to land on the converted level, so name slowly changing quantities only.',
  },
  source: 'GB/T 36344-2018 consistency (of units); conversion: NIST SP 811, B.8',
  parameters: z.strictObject({
    columns: z.array(z.string().min(1)).min(1).describe('slowly changing quantities'),
    group: groupParameter.describe('columns that tell series apart; by default the fields of role group'),
    factor: z.number().positive().default(1.8).describe('of the conversion y = factor·x + offset'),
    offset: z.number().default(32).describe('of the conversion'),
    tolerance: z
      .number()
      .positive()
      .max(0.5)
      .default(0.1)
      .describe('of the distance between both units’ readings of the level: how near counts as right there'),
    window: z.number().int().min(3).max(101).default(9).describe('values before that tell the level'),
    action: valueAction.default('missing').describe('missing: the value becomes missing; quarantine: its record leaves'),
  }),
  example: {
    parameters: { columns: ['body'], window: 3 },
    before: { body: [36.6, 36.8, 36.7, 98.2, 98.1, 36.9] },
    after: { body: [36.6, 36.8, 36.7, null, null, 36.9] },
  },
  reasons: { 'other-unit': { zh: '数值像是另一单位的读数', en: 'the value looks like a reading in another unit' } },
  scope: 'sequence',
  run: (batch, { columns, group, factor, offset, tolerance, window, action }, { carry }) =>
    judgeSeries(batch, { columns, group, action, reason: 'other-unit' }, carry, {
      start: (): Level => ({ window: [] }),
      isWrong: ({ window: before }, value) => {
        if (before.length < window) return false
        const level = medianOf(before)
        return [factor * level + offset, (level - offset) / factor].some((other) => {
          const apart = Math.abs(other - level)
          return apart > 0 && Math.abs(value - other) <= tolerance * apart
        })
      },
      accept: ({ window: before }, value) => {
        before.push(value)
        if (before.length > window) before.shift()
      },
    }),
})
