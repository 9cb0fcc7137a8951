import { z } from 'zod'
import { ellipsisVerdict, limit } from '../../../base/kernels/index.ts'
import { defineTextFilter } from '../../text-filter.ts'

export default defineTextFilter({
  version: 1,
  title: { zh: '省略号行', en: 'Ellipsis lines' },
  doc: {
    zh: '隔离三成以上的行以省略号结尾的文本，如列表页摘要。少于 minimumLines 行不判断。',
    en: 'Quarantines texts of which over three lines in ten end in an ellipsis, such as the teasers of an index page. Fewer than minimumLines lines are not judged.',
  },
  source: 'Gopher: Rae et al. 2021, arXiv 2112.11446, A1.1 (0.3)',
  judgedFrom: 100,
  limits: { maximumShare: limit(0.3), minimumLines: z.number().int().positive().default(5) },
  example: {
    parameters: { minimumLength: 10 },
    before: { text: ['新闻一…\n新闻二...\n新闻三……\n新闻四…\n新闻五', '第一段。\n第二段。\n第三段。\n第四段。\n第五段……'] },
    after: { text: ['第一段。\n第二段。\n第三段。\n第四段。\n第五段……'] },
    quarantined: [0],
  },
  reasons: ['too-many-ellipses'],
  judge: (profile, { maximumShare, minimumLines }) => ellipsisVerdict(profile, maximumShare, minimumLines),
})
