import { z } from 'zod'
import { ngramVerdict } from '../../../base/kernels/index.ts'
import { defineTextFilter } from '../../text-filter.ts'

export default defineTextFilter({
  version: 1,
  title: { zh: '词串重复', en: 'N-gram repetition' },
  doc: {
    zh: '隔离文内重复过多的文本：2–4 词串中最频繁者所占字符、5–10 词串中重复部分所占字符超过 Gopher 上限。以汉字为主的文本一词按两字计，否则“中华人民共和国”这样的词就会被当作重复。strictness 大于 1 更严；少于 minimumWords 词不判断。',
    en: 'Quarantines texts that repeat themselves: the characters of the most frequent n-gram of 2 to 4 words, or of all repeated n-grams of 5 to 10, are above the limits of Gopher. In text that is mostly Han a word counts as two characters, else long names would be repeats. strictness over 1 is stricter; fewer than minimumWords words are not judged.',
  },
  source: 'Gopher: Rae et al. 2021, arXiv 2112.11446, table A1; n doubled for Chinese',
  judgedFrom: 100,
  limits: { strictness: z.number().positive().default(1), minimumWords: z.number().int().nonnegative().default(100) },
  example: {
    parameters: { minimumLength: 10, minimumWords: 10 },
    before: {
      text: [
        'buy cheap shoes buy cheap shoes buy cheap shoes buy cheap shoes buy cheap shoes',
        '更换轴承后振动值由 7.1 降到 2.3，恢复正常运行。',
      ],
    },
    after: { text: ['更换轴承后振动值由 7.1 降到 2.3，恢复正常运行。'] },
    quarantined: [0],
  },
  reasons: ['repeated-ngrams', 'frequent-ngram'],
  judge: (profile, limits, repetition) => ngramVerdict(profile, repetition, limits),
})
