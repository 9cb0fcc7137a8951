import { z } from 'zod'
import { defineOperator } from '../../operator.ts'
import { rejectOutside } from '../../within-limits.ts'

export default defineOperator({
  version: 1,
  title: { zh: '图像信息熵', en: 'Image entropy' },
  doc: {
    zh: '隔离灰度信息熵（比特，0–8）超出范围的图像：过低为空白画面；可另设上限以拒绝纯噪声。缺省下限 0.2，二值掩膜（约 0.4）得以保留。',
    en: 'Quarantines images whose entropy of grey levels (bits, 0–8) lies outside: too low is a blank picture; an upper limit can refuse pure noise. The default of 0.2 keeps binary masks (about 0.4).',
  },
  source: 'Shannon 1948; measured on 112 real images: 0.38–7.6 bits',
  parameters: z.strictObject({ minEntropy: z.number().min(0).max(8).default(0.2), maxEntropy: z.number().min(0).max(8).optional() }),
  example: {
    parameters: { minEntropy: 1, maxEntropy: 7.9 },
    before: { entropy: [6.5, 0.1, 7.99] },
    after: { entropy: [6.5] },
    quarantined: [1, 2],
  },
  reasons: {
    blank: { zh: '画面几乎没有内容', en: 'the picture is almost blank' },
    random: { zh: '灰度分布接近纯噪声', en: 'the grey levels are close to pure noise' },
  },
  run: (batch, { minEntropy, maxEntropy }) =>
    rejectOutside(batch, [{ column: 'entropy', min: minEntropy, max: maxEntropy, below: 'blank', above: 'random' }]),
})
