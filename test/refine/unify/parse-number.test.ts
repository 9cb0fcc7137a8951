import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseChineseNumber } from '../../../src/refine/unify/chinese-number.ts'
import { isMissingText, isMissingWord } from '../../../src/refine/unify/missing-tokens.ts'
import { decideDecimal, parseNumber, readQuantity } from '../../../src/refine/unify/parse-number.ts'

describe('parseNumber', () => {
  it.each([
    ['1,234.5', 1234.5],
    ['１２３', 123],
    ['1.2e3', 1200],
    ['1E-3', 0.001],
    ['三百二十', 320],
    ['3.5万', 35000],
    ['1亿2千万', 120_000_000],
    ['¥1,200.00', 1200],
    ['￥1,200', 1200],
    ['(1,200)', -1200],
    ['-¥1,200', -1200],
    ['¥-1,200', -1200],
    ['(¥1,200)', -1200],
    ['12.5%', 12.5],
    ['12.5 ‰', 12.5],
    ['−7.25', -7.25],
    ['+3', 3],
    [' 42 ', 42],
    ['.5', 0.5],
    ['5.', 5],
    ['1 234 567', 1234567],
    ["1'234'567.8", 1234567.8],
    ['３，４５６．７', 3456.7],
    ['1,200元', 1200],
    ['3,500万元', 35_000_000],
    ['负五', -5],
    ['二〇二四', 2024],
    ['三点一四', 3.14],
    ['壹仟贰佰叁拾肆元整', 1234],
    ['两百', 200],
    ['0.1', 0.1],
    ['123456789012345678', 123456789012345680],
    ['0.30000000000000004', 0.30000000000000004],
    ['$5', 5],
    ['US$ 5', 5],
    ['100 USD', 100],
  ])('%s is %d', (text, value) => expect(parseNumber(text)).toBe(value))

  it.each([
    ['1.234,5', 1234.5],
    ['1.234', 1234],
    ['0,25', 0.25],
    ['1 234,5', 1234.5],
    ['-3,5', -3.5],
    ['1,5e3', 1500],
    ['3,5万', 35000],
  ])('%s is %d with a decimal comma', (text, value) => expect(parseNumber(text, ',')).toBe(value))

  it.each([
    '<0.5',
    '>100',
    'trace',
    '1.2.3',
    '1,23',
    '12,34.5',
    '1,2345',
    '--5',
    '(-5)',
    '1-2',
    '2024-03-05',
    '0x1F',
    'Infinity',
    '1e999',
    '1e',
    'e5',
    '36.5℃',
    '10²',
    '½',
    '①',
    'NA',
    'N/A',
    'null',
    '-',
    '--',
    '.',
    '无',
    '不详',
    '未知',
    'NaN',
    '#N/A',
    '',
    '  ',
    '十百',
    '百',
    '一万万亿千',
    '1亿2',
    '一二百',
    '5 5',
    '1,234,56',
    '+',
    '¥',
    '%',
  ])('%s is no number', (text) => expect(parseNumber(text)).toBeNaN())

  it('reads every double that JavaScript prints, exactly', () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        (value) => void expect(parseNumber(String(value)) + 0).toBe(value + 0),
      ),
      { numRuns: 2000 },
    )
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.integer({ min: 0, max: 6 }), (digits, places) => {
        const text = (digits / 10 ** places).toFixed(places)
        expect(parseNumber(text)).toBe(Number(text))
      }),
      { numRuns: 2000 },
    )
  })

  it('reads what en-US and de-DE write (ICU as the oracle)', () => {
    const english = new Intl.NumberFormat('en-US', { maximumFractionDigits: 6 })
    const german = new Intl.NumberFormat('de-DE', { maximumFractionDigits: 6 })
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), fc.integer({ min: 0, max: 5 }), (digits, places) => {
        const value = Number((digits / 10 ** places).toFixed(places))
        expect(parseNumber(english.format(value), '.') + 0).toBe(value + 0)
        expect(parseNumber(german.format(value), ',') + 0).toBe(value + 0)
      }),
    )
  })

  it('reads Chinese numerals that ICU writes', () => {
    const han = new Intl.NumberFormat('zh-u-nu-hanidec', { useGrouping: false })
    fc.assert(fc.property(fc.nat(99_999), (value) => void expect(parseChineseNumber(han.format(value))).toBe(value)))
  })

  it('reads Chinese numerals of any size', () => {
    const spell = (value: number): string => {
      const digits = '零一二三四五六七八九'
      const group = (n: number): string => {
        let text = ''
        let zero = false
        for (const [unit, name] of [
          [1000, '千'],
          [100, '百'],
          [10, '十'],
          [1, ''],
        ] as const) {
          const digit = Math.floor(n / unit) % 10
          if (digit === 0) zero = text !== ''
          else {
            text += (zero ? '零' : '') + digits[digit] + name
            zero = false
          }
        }
        return text
      }
      const [high, middle, low] = [Math.floor(value / 1e8), Math.floor(value / 1e4) % 1e4, value % 1e4]
      const part = (n: number, name: string, before: boolean): string => (n === 0 ? '' : (before && n < 1000 ? '零' : '') + group(n) + name)
      const head = high === 0 ? '' : `${group(high)}亿`
      const body = head + part(middle, '万', head !== '')
      return body + (low === 0 ? '' : (body !== '' && (low < 1000 || (middle === 0 && high > 0)) ? '零' : '') + group(low)) || '零'
    }
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 999_999_999_999 }),
        (value) => void expect(parseChineseNumber(spell(value)), spell(value)).toBe(value),
      ),
      { numRuns: 1000 },
    )
    expect(parseChineseNumber('一百二')).toBe(120)
    expect(parseChineseNumber('一百零二')).toBe(102)
    expect(parseChineseNumber('三万五')).toBe(35_000)
    expect(parseChineseNumber('十五')).toBe(15)
  })
})

