import { z } from 'zod'
import { defineOperator } from '../../operator.ts'
import { rejectOutside } from '../../within-limits.ts'

export default defineOperator({
  version: 1,
  title: { zh: '图像噪声', en: 'Image noise' },
  doc: {
    zh: '隔离信噪比（平均灰度与噪声标准差之比，分贝）低于下限，或噪声（灰度级）高于上限的图像。细密纹理会被当作噪声，故缺省只拒绝低于 6 dB 者；实测真实图像 ≥ 10 dB。',
    en: 'Quarantines images whose signal-to-noise ratio (mean level over the deviation of the noise, dB) is under the limit, or whose noise (grey levels) is over it. Fine texture counts as noise, so that by default only those under 6 dB leave; real images have ≥ 10 dB.',
  },
  source: 'Immerkær, CVIU 64(2), 1996; TC609-5-2025-04, 02080203 image signal-to-noise ratio',
  parameters: z.strictObject({ minSnr: z.number().default(6), maxNoise: z.number().positive().optional() }),
  example: {
    parameters: { minSnr: 10, maxNoise: 40 },
    before: { snr: [24.1, 6.9, 30], noise: [6.9, 51.2, 48] },
    after: { snr: [24.1], noise: [6.9] },
    quarantined: [1, 2],
  },
  reasons: { noisy: { zh: '图像噪声过大', en: 'the image is too noisy' } },
  run: (batch, { minSnr, maxNoise }) =>
    rejectOutside(batch, [
      { column: 'snr', min: minSnr, below: 'noisy', above: 'noisy' },
      { column: 'noise', max: maxNoise, below: 'noisy', above: 'noisy' },
    ]),
})
