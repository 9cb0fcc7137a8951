import { z } from 'zod'
import { createWordSearch, rejectTexts, textColumns } from '../../../base/kernels/index.ts'
import { defineOperator } from '../../operator.ts'

/** Phrases of offers, not single words: news, law and medicine speak of the same things. Packs bring longer lists. */
const BUILT_IN = {
  gambling: [
    '网上赌场',
    '在线赌场',
    '真人百家乐',
    '六合彩特码',
    '时时彩计划',
    '博彩平台注册',
    '赌球网站',
    'online casino bonus',
    'free casino spins',
  ],
  pornography: ['色情网站', '成人视频在线', '裸聊', '一夜情交友', '无码视频', 'free porn', 'porn videos', 'sex cams'],
  drugs: ['出售冰毒', '出售迷药', '听话水', '迷奸药', '代购毒品', 'buy cocaine online', 'buy xanax online'],
  weapons: ['出售枪支', '枪支弹药出售', '仿真枪货到付款', '炸药配方', 'guns for sale no license'],
  fraud: [
    '代开发票',
    '代办假证',
    '办理假证',
    '刷单兼职',
    '洗钱通道',
    '信用卡套现',
    '黑户贷款秒批',
    'fake id for sale',
    'make money fast from home',
  ],
} as const
const CATEGORIES = ['gambling', 'pornography', 'drugs', 'weapons', 'fraud'] as const

export default defineOperator({
  version: 1,
  title: { zh: '风险词', en: 'Bad words' },
  doc: {
    zh: '隔离含风险短语超过 maximumHits 处的文本。内置赌博、色情、毒品、枪爆、诈骗五类少量推销用语，words 追加词表（行业包提供更全的列表）。不区分大小写，拉丁词须整词匹配。',
    en: 'Quarantines texts that hold phrases of risk in more than maximumHits places. Five small built-in categories of offers: gambling, pornography, drugs, weapons, fraud; words adds your list, packs bring longer ones. Case does not count; Latin words only whole.',
  },
  source: 'the method of C4 (Raffel et al. 2020, any one word); categories after TC260-003 appendix A; here several hits are asked for',
  parameters: z.strictObject({
    columns: textColumns,
    categories: z.array(z.enum(CATEGORIES)).default([...CATEGORIES]),
    words: z.array(z.string().min(2)).default([]),
    maximumHits: z.number().int().nonnegative().default(1),
  }),
  example: {
    parameters: { words: ['内部资料'] },
    before: { text: ['博彩平台注册送彩金，真人百家乐，在线赌场', '警方捣毁一个网上赌场', '泵房巡检记录'] },
    after: { text: ['警方捣毁一个网上赌场', '泵房巡检记录'] },
    quarantined: [0],
  },
  reasons: { 'bad-words': { zh: '含多处风险词', en: 'holds several phrases of risk' } },
  run: (batch, { columns, categories, words, maximumHits }) => {
    const search = createWordSearch([...categories.flatMap((category) => BUILT_IN[category]), ...words])
    return rejectTexts(batch, columns, 0, (text) => {
      const found = search.find(text, maximumHits + 1).map(({ word }) => word)
      return found.length > maximumHits ? { reason: 'bad-words', found: [...new Set(found)].slice(0, 5).join(' ') } : null
    })
  },
})
