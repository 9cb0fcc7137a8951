import { UcumLhcUtils } from '@lhncbc/ucum-lhc'
import { describe, expect, it } from 'vitest'
import { UNIT_ATOMS } from '../../../src/base/kernels/unit-atoms.ts'
import { convertUnit, unitCode, unitConversion } from '../../../src/base/kernels/units.ts'

// Oracle: the UCUM reference implementation of the US National Library of Medicine.
const oracle = UcumLhcUtils.getInstance()
const CHINESE_ONLY = new Set(['亩', '斤', '两', '里'])
const COMPOUND = [
  'm/s',
  'km/h',
  '[mi_i]/h',
  '[kn_i]',
  '[ft_i]/min',
  'm/s2',
  '[g]',
  'L/min',
  'mL/min',
  'm3/h',
  '[gal_us]/min',
  'mg/L',
  'g/L',
  'ug/m3',
  'kg/m3',
  'g/cm3',
  'mg/dL',
  'mol/L',
  'mmol/L',
  'umol/mL',
  'kg/har',
  't/har',
  '[lb_av]/[acr_us]',
  'kW.h',
  'W.h',
  'kcal',
  'MPa',
  'hPa',
  'mm[Hg]',
  'cm[H2O]',
  'mA.h',
  'C',
  'uS/cm',
  'S/m',
  'deg/s',
  'rad/s',
  '/min',
  'Hz',
  'kHz',
  '10*9/L',
  '10*3/uL',
  '10*6/mL',
  'W/m2',
  'J/(m2.s)',
  'N.m',
  'm2',
  'km2',
  'cm3',
  'dm3',
  '{rev}/min',
  'nm',
  'um',
  'ms',
  'us',
  'mmol/(L.h)',
  'U/L',
  'U/mL',
  'kat/L',
  'g/(m2.d)',
]

describe('unitConversion', () => {
  it('agrees with ucum-lhc on every pair of units that both know', () => {
    const units = [...[...UNIT_ATOMS.keys()].filter((code) => !CHINESE_ONLY.has(code) && !code.startsWith('10')), ...COMPOUND]
    let compared = 0
    for (const from of units) {
      for (const to of units) {
        const ours = unitConversion(from, to)
        if (!ours || from === to) continue
        for (const value of [36.6, -40, 1013.25]) {
          const theirs = oracle.convertUnitTo(from, value, to)
          expect(theirs.status, `${from} → ${to}`).toBe('succeeded')
          const expected = theirs.toVal as number
          expect(
            Math.abs(convertUnit(value, ours) - expected),
            `${value} ${from} → ${to}: ${convertUnit(value, ours)}, not ${expected}`,
          ).toBeLessThanOrEqual(1e-9 * Math.abs(expected) + 1e-12)
          compared++
        }
      }
    }
    expect(compared).toBeGreaterThan(1500)
  })

  it('refuses different dimensions and unknown units', () => {
    expect(unitConversion('kg', 'm')).toBeUndefined()
    expect(unitConversion('Cel', 'J')).toBeUndefined()
    expect(unitConversion('Hz', 's')).toBeUndefined()
    expect(unitConversion('furlong', 'm')).toBeUndefined()
    expect(unitConversion('kg/', 'kg')).toBeUndefined()
    expect(unitConversion('kg..m', 'kg.m')).toBeUndefined()
  })

  it('converts the Chinese units by their legal definitions', () => {
    const convert = (value: number, from: string, to: string): number => {
      const conversion = unitConversion(from, to)
      return conversion ? convertUnit(value, conversion) : Number.NaN
    }
    expect(convert(15, '亩', 'har')).toBe(1) // 15 mu = 1 ha
    expect(convert(2, '斤', 'kg')).toBe(1)
    expect(convert(10, '两', '斤')).toBe(1)
    expect(convert(2, '里', 'km')).toBe(1)
    expect(convert(500, '公斤/亩', 't/har')).toBe(7.5)
    expect(convert(98.6, '℉', '摄氏度')).toBe(37)
    expect(convert(120, '毫米汞柱', 'kPa')).toBe(15.99864)
    expect(convert(12.5, '%', '1')).toBe(0.125)
  })
})

describe('unitCode', () => {
  it.each([
    ['℃', 'Cel'],
    ['°C', 'Cel'],
    ['˚C', 'Cel'],
    ['degC', 'Cel'],
    ['摄氏度', 'Cel'],
    ['mmHg', 'mm[Hg]'],
    ['公顷', 'har'],
    ['ha', 'har'],
    ['km/h', 'km/h'],
    ['公里/小时', 'km/h'],
    ['㎡', 'm2'],
    ['µm', 'um'],
    ['L/min', 'L/min'],
    ['Celsius', 'Cel'],
    ['rpm', '/min'],
    ['％', '%'],
    ['kW.h', 'kW.h'],
    ['ug/m³', 'ug/m3'],
    ['nm', 'nm'],
    ['h', 'h'],
  ])('%s is %s', (spelling, code) => expect(unitCode(spelling)).toBe(code))

  it.each(['RMS', 'rH', '度', '分', 'x', '', '1', '2020', 'a b', 'WELLNUM', '10⁹/L'])('%s is no unit', (spelling) =>
    expect(unitCode(spelling)).toBeUndefined(),
  )

  it('takes hostile input in linear time', () => {
    const start = performance.now()
    for (const text of ['m'.repeat(100_000), '['.repeat(100_000), '/m'.repeat(50_000), '{'.repeat(100_000)])
      expect(unitCode(text)).toBeUndefined()
    expect(performance.now() - start).toBeLessThan(200)
  })
})
