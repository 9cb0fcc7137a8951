import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findIdentifiers, IDENTIFIER_KINDS } from '../../../../src/base/kernels/identifiers.ts'
import { HARD_CASES, readHardCase } from '../../../refine/identifiers/hard-cases.ts'

const TEXT = '张伟，身份证11010519491231002X，电话１３８１２３４５６７８，a.b@example.com，车牌京A12345，登录IP：203.0.113.7'

describe('findIdentifiers', () => {
  it('gives spans of the text as it was given, in order', () => {
    const found = findIdentifiers(TEXT)
    expect(found.map(({ kind, text }) => [kind, text])).toEqual([
      ['resident-id', '11010519491231002X'],
      ['phone', '１３８１２３４５６７８'],
      ['email', 'a.b@example.com'],
      ['plate', '京A12345'],
      ['ip', '203.0.113.7'],
    ])
    for (const { start, end, text } of found) expect(TEXT.slice(start, end)).toBe(text)
  })

  it('looks only for the kinds that are asked for', () => {
    for (const kind of IDENTIFIER_KINDS) {
      const only = findIdentifiers(TEXT, [kind])
      expect(only).toEqual(findIdentifiers(TEXT).filter((one) => one.kind === kind))
    }
    expect(findIdentifiers(TEXT, [])).toEqual([])
  })

  it('finds 15-digit resident IDs only when asked and named', () => {
    const named = '身份证号110105491231002'
    expect(findIdentifiers(named)).toEqual([])
    expect(findIdentifiers(named, IDENTIFIER_KINDS, { oldResidentId: true }).map(({ text }) => text)).toEqual(['110105491231002'])
    expect(findIdentifiers('编号110105491231002', IDENTIFIER_KINDS, { oldResidentId: true })).toEqual([])
    expect(findIdentifiers('身份证号110105493231002', IDENTIFIER_KINDS, { oldResidentId: true })).toEqual([])
  })

  it('leaves what took the place of an identifier', () => {
    expect(findIdentifiers('<PHONE:9f3a12c4d5e6f708> <SECRET:9f3a12c4d5e6f708> <BANK-CARD:4111111111111111>')).toEqual([])
  })

  const piece = fc.constantFrom(
    ...HARD_CASES.map((marked) => readHardCase(marked).text),
    ' ',
    '，',
    '-',
    '.',
    '1',
    '86',
    '+',
    '(',
    ')',
    '中',
    'a',
    '@',
    ':',
    '\u200b',
    '１',
    '①',
    '👍',
    '\ud83d',
    '\n',
    'x.com',
    '京',
    '密码：',
  )

  it('gives spans in order without overlaps, whatever the text', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const text = pieces.join('')
        let last = 0
        for (const { start, end, text: found } of findIdentifiers(text)) {
          expect(start).toBeGreaterThanOrEqual(last)
          expect(end).toBeGreaterThan(start)
          expect(text.slice(start, end)).toBe(found)
          last = end
        }
      }),
      { numRuns: 1000 },
    )
  })

  it('finds the same after Han characters, in brackets and between line ends as alone', () => {
    for (const kind of ['13812345678', '11010519491231002X', '4111111111111111', '91350100M000100Y43', 'a.b@example.com', '203.0.113.77']) {
      for (const [before, after] of [
        ['是', '的'],
        ['（', '）'],
        ['\n', '\n'],
        ['：', '。'],
        ['，', '，'],
        ['"', '"'],
        ['\t', '\t'],
        ['>', '<'],
      ] as const) {
        expect(findIdentifiers(before + kind + after).map(({ text }) => text)).toEqual([kind])
      }
    }
  })
})
