import { z } from 'zod'
import { amount, minorOf, priced } from '../amount.ts'
import { definePlan } from '../plan.ts'

const THOUSAND = 1000n

export default definePlan({
  version: 1,
  title: { zh: '按调用计费', en: 'Per call' },
  doc: {
    zh: '按接口调用次数计费，每千次一个价格；整文件下载不在其内。带同一幂等键的重复请求只计一次。',
    en: 'A price a thousand calls for records; whole files are not part of it. A call that is repeated under its key counts once.',
  },
  terms: priced({ pricePerThousand: amount, quotaCalls: z.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional() }),
  example: { currency: 'CNY', pricePerThousand: '20.00', quotaCalls: 100_000 },
  upfront: () => 0n,
  due: ({ calls }, { pricePerThousand, currency }) => (calls * minorOf(pricePerThousand, currency)) / THOUSAND,
  days: () => undefined,
  quota: ({ quotaCalls }) => (quotaCalls === undefined ? {} : { calls: BigInt(quotaCalls) }),
  covers: 'all-versions',
  delivers: ['records'],
})
