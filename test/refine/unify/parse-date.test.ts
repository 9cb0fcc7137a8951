import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decideDateOrder } from '../../../src/refine/unify/date-order.ts'
import { decideEpoch, epochMs } from '../../../src/refine/unify/epoch.ts'
import { parseDate, readDate } from '../../../src/refine/unify/parse-date.ts'

const iso = (ms: number): string =>
  Number.isNaN(ms) ? 'none' : new Date(ms).toISOString().replace('T00:00:00.000Z', '').replace('.000Z', '')

describe('parseDate', () => {
  it.each([
    ['2024-03-05', '2024-03-05'],
    ['2024/3/5', '2024-03-05'],
    ['2024.03.05', '2024-03-05'],
    ['2024-03-05T14:30:00', '2024-03-05T14:30:00'],
    ['2024-03-05 14:30', '2024-03-05T14:30:00'],
    ['2024-03-05T14:30:00Z', '2024-03-05T14:30:00'],
    ['2024-03-05T14:30:00+08:00', '2024-03-05T06:30:00'],
    ['2024-03-05 14:30:00 +0800', '2024-03-05T06:30:00'],
    ['2024-03-05T00:30:00.250-05', '2024-03-05T05:30:00.250Z'],
    ['2024-03-05 14:30:00,5', '2024-03-05T14:30:00.500Z'],
    ['2024年3月5日', '2024-03-05'],
    ['2024年3月5日 下午3:05', '2024-03-05T15:05:00'],
    ['2024年3月5日上午12:05', '2024-03-05T00:05:00'],
    ['2024年3月5日15时4分', '2024-03-05T15:04:00'],
    ['2024年3月5日 晚上9点30分', '2024-03-05T21:30:00'],
    ['2024 年 3 月 5 日 星期二', '2024-03-05'],
    ['2024年3月5日15:04:09', '2024-03-05T15:04:09'],
    ['２０２４年３月５日', '2024-03-05'],
    ['二〇二四年三月五日', '2024-03-05'],
    ['二〇二四年十二月三十一日', '2024-12-31'],
    ['民国113年', '2024-01-01'],
    ['民国113年3月5日', '2024-03-05'],
    ['中華民國元年1月1日', '1912-01-01'],
    ['20240305', '2024-03-05'],
    ['20240305143000', '2024-03-05T14:30:00'],
    ['20240305T143000Z', '2024-03-05T14:30:00'],
    ['202403051430', '2024-03-05T14:30:00'],
    ['Mar 5, 2024', '2024-03-05'],
    ['March 5th 2024', '2024-03-05'],
    ['5-Mar-24', '2024-03-05'],
    ['5 March 2024 14:30', '2024-03-05T14:30:00'],
    ['05-MAR-1999', '1999-03-05'],
    ['Tue, 05 Mar 2024 14:30:00 GMT', '2024-03-05T14:30:00'],
    ['2024-Mar-05', '2024-03-05'],
    ['Sept. 9, 2020 1:05 PM', '2020-09-09T13:05:00'],
    ['12/31/99 12:00 am', '1999-12-31'],
    ['3/5/24', '2024-03-05'],
    ['2024-03', '2024-03-01'],
    ['2024年3月', '2024-03-01'],
    ['2013', '2013-01-01'],
    ['2024-02-29', '2024-02-29'],
    ['2024-03-05 24:00:00', '2024-03-06'],
    ['2016-12-31T23:59:60Z', '2017-01-01'],
    ['1/2/2013 8:05:00 PM', '2013-01-02T20:05:00'],
  ])('%s is %s', (text, expected) => expect(iso(parseDate(text))).toBe(expected))

  it('reads day first or month first as told', () => {
    expect(iso(parseDate('05/03/2024', 'dmy'))).toBe('2024-03-05')
    expect(iso(parseDate('05/03/2024', 'mdy'))).toBe('2024-05-03')
    expect(iso(parseDate('5.3.2024 14:30', 'dmy'))).toBe('2024-03-05T14:30:00')
    expect(parseDate('25/03/2024', 'mdy')).toBeNaN()
  })

  it.each([
    '2023-02-29',
    '2024-13-01',
    '2024-00-10',
    '2024-04-31',
    '2024-03-05T25:00:00',
    '2024-03-05T14:61:00',
    '2024-03-05x',
    '1900-02-29',
    '20240230',
    '2024/3-5',
    '1.5',
    '12',
    '123456789',
    'March',
    'May be',
    '5 apples',
    '',
    ' ',
    '2024年13月',
    '民国113',
    '13:45',
    'v1.2.3',
    '192.168.1.1',
    '2024-03-05 14:30:00 +99:00',
    '13:00 PM',
    '0:30 am',
    '--05-31',
    'NaN',
  ])('%s is no date', (text) => expect(parseDate(text)).toBeNaN())

  it('reads every moment that JavaScript writes', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T00:00:00Z'), noInvalidDate: true }),
        (date) => {
          const text = date.toISOString()
          expect(parseDate(text)).toBe(date.getTime())
          expect(parseDate(text.slice(0, 19))).toBe(Math.floor(date.getTime() / 1000) * 1000)
          expect(parseDate(text.slice(0, 10).replaceAll('-', '/'))).toBe(Math.floor(date.getTime() / 86_400_000) * 86_400_000)
          if (date.getUTCFullYear() >= 1000) expect(parseDate(date.toUTCString())).toBe(Math.floor(date.getTime() / 1000) * 1000)
        },
      ),
    )
  })

  it('knows which days there are (JavaScript as the oracle)', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1000, max: 9999 }),
        fc.integer({ min: 0, max: 14 }),
        fc.integer({ min: 0, max: 33 }),
        (year, month, day) => {
          const date = new Date(Date.UTC(year, month - 1, day))
          const real = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
          expect(parseDate(`${year}-${month}-${day}`)).toEqual(real ? date.getTime() : Number.NaN)
        },
      ),
    )
  })

  it('says whether a time and a zone were written', () => {
    expect(readDate('2024-03-05', 'mdy')).toEqual({ ms: Date.UTC(2024, 2, 5), hasTime: false, hasZone: false })
    expect(readDate('2024-03-05 00:00', 'mdy')).toMatchObject({ hasTime: true, hasZone: false })
    expect(readDate('2024-03-05T00:00:00+08:00', 'mdy')).toMatchObject({ hasTime: true, hasZone: true })
  })

  it('is linear on hostile input', () => {
    const start = performance.now()
    for (const text of [
      '2024-'.repeat(1e5),
      '1'.repeat(1e6),
      ' '.repeat(1e6),
      '年'.repeat(1e6),
      `2024${' '.repeat(59)}x`,
      `Mar ${'5'.repeat(58)}`,
    ])
      expect(parseDate(text)).toBeNaN()
    expect(performance.now() - start).toBeLessThan(300)
  })
})

