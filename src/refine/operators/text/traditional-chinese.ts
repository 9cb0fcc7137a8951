import { z } from 'zod'
import { CHINESE_REGIONS, chineseConverter, rewriteTexts, textColumns } from '../../../base/kernels/index.ts'
import { defineOperator } from '../../operator.ts'

/** Han characters; without them no dictionary is read. */
const HAN = /[\u3400-\u9fff]/

export default defineOperator({
  version: 1,
  title: { zh: '简体转繁体', en: 'Make Chinese traditional' },
  doc: {
    zh: '按 OpenCC 词典把简体中文转换为繁体，一简对多繁按词语判断（头发→頭髮，出发→出發）；region 选择目标地区的字形与用词。',
    en: 'Turns simplified Chinese into traditional by the dictionaries of OpenCC, by phrases where a character has several forms. region chooses the forms and words of a region.',
  },
  source: 'OpenCC 1.1 dictionaries (opencc-js)',
  parameters: z.strictObject({ columns: textColumns, region: z.enum(CHINESE_REGIONS).default('generic') }),
  example: { parameters: {}, before: { text: ['头发与出发', '皇后以后', 'OK'] }, after: { text: ['頭髮與出發', '皇后以後', 'OK'] } },
  // A simplified reading of characters that are already traditional may change them again.
  idempotent: false,
  run: (batch, { columns, region }) =>
    rewriteTexts(batch, columns, (text) => (HAN.test(text) ? chineseConverter('traditional', region)(text) : text)),
})
