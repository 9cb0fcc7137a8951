import { z } from 'zod'
import { defineOperator } from '../../operator.ts'
import { rejectOutside } from '../../within-limits.ts'

export default defineOperator({
  version: 1,
  title: { zh: '图像文件大小', en: 'Image file size' },
  doc: {
    zh: '隔离文件字节数超出范围的图像：过小多为占位图或跟踪像素，过大多为误放的原始文件。缺省下限 100 字节。',
    en: 'Quarantines images whose file has too few bytes (stand-ins, tracking pixels) or too many (raw files put in by mistake). At least 100 bytes by default.',
  },
  source: 'Data-Juicer image_size_filter',
  parameters: z.strictObject({
    minBytes: z.number().int().nonnegative().default(100),
    maxBytes: z.number().int().positive().optional(),
  }),
  example: {
    parameters: { minBytes: 100, maxBytes: 10_000_000 },
    before: { bytes: [50_222, 43, 20_000_000] },
    after: { bytes: [50_222] },
    quarantined: [1, 2],
  },
  reasons: {
    'too-few-bytes': { zh: '文件过小', en: 'the file is too small' },
    'too-many-bytes': { zh: '文件过大', en: 'the file is too large' },
  },
  run: (batch, { minBytes, maxBytes }) =>
    rejectOutside(batch, [{ column: 'bytes', min: minBytes, max: maxBytes, below: 'too-few-bytes', above: 'too-many-bytes' }]),
})
