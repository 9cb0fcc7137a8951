import { z } from 'zod'
import { amount, minorOf, priced } from '../amount.ts'
import { definePlan } from '../plan.ts'

export default definePlan({
  version: 1,
  title: { zh: '订阅', en: 'Subscription' },
  doc: {
    zh: '按期付款，期内可用全部已上架版本，到期停止。',
    en: 'Paid for a period in which every listed version may be used; over when the period is.',
  },
  terms: priced({ price: amount, days: z.number().int().min(1).max(3660) }),
  example: { currency: 'CNY', price: '300.00', days: 30 },
  upfront: ({ price, currency }) => minorOf(price, currency),
  due: () => 0n,
  days: ({ days }) => days,
  quota: () => ({}),
  covers: 'all-versions',
  delivers: ['files', 'records'],
})
