import { digitVerdict, limit } from '../../../base/kernels/index.ts'
import { defineTextFilter } from '../../text-filter.ts'

export default defineTextFilter({
  version: 1,
  title: { zh: '数字比例', en: 'Digit ratio' },
  doc: {
    zh: '隔离数字占可见字符比例过高的长文本，例如误当作文本的数据表。工业文本本就多数字，默认上限 0.5 较宽。',
    en: 'Quarantines long texts with too large a share of digits among the visible characters, such as a table of numbers taken for text. Industrial text holds many digits, so the default limit is a wide 0.5.',
  },
  source: 'as the digit share of RefinedWeb (Penedo et al. 2023); the limit is our own',
  judgedFrom: 100,
  limits: { maximumShare: limit(0.5) },
  example: {
    parameters: { minimumLength: 10 },
    before: { text: ['12 34 56 78 90 12 34', '三月更换了泵房2号泵的轴承6204两件'] },
    after: { text: ['三月更换了泵房2号泵的轴承6204两件'] },
    quarantined: [0],
  },
  reasons: ['too-many-digits'],
  judge: (profile, { maximumShare }) => digitVerdict(profile, maximumShare),
})
