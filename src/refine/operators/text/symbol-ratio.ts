import { limit, symbolVerdict } from '../../../base/kernels/index.ts'
import { defineTextFilter } from '../../text-filter.ts'

export default defineTextFilter({
  version: 1,
  title: { zh: '符号比例', en: 'Symbol ratio' },
  doc: {
    zh: '隔离标点与符号占可见字符过半、或“#”与省略号相对词数过多的文本。短于 minimumLength 的文本不判断。Gopher 只看“#”与“…”且以词计；这里汉字单字计为一词，并补充总符号比例。',
    en: 'Quarantines texts of which more than half the visible characters are punctuation and symbols, or with too many hashes and ellipses a token. Gopher counts # and … a word; here a Han character is a token, and the share of all signs is added.',
  },
  source: 'Gopher: Rae et al. 2021, arXiv 2112.11446, A1.1 (0.1 a word); the share of signs is our own',
  judgedFrom: 50,
  limits: { maximumShare: limit(0.5), maximumPerToken: limit(0.1) },
  example: {
    parameters: { minimumLength: 10 },
    before: { text: ['#$%^&*~|<>{}[]=+_-', '轴承温度为 65 ℃，正常。'] },
    after: { text: ['轴承温度为 65 ℃，正常。'] },
    quarantined: [0],
  },
  reasons: ['too-many-symbols', 'too-many-hashes'],
  judge: (profile, limits) => symbolVerdict(profile, limits),
})
