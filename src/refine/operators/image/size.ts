import { z } from 'zod'
import { defineOperator } from '../../operator.ts'
import { rejectOutside } from '../../within-limits.ts'

export default defineOperator({
  version: 1,
  title: { zh: '图像尺寸', en: 'Image size' },
  doc: {
    zh: '隔离宽或高（像素）超出范围的图像；缺省只拒绝任一边小于 32 像素者。',
    en: 'Quarantines images whose width or height in pixels lies outside; by default only those with a side under 32.',
  },
  source: 'TC609-5-2025-04, 02080201 image resolution',
  parameters: z.strictObject({
    minWidth: z.number().int().positive().default(32),
    minHeight: z.number().int().positive().default(32),
    maxWidth: z.number().int().positive().optional(),
    maxHeight: z.number().int().positive().optional(),
  }),
  example: {
    parameters: { minWidth: 64, minHeight: 64, maxWidth: 8000 },
    before: { width: [640, 32, 9000, null], height: [480, 480, 480, 480] },
    after: { width: [640, null], height: [480, 480] },
    quarantined: [1, 2],
  },
  reasons: {
    'too-small': { zh: '图像的宽或高小于下限', en: 'the image is narrower or lower than the limit' },
    'too-large': { zh: '图像的宽或高大于上限', en: 'the image is wider or higher than the limit' },
  },
  run: (batch, { minWidth, minHeight, maxWidth, maxHeight }) =>
    rejectOutside(batch, [
      { column: 'width', min: minWidth, max: maxWidth, below: 'too-small', above: 'too-large' },
      { column: 'height', min: minHeight, max: maxHeight, below: 'too-small', above: 'too-large' },
    ]),
})
