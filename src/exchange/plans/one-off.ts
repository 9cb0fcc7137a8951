import { amount, minorOf, priced } from '../amount.ts'
import { definePlan } from '../plan.ts'

export default definePlan({
  version: 1,
  title: { zh: '一次性购买', en: 'One-off' },
  doc: {
    zh: '付一次款，永久使用所购版本，下载次数不限。',
    en: 'Paid once: the version that was bought, for ever, however often it is loaded.',
  },
  terms: priced({ price: amount }),
  example: { currency: 'CNY', price: '980.00' },
  upfront: ({ price, currency }) => minorOf(price, currency),
  due: () => 0n,
  days: () => undefined,
  quota: () => ({}),
  covers: 'bought-version',
  delivers: ['files', 'records'],
})
