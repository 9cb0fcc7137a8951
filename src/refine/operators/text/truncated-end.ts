import { z } from 'zod'
import { minimumLength, rejectTexts, textColumns } from '../../../base/kernels/index.ts'
import { defineOperator } from '../../operator.ts'

/** Code units at the end that are looked at. */
const TAIL = 40
const TEASER = /(?:(?:阅读|查看|展开)(?:全文|更多|原文)|read more|continue reading|\[\s?(?:more|…|\.\.\.)\s?\])[\s.。…>»]*$/i
/** A sentence does not end in these. */
const OPEN_END = /[,，、(（[【“‘《<-]\s*$/
const ELLIPSIS = /(?:…|\.{3,})\s*$/

export default defineOperator({
  version: 1,
  title: { zh: '结尾截断', en: 'Truncated end' },
  doc: {
    zh: '隔离结尾显然被截断的长文本：停在逗号、左括号、左引号、连字符，或以“阅读全文”之类收尾；ellipsis 为真时以省略号结尾也算。',
    en: 'Quarantines long texts that were surely cut: they stop at a comma, an opening bracket or quote, a hyphen, or end in a teaser such as Read more; with ellipsis, also at an ellipsis.',
  },
  source: 'our own; after the teaser rules of web corpora',
  parameters: z.strictObject({ columns: textColumns, minimumLength: minimumLength(100), ellipsis: z.boolean().default(false) }),
  example: {
    parameters: { minimumLength: 5 },
    before: { text: ['轴承磨损的主要原因包括润滑不足、', '本文介绍安装步骤…… 阅读全文', '轴承已更换。'] },
    after: { text: ['轴承已更换。'] },
    quarantined: [0, 1],
  },
  reasons: { 'truncated-end': { zh: '结尾被截断', en: 'the end was cut off' } },
  run: (batch, { columns, minimumLength: shortest, ellipsis }) =>
    rejectTexts(batch, columns, shortest, (text) => {
      const tail = text.slice(-TAIL)
      const isCut = TEASER.test(tail) || OPEN_END.test(tail) || (ellipsis && ELLIPSIS.test(tail))
      return isCut ? { reason: 'truncated-end', found: tail.slice(-12) } : null
    }),
})
