import { createRequire } from 'node:module'
import { z } from 'zod'
import { textColumns } from '../../../base/kernels/index.ts'
import { mapText } from '../../../base/record/index.ts'
import { defineOperator } from '../../operator.ts'

const REGIONS = ['generic', 'taiwan', 'taiwan-words', 'hongkong'] as const
/** Names of OpenCC's configurations. */
const FROM = { generic: 't', taiwan: 'tw', 'taiwan-words': 'twp', hongkong: 'hk' } as const

interface OpenCc {
  readonly Converter: (options: { from: string; to: string }) => (text: string) => string
}

/** Its dictionaries are read when a text first needs them. */
const openCc = (): OpenCc => createRequire(import.meta.url)('opencc-js/t2cn') as OpenCc

/** Han characters, without which nothing changes. */
const HAN = /[\u3400-\u9fff\uf900-\ufaff\ud840-\ud88d]/

export default defineOperator({
  version: 1,
  title: { zh: '繁体转简体', en: 'Simplify Chinese' },
  doc: {
    zh: '按 OpenCC 词典把繁体中文转换为简体，一繁对多简按词语判断；region 选择原文地区，taiwan-words 还会转换台湾用词（软体→软件）。',
    en: 'Turns traditional Chinese into simplified by the dictionaries of OpenCC, by phrases where a character has several forms. region says where the text is from; taiwan-words also changes words of Taiwan.',
  },
  source: 'OpenCC 1.1 dictionaries (opencc-js)',
  parameters: z.strictObject({ columns: textColumns, region: z.enum(REGIONS).default('generic') }),
  example: { parameters: {}, before: { text: ['設備維護記錄', '乾燥與乾坤', 'OK'] }, after: { text: ['设备维护记录', '干燥与乾坤', 'OK'] } },
  run: (batch, { columns, region }) => {
    let convert: ((text: string) => string) | undefined
    return mapText(batch, columns, (text) => {
      if (!HAN.test(text)) return text
      convert ??= openCc().Converter({ from: FROM[region], to: 'cn' })
      return convert(text)
    })
  },
})
