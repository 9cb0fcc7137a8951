import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatMoney, MOST_MINOR, parseMoney, splitAmount } from '../../../src/base/ledger/index.ts'

const amount = fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n })

describe('amounts', () => {
  it('are read back as they were written, in every currency', () => {
    fc.assert(
      fc.property(amount, fc.constantFrom('CNY', 'JPY', 'TOKEN-o200k'), (minor, currency) => {
        const written = formatMoney({ currency, minor })
        const [text = '', unit] = written.split(' ')
        expect(unit).toBe(currency)
        expect(parseMoney(text, currency)).toEqual({ ok: true, value: { currency, minor } })
      }),
    )
    expect(formatMoney({ currency: 'CNY', minor: -5n })).toBe('-0.05 CNY')
    expect(parseMoney('12.3', 'CNY')).toEqual({ ok: true, value: { currency: 'CNY', minor: 1230n } })
  })

  it('are never rounded, and never more than can be kept', () => {
    for (const [text, currency] of [
      ['0.005', 'CNY'],
      ['1.0', 'JPY'],
      ['1e3', 'CNY'],
      ['1,000.00', 'CNY'],
      ['', 'CNY'],
      ['.5', 'CNY'],
      ['٣', 'CNY'],
      ['NaN', 'CNY'],
      ['92233720368547758.08', 'CNY'],
    ] as const)
      expect(parseMoney(text, currency), text).toMatchObject({ ok: false, problem: { code: 'ledger/amount-invalid' } })
    expect(parseMoney('92233720368547758.07', 'CNY')).toMatchObject({ ok: true, value: { minor: MOST_MINOR } })
    for (const currency of ['BTC', 'cny', 'toString', 'TOKEN-'])
      expect(parseMoney('1', currency), currency).toMatchObject({ ok: false, problem: { code: 'ledger/currency-unknown' } })
  })
})

describe('a split', () => {
  const weights = fc
    .array(fc.bigInt({ min: 0n, max: 10n ** 9n }), { minLength: 1, maxLength: 8 })
    .filter((list) => list.some((weight) => weight > 0n))

  it('loses no unit, gives each its share to within one, and nothing to who weighs nothing', () => {
    fc.assert(
      fc.property(amount, weights, (minor, list) => {
        const parts = splitAmount(minor, list)
        expect(parts.reduce((sum, part) => sum + part, 0n)).toBe(minor)
        const total = list.reduce((sum, weight) => sum + weight, 0n)
        for (const [at, part] of parts.entries()) {
          const off = part * total - minor * (list[at] as bigint)
          expect(off < total && -off < total).toBe(true)
          if (list[at] === 0n) expect(part).toBe(0n)
        }
      }),
    )
  })

  it('gives what is left to the largest remainders, of equal ones to the first', () => {
    expect(splitAmount(100n, [85n, 15n])).toEqual([85n, 15n])
    expect(splitAmount(10n, [1n, 1n, 1n])).toEqual([4n, 3n, 3n])
    expect(splitAmount(-10n, [1n, 1n, 1n])).toEqual([-4n, -3n, -3n])
    expect(splitAmount(1n, [1n, 2n])).toEqual([0n, 1n])
    expect(() => splitAmount(1n, [0n])).toThrow(RangeError)
    expect(() => splitAmount(1n, [2n, -1n])).toThrow(RangeError)
  })
})
