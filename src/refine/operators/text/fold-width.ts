import { z } from 'zod'
import { rewriteTexts, textColumns } from '../../../base/kernels/index.ts'
import { defineOperator } from '../../operator.ts'

/** Letters, digits and the signs that Chinese typesetting does not set wide; ！（），：；？［］｛｝～ are its own. */
const FOREIGN = /[\uff02-\uff07\uff0a\uff0b\uff0d-\uff19\uff1c-\uff1e\uff20-\uff3a\uff3c\uff3e-\uff5a\uff5c]/g
const ALL = /[\uff01-\uff5e]/g
const WIDE = /[\uff01-\uff5e\u3000]/
/** Distance from a full-width form to its ASCII character: Unicode block FF00. */
const DISTANCE = 0xfee0

export default defineOperator({
  version: 1,
  title: { zh: '全角转半角', en: 'Fold width' },
  doc: {
    zh: '把全角字母、数字与西文符号转为半角，全角空格转为普通空格；中文标点默认保留，punctuation 为真时一并转换。',
    en: 'Turns full-width letters, digits and Latin signs into ASCII, and the ideographic space into a space. Chinese punctuation stays unless punctuation is true.',
  },
  source: 'Unicode block Halfwidth and Fullwidth Forms; UAX #11',
  parameters: z.strictObject({ columns: textColumns, punctuation: z.boolean().default(false) }),
  example: { parameters: {}, before: { text: ['型号ＡＢ－１２，合格'] }, after: { text: ['型号AB-12，合格'] } },
  run: (batch, { columns, punctuation }) => {
    const pattern = punctuation ? ALL : FOREIGN
    const fold = (text: string): string =>
      text.replace(pattern, (wide) => String.fromCharCode(wide.charCodeAt(0) - DISTANCE)).replaceAll('\u3000', ' ')
    return rewriteTexts(batch, columns, (text) => (WIDE.test(text) ? fold(text) : text))
  },
})