describe('decideDateOrder', () => {
  it('follows what allows one order only, by majority', () => {
    expect(decideDateOrder(['05/03/2024', '25/03/2024', '01/02/2024'])).toEqual({ order: 'dmy', dayFirst: 1, monthFirst: 0, ambiguous: 2 })
    expect(decideDateOrder(['05/03/2024', '03/25/2024']).order).toBe('mdy')
    expect(decideDateOrder(['03/25/2024', '25/03/2024', '26/03/2024']).order).toBe('dmy')
  })
  it('has a default for each way of writing', () => {
    expect(decideDateOrder(['05/03/2024', '06/03/2024']).order).toBe('mdy')
    expect(decideDateOrder(['05.03.2024', '06.03.2024']).order).toBe('dmy')
    expect(decideDateOrder(['2024-03-05'])).toEqual({ order: 'mdy', dayFirst: 0, monthFirst: 0, ambiguous: 0 })
  })
})

describe('epochs', () => {
  it('are told by size, only when all agree', () => {
    expect(decideEpoch([1_709_600_000, 1_709_600_001])).toBe('s')
    expect(decideEpoch([1_709_600_000_000])).toBe('ms')
    expect(decideEpoch([1_709_600_000_000_000])).toBe('us')
    expect(decideEpoch([1_709_600_000, 5])).toBeUndefined()
    expect(decideEpoch([])).toBeUndefined()
  })
  it('become milliseconds', () => {
    expect(iso(epochMs(1_709_600_400, 's'))).toBe('2024-03-05T01:00:00')
    expect(iso(epochMs(45_356, 'd'))).toBe('2024-03-05') // Excel shows 45356 as 5 March 2024
    expect(iso(epochMs(45_356.5, 'd'))).toBe('2024-03-05T12:00:00')
    expect(epochMs(1e300, 's')).toBeNaN()
  })
})
