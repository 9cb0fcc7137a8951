import { z } from 'zod'
import { keepAll, rejectWhere, textOf } from '../../../base/record/index.ts'
import { defineOperator } from '../../operator.ts'

export default defineOperator({
  version: 1,
  title: { zh: '允许的图像格式', en: 'Allowed image formats' },
  doc: {
    zh: '隔离编码格式不在列表中的图像。格式由文件内容而非扩展名判定；缺省允许 jpeg、png、tiff、webp。',
    en: 'Quarantines images whose encoding is not on the list. The format is that of the bytes, not of the file name; jpeg, png, tiff and webp by default.',
  },
  source: 'TC609-5-2025-04, 0201 format',
  parameters: z.strictObject({ formats: z.array(z.string()).min(1).default(['jpeg', 'png', 'tiff', 'webp']) }),
  example: {
    parameters: { formats: ['jpeg', 'png'] },
    before: { format: ['jpeg', 'webp', 'png'] },
    after: { format: ['jpeg', 'png'] },
    quarantined: [1],
  },
  reasons: { 'format-not-allowed': { zh: '图像格式不在允许之列', en: 'the image format is not allowed' } },
  run: (batch, { formats }) => {
    const values = textOf(batch, 'format')?.values
    if (!values) return keepAll(batch)
    const allowed = new Set(formats)
    return rejectWhere(batch, (row) => {
      const format = values[row] ?? null
      return format === null || allowed.has(format) ? null : { reason: 'format-not-allowed', field: 'format', found: format }
    })
  },
})
