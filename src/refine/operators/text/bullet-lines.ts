import { z } from 'zod'
import { bulletVerdict, limit } from '../../../base/kernels/index.ts'
import { defineTextFilter } from '../../text-filter.ts'

export default defineTextFilter({
  version: 1,
  title: { zh: '项目符号行', en: 'Bullet lines' },
  doc: {
    zh: '隔离九成以上的行以项目符号开头的文本，如导航与清单。规程、步骤常用列表，确需时再启用。少于 minimumLines 行不判断。',
    en: 'Quarantines texts of which over nine lines in ten begin with a bullet, such as navigation. Procedures are lists too: use it where that is no loss. Fewer than minimumLines lines are not judged.',
  },
  source: 'Gopher: Rae et al. 2021, arXiv 2112.11446, A1.1 (0.9)',
  judgedFrom: 100,
  limits: { maximumShare: limit(0.9), minimumLines: z.number().int().positive().default(5) },
  example: {
    parameters: { minimumLength: 10 },
    before: { text: ['• 首页\n• 产品\n• 联系我们\n• 关于\n• 登录', '步骤：\n1 断电\n2 拆盖\n3 换件\n4 复位'] },
    after: { text: ['步骤：\n1 断电\n2 拆盖\n3 换件\n4 复位'] },
    quarantined: [0],
  },
  reasons: ['too-many-bullets'],
  judge: (profile, { maximumShare, minimumLines }) => bulletVerdict(profile, maximumShare, minimumLines),
})
