import { z } from 'zod'
import { CHINESE_REGIONS, chineseConverter, rewriteTexts, textColumns } from '../../../base/kernels/index.ts'
import { defineOperator } from '../../operator.ts'

/** Han characters; without them no dictionary is read. */
const HAN = /[\u3400-\u9fff]/

export default defineOperator({
  version: 1,
  title: { zh: '繁体转简体', en: 'Simplify Chinese' },
  doc: {
    zh: '按 OpenCC 词典把繁体中文转换为简体，一繁对多简按词语判断；region 选择原文地区，taiwan-words 还会转换台湾用词（软体→软件）。',
    en: 'Turns traditional Chinese into simplified by the dictionaries of OpenCC, by phrases where a character has several forms. region says where the text is from; taiwan-words also changes words of Taiwan.',
  },
  source: 'OpenCC 1.1 dictionaries (opencc-js)',
  parameters: z.strictObject({ columns: textColumns, region: z.enum(CHINESE_REGIONS).default('generic') }),
  example: {
    parameters: {},
    before: { text: ['設備維護記錄', '乾燥與乾坤', 'OK'] },
    after: { text: ['设备维护记录', '干燥与乾坤', 'OK'] },
  },
  run: (batch, { columns, region }) =>
    rewriteTexts(batch, columns, (text) => (HAN.test(text) ? chineseConverter('simplify', region)(text) : text)),
})
