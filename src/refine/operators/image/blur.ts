import { z } from 'zod'
import { defineOperator } from '../../operator.ts'
import { rejectOutside } from '../../within-limits.ts'

export default defineOperator({
  version: 1,
  title: { zh: '模糊图像', en: 'Blurred image' },
  doc: {
    zh: '隔离清晰度（长边缩至 512 像素后拉普拉斯响应的方差）低于下限的图像。实测：真实照片与影像 ≥ 57，按长边 0.6% 高斯模糊后 ≤ 4。',
    en: 'Quarantines images whose sharpness (variance of the Laplacian, longer side at most 512 pixels) is under the limit. Measured: real photographs and scans ≥ 57; blurred by a Gaussian of 0.6 % of the longer side ≤ 4.',
  },
  source: 'Pech-Pacheco et al., ICPR 2000; TC609-5-2025-04, 02080204 image clarity',
  parameters: z.strictObject({ minSharpness: z.number().nonnegative().default(10) }),
  example: {
    parameters: { minSharpness: 10 },
    before: { sharpness: [131.1, 3.9, null] },
    after: { sharpness: [131.1, null] },
    quarantined: [1],
  },
  reasons: { blurred: { zh: '图像模糊', en: 'the image is blurred' } },
  run: (batch, { minSharpness }) => rejectOutside(batch, [{ column: 'sharpness', min: minSharpness, below: 'blurred', above: 'blurred' }]),
})
