import { z } from 'zod'
import { createCompressibility, figure, limit, minimumLength, rejectTexts, textColumns } from '../../../base/kernels/index.ts'
import { defineOperator } from '../../operator.ts'

export default defineOperator({
  version: 1,
  title: { zh: '信息密度', en: 'Information density' },
  doc: {
    zh: '按 LZ77 估计文本压缩后剩余的比例：过低是反复拼接的内容，maximum 可用来隔离过高的随机串（默认不启用）。英文正文约 0.6–0.9，中文约 0.8–1。',
    en: 'Estimates by LZ77 what share of a text would remain after compression: too little is content pasted over and over; maximum catches random strings and is off. English prose has about 0.6 to 0.9, Chinese 0.8 to 1.',
  },
  source: 'compression ratio as in Muennighoff et al. and Data-Juicer; estimated without a codec so that the figure is the same everywhere',
  parameters: z.strictObject({ columns: textColumns, minimumLength: minimumLength(200), minimum: limit(0.2), maximum: limit(null) }),
  example: {
    parameters: { minimumLength: 10 },
    before: { text: ['正常正常正常正常正常正常正常正常正常正常正常正常正常正常', '更换轴承后振动值由 7.1 降到 2.3'] },
    after: { text: ['更换轴承后振动值由 7.1 降到 2.3'] },
    quarantined: [0],
  },
  reasons: {
    'too-repetitive': { zh: '信息密度过低，内容大量重复', en: 'holds too little information: it repeats itself' },
    'too-dense': { zh: '信息密度过高，像随机串', en: 'is as dense as random strings' },
  },
  run: (batch, { columns, minimumLength: shortest, minimum, maximum }) => {
    const measure = createCompressibility()
    return rejectTexts(batch, columns, shortest, (text) => {
      const density = measure(text)
      if (minimum !== null && density < minimum) return { reason: 'too-repetitive', found: figure(density) }
      return maximum !== null && density > maximum ? { reason: 'too-dense', found: figure(density) } : null
    })
  },
})
