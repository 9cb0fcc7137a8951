import { priced } from '../amount.ts'
import { definePlan } from '../plan.ts'

export default definePlan({
  version: 1,
  title: { zh: '免费', en: 'Free' },
  doc: {
    zh: '无需付费；用量照样计量并出具回执，便于统计谁在使用。',
    en: 'Costs nothing; use is metered and receipted all the same, so that one sees who uses it.',
  },
  terms: priced({}),
  example: { currency: 'CNY' },
  upfront: () => 0n,
  due: () => 0n,
  days: () => undefined,
  quota: () => ({}),
  covers: 'all-versions',
  delivers: ['files', 'records'],
})
