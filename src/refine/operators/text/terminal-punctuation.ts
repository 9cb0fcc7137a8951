import { z } from 'zod'
import { limit, terminalVerdict } from '../../../base/kernels/index.ts'
import { defineTextFilter } from '../../text-filter.ts'

export default defineTextFilter({
  version: 1,
  title: { zh: '句末标点', en: 'Terminal punctuation' },
  doc: {
    zh: '隔离很少有行以句末标点（含。！？…”）结尾的长文本，即成段文字过少的网页。C4 逐行删除，这里整篇判断，默认 12% 取自 FineWeb；诗歌、清单、表格请勿使用。',
    en: 'Quarantines long texts of which few lines end as a sentence does, 。！？…” counted: pages without prose. C4 deletes such lines; here the whole text is judged, with the 12% of FineWeb. Not for verse, lists and tables.',
  },
  source: 'C4: Raffel et al. 2020; FineWeb: Penedo et al. 2024 (0.12)',
  judgedFrom: 200,
  limits: { minimumShare: limit(0.12), minimumLines: z.number().int().positive().default(8) },
  example: {
    parameters: { minimumLength: 10, minimumLines: 4 },
    before: { text: ['首页\n产品\n新闻\n联系', '设备已停机。\n等待备件。\n预计两天\n完毕'] },
    after: { text: ['设备已停机。\n等待备件。\n预计两天\n完毕'] },
    quarantined: [0],
  },
  reasons: ['too-few-sentences'],
  judge: (profile, { minimumShare, minimumLines }) => terminalVerdict(profile, minimumShare, minimumLines),
})
