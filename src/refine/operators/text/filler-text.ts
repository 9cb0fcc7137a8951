import { z } from 'zod'
import { rejectTexts, textColumns } from '../../../base/kernels/index.ts'
import { defineOperator } from '../../operator.ts'

/** The printers' dummy text and its Chinese cousins. */
const FILLER = /l[o]rem ipsum|dolor sit amet|(?:此处|这里)(?:填写|输入|是)(?:标题|正文|内容|文字)|示例文本示例文本|占位文字/i

export default defineOperator({
  version: 1,
  title: { zh: '占位文本', en: 'Filler text' },
  doc: {
    zh: '隔离排版占位文本；curlyBraces 为真时，含花括号的文本也视为代码而隔离（C4 规则，含代码或 JSON 的数据请勿启用）。',
    en: 'Quarantines the dummy text of templates. With curlyBraces, texts that hold a curly brace leave too, as code: the rule of C4, not for data with code or JSON.',
  },
  source: 'C4: Raffel et al. 2020, section 2.2',
  parameters: z.strictObject({ columns: textColumns, curlyBraces: z.boolean().default(false) }),
  example: {
    parameters: { curlyBraces: true },
    before: { text: ['Dolor sit amet, consectetur', 'function f() { return 1 }', '泵房巡检记录'] },
    after: { text: ['泵房巡检记录'] },
    quarantined: [0, 1],
  },
  reasons: {
    'filler-text': { zh: '含排版占位文本', en: 'holds the dummy text of a template' },
    'curly-braces': { zh: '含花括号，像代码', en: 'holds curly braces, as code does' },
  },
  run: (batch, { columns, curlyBraces }) =>
    rejectTexts(batch, columns, 0, (text) => {
      const filler = FILLER.exec(text)?.[0]
      if (filler !== undefined) return { reason: 'filler-text', found: filler }
      return curlyBraces && /[{}]/.test(text) ? { reason: 'curly-braces', found: '{ }' } : null
    }),
})
