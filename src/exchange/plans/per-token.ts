import { z } from 'zod'
import { amount, minorOf, priced } from '../amount.ts'
import { definePlan } from '../plan.ts'
import { tokenizerIds } from '../registry.ts'

const MILLION = 1_000_000n

export default definePlan({
  version: 1,
  title: { zh: '按词元计费', en: 'Per token' },
  doc: {
    zh: '按指定分词器统计的词元数计费，每百万词元一个价格；同一行组或记录只收一次，重复下载、断点续传不再收费。',
    en: 'A price a million tokens, as the named tokenizer counts them. A row group or record is charged once, however often it is loaded or resumed.',
  },
  terms: priced({
    pricePerMillion: amount,
    tokenizer: z.string().refine((id) => tokenizerIds().includes(id), 'no such tokenizer'),
    quotaTokens: z.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional(),
  }),
  example: { currency: 'CNY', pricePerMillion: '8.00', tokenizer: 'o200k', quotaTokens: 50_000_000 },
  upfront: () => 0n,
  due: ({ tokens }, { pricePerMillion, currency }) => (tokens * minorOf(pricePerMillion, currency)) / MILLION,
  days: () => undefined,
  quota: ({ quotaTokens }) => (quotaTokens === undefined ? {} : { tokens: BigInt(quotaTokens) }),
  tokenizer: ({ tokenizer }) => tokenizer,
  covers: 'all-versions',
  delivers: ['files', 'records'],
})
