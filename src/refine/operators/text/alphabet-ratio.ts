import { letterVerdict, limit } from '../../../base/kernels/index.ts'
import { defineTextFilter } from '../../text-filter.ts'

export default defineTextFilter({
  version: 1,
  title: { zh: '文字比例', en: 'Alphabet ratio' },
  doc: {
    zh: '隔离文字（各种文字，含汉字）占可见字符比例过低，或含文字的词占比过低的长文本。Gopher 要求 80% 的词含字母；这里汉字单字计为含文字的词，纯标点不计词。',
    en: 'Quarantines long texts with too small a share of letters of any script among the visible characters, or of tokens that hold a letter. Gopher asks for 80% of words; here a Han character is such a word, and punctuation is none.',
  },
  source: 'Gopher: Rae et al. 2021, arXiv 2112.11446, A1.1 (0.8 of words); the share of letters is our own',
  judgedFrom: 100,
  limits: { minimumShare: limit(0.4), minimumTokenShare: limit(0.8) },
  example: {
    parameters: { minimumLength: 10 },
    before: { text: ['10:20 | 30.5 | 40 --- 7', '压力表读数 0.4 MPa，正常'] },
    after: { text: ['压力表读数 0.4 MPa，正常'] },
    quarantined: [0],
  },
  reasons: ['too-few-letters', 'too-few-words'],
  judge: (profile, limits) => letterVerdict(profile, limits),
})
