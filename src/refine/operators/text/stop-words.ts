import { z } from 'zod'
import { limit, stopWordVerdict } from '../../../base/kernels/index.ts'
import { defineTextFilter } from '../../text-filter.ts'

export default defineTextFilter({
  version: 1,
  title: { zh: '虚词', en: 'Stop words' },
  doc: {
    zh: '隔离几乎没有虚词、不像自然语言的长文本：英文按 Gopher 至少出现 the、be、to、of、and、that、have、with 中的两个；以汉字为主的文本看“的了是在”等 19 个虚词出现几种。其他语言请勿使用。',
    en: 'Quarantines long texts with hardly any words of grammar: for English at least two of the, be, to, of, and, that, have, with, as Gopher; for text that is mostly Han, kinds of 19 frequent characters such as 的了是在. Not for other languages.',
  },
  source: 'Gopher: Rae et al. 2021, arXiv 2112.11446, A1.1 (two of eight); the Chinese list is our own',
  judgedFrom: 200,
  limits: { minimumEnglish: limit(2), minimumChinese: limit(2), minimumTokens: z.number().int().positive().default(60) },
  example: {
    parameters: { minimumLength: 10, minimumTokens: 5 },
    before: { text: ['cheap shoes buy shoes online shoes', '维修人员在现场更换了轴承', 'the bearing of the pump'] },
    after: { text: ['维修人员在现场更换了轴承', 'the bearing of the pump'] },
    quarantined: [0],
  },
  reasons: ['too-few-stop-words'],
  judge: (profile, limits) => stopWordVerdict(profile, limits),
})
