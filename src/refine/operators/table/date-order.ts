import { z } from 'zod'
import { numbersOf, rejectWhere } from '../../../base/record/index.ts'
import { defineOperator } from '../../operator.ts'

/** A moment as people read it; a number outside of the years that can be written stays a number. */
const shown = (ms: number): string => (Math.abs(ms) < 8.64e15 ? new Date(ms).toISOString() : String(ms))

export default defineOperator({
  version: 1,
  title: { zh: '日期先后', en: 'Order of dates' },
  doc: {
    zh: '所列时间字段必须按先后排列（如 入院、手术、出院）；strict 要求严格早于。缺失的时间跳过。违反的记录隔离。',
    en: 'The named moments must follow each other, e.g. admission, operation, discharge; `strict` forbids equal ones. Missing moments are passed over. Records that break the order are quarantined.',
  },
  source: 'GB/T 36344-2018, timeliness: order in time',
  parameters: z.strictObject({ columns: z.array(z.string().min(1)).min(2), strict: z.boolean().default(false) }),
  example: {
    parameters: { columns: ['admitted', 'operated', 'discharged'] },
    before: { admitted: [1000, 5000, 1000], operated: [2000, 4000, null], discharged: [3000, 6000, 1000] },
    after: { admitted: [1000, 1000], operated: [2000, null], discharged: [3000, 1000] },
    quarantined: [1],
  },
  reasons: { 'dates-out-of-order': { zh: '日期先后颠倒', en: 'its dates are not in order' } },
  run: (batch, { columns, strict }) => {
    const named = columns.flatMap((name) => {
      const column = numbersOf(batch, name)
      return column ? [{ name, values: column.values }] : []
    })
    return rejectWhere(batch, (row) => {
      let latest = Number.NEGATIVE_INFINITY
      for (const { name, values } of named) {
        const ms = values[row] as number
        if (Number.isNaN(ms)) continue
        if (ms < latest || (strict && ms === latest))
          return { reason: 'dates-out-of-order', field: name, found: `${shown(ms)} < ${shown(latest)}` }
        latest = ms
      }
      return null
    })
  },
})
