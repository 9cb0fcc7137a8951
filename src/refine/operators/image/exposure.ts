import { z } from 'zod'
import { defineOperator } from '../../operator.ts'
import { rejectOutside } from '../../within-limits.ts'

export default defineOperator({
  version: 1,
  title: { zh: '图像曝光', en: 'Image exposure' },
  doc: {
    zh: '隔离几乎全黑或几乎全白的图像：平均亮度（0–1）超出范围，或暗部（灰度 ≤ 15）、亮部（≥ 240）占比超过上限。缺省值保留黑底或白底的标本照片与分割掩膜。',
    en: 'Quarantines images that are nearly all black or all white: mean brightness (0–1) outside, or a share of dark (level ≤ 15) or bright (≥ 240) pixels over the limit. The defaults keep specimens on black or white and masks.',
  },
  source: 'Limits measured on 112 real images of four sectors: dark share ≤ .93, bright share ≤ .93, brightness .07–.97',
  parameters: z.strictObject({
    minBrightness: z.number().min(0).max(1).default(0.02),
    maxBrightness: z.number().min(0).max(1).default(0.985),
    maxDarkShare: z.number().min(0).max(1).default(0.98),
    maxBrightShare: z.number().min(0).max(1).default(0.98),
  }),
  example: {
    parameters: {},
    before: { brightness: [0.43, 0.01, 0.99, 0.05], dark_share: [0.01, 0.99, 0, 0.985], bright_share: [0, 0, 0.99, 0] },
    after: { brightness: [0.43], dark_share: [0.01], bright_share: [0] },
    quarantined: [1, 2, 3],
  },
  reasons: {
    underexposed: { zh: '图像几乎全黑', en: 'the image is nearly all black' },
    overexposed: { zh: '图像几乎全白', en: 'the image is nearly all white' },
  },
  run: (batch, { minBrightness, maxBrightness, maxDarkShare, maxBrightShare }) =>
    rejectOutside(batch, [
      { column: 'brightness', min: minBrightness, max: maxBrightness, below: 'underexposed', above: 'overexposed' },
      { column: 'dark_share', max: maxDarkShare, below: 'underexposed', above: 'underexposed' },
      { column: 'bright_share', max: maxBrightShare, below: 'overexposed', above: 'overexposed' },
    ]),
})
