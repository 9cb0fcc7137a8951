import { z } from 'zod'
import type { RefusedValues } from '../../../base/kernels/index.ts'
import { refuseValues } from '../../../base/kernels/index.ts'
import type { RecordBatch } from '../../../base/record/index.ts'
import { isNumeric, mapNumbers, numbersOf } from '../../../base/record/index.ts'
import { defineOperator } from '../../operator.ts'

const bound = z.number().nullable()

/** Limits by field: the parameters', else the schema's. */
function limitsOf(
  batch: RecordBatch,
  ranges: Readonly<Record<string, readonly [number | null, number | null]>>,
): Map<string, [number, number]> {
  const limits = new Map<string, [number, number]>()
  for (const { name, type, range } of batch.fields) if (range && isNumeric(type)) limits.set(name, [range[0], range[1]])
  for (const [name, [low, high]] of Object.entries(ranges))
    limits.set(name, [low ?? Number.NEGATIVE_INFINITY, high ?? Number.POSITIVE_INFINITY])
  return limits
}

export default defineOperator({
  version: 1,
  title: { zh: '取值范围', en: 'Range' },
  doc: {
    zh: '检查数值是否在声明的范围内（含两端）：参数 ranges，未列出的字段用模式中的 range。action：quarantine 隔离记录，missing 只去掉该值，clip 截到边界。',
    en: 'Checks numbers against their range, both ends included: the parameter `ranges`, for other fields the range in the schema. action: quarantine the record, missing takes the value out, clip moves it to the limit.',
  },
  source: 'GB/T 36344-2018, accuracy of content; ISO 8000-8',
  parameters: z.strictObject({
    ranges: z.record(z.string(), z.tuple([bound, bound])).default({}),
    action: z.enum(['quarantine', 'missing', 'clip']).default('quarantine'),
  }),
  example: {
    parameters: { ranges: { humidity: [0, 100], depth: [0, null] } },
    before: { humidity: [55, 120, null], depth: [1, 2, 1e6] },
    after: { humidity: [55, null], depth: [1, 1e6] },
    quarantined: [1],
  },
  reasons: { 'out-of-range': { zh: '数值超出声明的范围', en: 'a value lies outside of its declared range' } },
  run: (batch, { ranges, action }) => {
    const limits = limitsOf(batch, ranges)
    if (action === 'clip') {
      let kept = batch
      for (const [name, [low, high]] of limits) kept = mapNumbers(kept, [name], (value) => Math.min(Math.max(value, low), high)).kept
      return { kept, merged: [], quarantined: [] }
    }
    const refused = [...limits].flatMap(([name, [low, high]]): RefusedValues[] => {
      const column = numbersOf(batch, name)
      return column ? [{ name, column, rows: Uint8Array.from(column.values, (value) => (value < low || value > high ? 1 : 0)) }] : []
    })
    return refuseValues(batch, refused, action, 'out-of-range')
  },
})
