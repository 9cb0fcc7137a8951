import { z } from 'zod'
import { keepAll, numbersOf, rejectWhere } from '../../../base/record/index.ts'
import { defineOperator } from '../../operator.ts'

export default defineOperator({
  version: 1,
  title: { zh: '图像长宽比', en: 'Image aspect' },
  doc: {
    zh: '隔离长边与短边之比超过上限的图像（横幅、截屏长图、切坏的文件）；缺省上限 8。',
    en: 'Quarantines images whose longer side is more than `maxRatio` times the shorter one (banners, long screenshots, bad cuts); 8 by default.',
  },
  source: 'Data-Juicer image_aspect_ratio_filter (0.333–3.0 there); the default here keeps whole-body scans and line-scan images',
  parameters: z.strictObject({ maxRatio: z.number().min(1).default(8) }),
  example: {
    parameters: { maxRatio: 3 },
    before: { width: [640, 100, 900], height: [480, 400, 300] },
    after: { width: [640, 900], height: [480, 300] },
    quarantined: [1],
  },
  reasons: { 'too-long': { zh: '长边与短边之比超过上限', en: 'the longer side is too many times the shorter one' } },
  run: (batch, { maxRatio }) => {
    const widths = numbersOf(batch, 'width')?.values
    const heights = numbersOf(batch, 'height')?.values
    if (!widths || !heights) return keepAll(batch)
    return rejectWhere(batch, (row) => {
      const width = widths[row] as number
      const height = heights[row] as number
      const ratio = Math.max(width, height) / Math.min(width, height)
      return ratio > maxRatio ? { reason: 'too-long', field: 'width', found: `${width}×${height}` } : null
    })
  },
})
