import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isProvince, isRealDate, isResidentId, isUscc, passesLuhn } from '../../../../src/base/kernels/identifiers/check-digits.ts'

describe('resident ID', () => {
  it('takes the example of GB 11643 in both cases', () => {
    expect(isResidentId('11010519491231002X')).toBe(true)
    expect(isResidentId('11010519491231002x')).toBe(true)
    expect(isResidentId('440524188001010014')).toBe(false) // the other example of the standard, born before 1900
  })

  it('refuses every single wrong digit and every swap of neighbours that differ, as ISO 7064 promises', () => {
    const right = '11010519491231002X'
    for (let i = 0; i < 17; i++) {
      for (const digit of '0123456789') {
        if (digit !== right[i]) expect(isResidentId(right.slice(0, i) + digit + right.slice(i + 1))).toBe(false)
      }
      if (i < 16 && right[i] !== right[i + 1])
        expect(isResidentId(right.slice(0, i) + right[i + 1] + right[i] + right.slice(i + 2))).toBe(false)
    }
  })

  it('refuses a wrong length', () => {
    for (const number of ['', '11010519491231002', '11010519491231002XX']) expect(isResidentId(number)).toBe(false)
  })
})

describe('dates', () => {
  it('agree with the calendar of the platform', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1900, max: 2049 }),
        fc.integer({ min: 0, max: 13 }),
        fc.integer({ min: 0, max: 32 }),
        (year, month, day) => {
          const date = new Date(Date.UTC(year, month - 1, day))
          const isReal = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
          expect(isRealDate(`${year}${String(month).padStart(2, '0')}${String(day).padStart(2, '0')}`)).toBe(isReal)
        },
      ),
    )
  })

  it('keep to the years in which people live', () => {
    expect(isRealDate('18991231')).toBe(false)
    expect(isRealDate('20500101')).toBe(false)
    expect(isRealDate('')).toBe(false)
  })
})

describe('unified social credit code', () => {
  it('takes the example of GB 32100 and refuses each single wrong character', () => {
    const right = '91350100M000100Y43'
    expect(isUscc(right)).toBe(true)
    for (let i = 0; i < 18; i++) {
      for (const character of '0123456789ABCDEFGHJKLMNPQRTUWXY') {
        if (character !== right[i]) expect(isUscc(right.slice(0, i) + character + right.slice(i + 1))).toBe(false)
      }
    }
  })

  it('takes codes that are printed on licences of known companies', () => {
    // Public register: Tencent, Huawei, Alibaba (China), Lenovo (Beijing).
    for (const code of ['9144030071526726XG', '914403001922038216', '91330100799655058B']) expect(isUscc(code)).toBe(true)
  })

  it('refuses letters that the standard leaves out', () => {
    for (const code of ['9135010OM000100Y43', '91350100M00010IY43']) expect(isUscc(code)).toBe(false)
  })
})

describe('Luhn', () => {
  it('takes the test numbers of the card schemes', () => {
    for (const number of [
      '4111111111111111',
      '5555555555554444',
      '378282246310005',
      '6011111111111117',
      '3530111333300000',
      '6200000000000005',
      '79927398713',
    ]) {
      expect(passesLuhn(number)).toBe(true)
    }
  })

  it('refuses each single wrong digit', () => {
    const right = '4111111111111111'
    for (let i = 0; i < right.length; i++) {
      for (const digit of '0123456789')
        if (digit !== right[i]) expect(passesLuhn(right.slice(0, i) + digit + right.slice(i + 1))).toBe(false)
    }
  })
})

it('provinces are those of GB/T 2260', () => {
  expect(isProvince('110000')).toBe(true)
  expect(isProvince('83')).toBe(true)
  for (const code of ['00', '10', '16', '47', '55', '66', '99', '']) expect(isProvince(code)).toBe(false)
})
