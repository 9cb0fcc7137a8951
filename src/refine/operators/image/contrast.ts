import { z } from 'zod'
import { defineOperator } from '../../operator.ts'
import { rejectOutside } from '../../within-limits.ts'

export default defineOperator({
  version: 1,
  title: { zh: '图像对比度', en: 'Image contrast' },
  doc: {
    zh: '隔离对比度（灰度标准差除以 255，0–0.5）低于下限的图像：浓雾、镜头被遮挡、严重欠曝。缺省下限 0.02，实测真实图像 ≥ 0.11。',
    en: 'Quarantines images whose contrast (standard deviation of grey levels over 255, 0–0.5) is under the limit: fog, a covered lens, deep underexposure. 0.02 by default; real images have ≥ 0.11.',
  },
  source: 'RMS contrast, Peli 1990',
  parameters: z.strictObject({ minContrast: z.number().min(0).max(0.5).default(0.02) }),
  example: {
    parameters: { minContrast: 0.02 },
    before: { contrast: [0.22, 0.011] },
    after: { contrast: [0.22] },
    quarantined: [1],
  },
  reasons: { 'low-contrast': { zh: '对比度过低', en: 'the contrast is too low' } },
  run: (batch, { minContrast }) =>
    rejectOutside(batch, [{ column: 'contrast', min: minContrast, below: 'low-contrast', above: 'low-contrast' }]),
})
