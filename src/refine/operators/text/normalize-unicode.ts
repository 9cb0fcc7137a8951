import { z } from 'zod'
import { rewriteTexts, textColumns } from '../../../base/kernels/index.ts'
import { Trait } from '../../../base/record/index.ts'
import { defineOperator } from '../../operator.ts'

/** Below these code units each form leaves every text as it is. */
const MAY_CHANGE = { NFC: /[\u0300-\uffff]/, NFKC: /[\u00a0-\uffff]/ } as const

export default defineOperator({
  version: 1,
  title: { zh: 'Unicode 规范化', en: 'Normalise Unicode' },
  doc: {
    zh: '把同一字符的多种编码统一为一种。默认 NFC，不改变文字的样子；NFKC 还会折叠全角、上标等兼容字符，会把“，”变为“,”、“m²”变为“m2”，仅在确有需要时使用。',
    en: 'Gives each character one encoding. NFC, the default, never changes how text looks; NFKC also folds compatibility characters, so that a full-width comma becomes an ASCII one and m² becomes m2: choose it only where that is wanted.',
  },
  source: 'Unicode UAX #15',
  parameters: z.strictObject({ columns: textColumns, form: z.enum(['NFC', 'NFKC']).default('NFC') }),
  example: { parameters: {}, before: { text: ['cafe\u0301，10 m²', '中文'] }, after: { text: ['café，10 m²', '中文'] } },
  run: (batch, { columns, form }) => {
    const mayChange = MAY_CHANGE[form]
    return rewriteTexts(
      batch,
      columns,
      (text) => (mayChange.test(text) ? text.normalize(form) : text),
      form === 'NFC' ? Trait.ODD : Trait.WIDE,
    )
  },
})
