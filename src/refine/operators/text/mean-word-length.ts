import { z } from 'zod'
import { limit, wordLengthVerdict } from '../../../base/kernels/index.ts'
import { defineTextFilter } from '../../text-filter.ts'

export default defineTextFilter({
  version: 1,
  title: { zh: '平均词长', en: 'Mean word length' },
  doc: {
    zh: '隔离拼音文字平均词长不在 3–10 之间的文本（断词错误、粘连、编码串）。以汉字、假名为主的文本不判断，拼音词少于 minimumWords 也不判断。',
    en: 'Quarantines texts of alphabets whose words are not 3 to 10 letters long on average: broken or joined words, encoded blocks. Texts that are mostly Han or Kana, and those of fewer than minimumWords words, are not judged.',
  },
  source: 'Gopher: Rae et al. 2021, arXiv 2112.11446, A1.1 (3 to 10 characters)',
  judgedFrom: 100,
  limits: { minimum: limit(3), maximum: limit(10), minimumWords: z.number().int().positive().default(50) },
  example: {
    parameters: { minimumLength: 10, minimumWords: 5 },
    before: { text: ['a b c d e f g h', 'the bearing of the pump is worn'] },
    after: { text: ['the bearing of the pump is worn'] },
    quarantined: [0],
  },
  reasons: ['words-too-short', 'words-too-long'],
  judge: (profile, limits) => wordLengthVerdict(profile, limits),
})