describe('readQuantity', () => {
  it.each([
    ['36.5℃', 36.5, '℃'],
    ['120 mmHg', 120, 'mmHg'],
    ['3.5kg', 3.5, 'kg'],
    ['12.5%', 12.5, '%'],
    ['5 eV', 5, 'eV'],
    ['10²', 10, '²'],
  ])('%s', (text, value, suffix) => expect(readQuantity(text, '.')).toEqual({ value, suffix }))
})

describe('decideDecimal', () => {
  it('follows the values that allow one reading only', () => {
    expect(decideDecimal(['1,234', '5,678', '0.5', '12']).decimal).toBe('.')
    expect(decideDecimal(['1.234', '5.678', '0,5', '12']).decimal).toBe(',')
    expect(decideDecimal(['1.234,5', '7'])).toEqual({ decimal: ',', points: 0, commas: 1, ambiguous: 0 })
    expect(decideDecimal(['1,234,567'])).toMatchObject({ decimal: '.', points: 1 })
    expect(decideDecimal(['1.234.567'])).toMatchObject({ decimal: ',', commas: 1 })
    expect(decideDecimal(['0,234', '1,100'])).toMatchObject({ decimal: ',', commas: 1, ambiguous: 1 })
  })
  it('takes the point when nothing tells', () => {
    expect(decideDecimal(['1.234', '2.345'])).toEqual({ decimal: '.', points: 0, commas: 0, ambiguous: 2 })
    expect(decideDecimal([]).decimal).toBe('.')
  })
})

describe('missing words', () => {
  it('differ for numbers and for text', () => {
    for (const word of ['', ' ', 'NA', 'n/a', 'null', '-', '--', '.', '无', '不详', '未知', 'NaN', '#N/A', 'none', '#DIV/0!'])
      expect(isMissingWord(word), word).toBe(true)
    for (const word of ['0', 'no', '无线', '-1', 'naan']) expect(isMissingWord(word), word).toBe(false)
    for (const word of ['', '  ', 'NA', 'N/A', 'NULL', '#N/A']) expect(isMissingText(word), word).toBe(true)
    for (const word of ['none', '无', '-', '未知', 'unknown', 'Na']) expect(isMissingText(word), word).toBe(false)
  })
})

describe('cost', () => {
  it('is linear on hostile input', () => {
    const start = performance.now()
    for (const text of ['1'.repeat(1e6), '1,'.repeat(5e5), '一'.repeat(1e6), '('.repeat(1e6), ' '.repeat(1e6)])
      expect(Number.isFinite(parseNumber(text))).toBe(false)
    expect(performance.now() - start).toBeLessThan(500)
  })
})
