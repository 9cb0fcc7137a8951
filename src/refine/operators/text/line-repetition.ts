import { z } from 'zod'
import { limit, repeatedLineVerdict } from '../../../base/kernels/index.ts'
import { defineTextFilter } from '../../text-filter.ts'

export default defineTextFilter({
  version: 1,
  title: { zh: '行重复', en: 'Line repetition' },
  doc: {
    zh: '隔离重复行过多的文本：重复行占行数超过 30%，或占字符超过 20%。按词比较，不计标点与大小写；少于 minimumLines 行不判断。',
    en: 'Quarantines texts with too many repeated lines: over 30% of lines or 20% of characters. Lines are compared by their tokens, without punctuation and case; fewer than minimumLines lines are not judged.',
  },
  source: 'Gopher: Rae et al. 2021, arXiv 2112.11446, table A1 (0.30 of lines, 0.20 of characters)',
  judgedFrom: 100,
  limits: { maximumLineShare: limit(0.3), maximumUnitShare: limit(0.2), minimumLines: z.number().int().positive().default(5) },
  example: {
    parameters: { minimumLength: 10 },
    before: { text: ['设备正常\n设备正常\n设备正常\n设备正常\n设备正常', '一\n二\n三\n四\n五\n六'] },
    after: { text: ['一\n二\n三\n四\n五\n六'] },
    quarantined: [0],
  },
  reasons: ['repeated-lines'],
  judge: (profile, limits, repetition) => repeatedLineVerdict(profile, repetition, limits),
})
