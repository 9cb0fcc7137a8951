import { describe, expect, it } from 'vitest'
import { readHeader } from '../../../src/refine/unify/header.ts'

describe('readHeader', () => {
  it.each([
    ['温度(℃)', '温度', 'Cel'],
    ['温度（℃）', '温度', 'Cel'],
    ['Temp [degC]', 'Temp', 'Cel'],
    ['flow_L/min', 'flow', 'L/min'],
    ['TIME [h]', 'TIME', 'h'],
    ['EX [nm]', 'EX', 'nm'],
    ['ACT O2 [%]', 'ACT O2', '%'],
    ['pressure_kPa', 'pressure', 'kPa'],
    ['Speed (km/h)', 'Speed', 'km/h'],
    ['duration_in_month', 'duration', 'mo'],
    ['age_in_years', 'age', 'a'],
    ['收缩压(毫米汞柱)', '收缩压', 'mm[Hg]'],
    ['亩产（公斤/亩）', '亩产', 'kg/亩'],
    ['PM2.5 (µg/m³)', 'PM2.5', 'ug/m3'],
    ['weight, kg', 'weight', 'kg'],
  ])('%s is %s in %s', (name, base, unit) => expect(readHeader(name)).toMatchObject({ base, unit }))

  // Names of real columns (SKAB, germancredit, bletl, lending_club) that hold no unit, and traps.
  it.each([
    'Volume Flow RateRMS',
    'Accelerometer1RMS',
    'Thermocouple',
    'installment_rate_in_percentage_of_disposable_income',
    'ACT HUMIDITY [rH]',
    'emp_length',
    'temp_min',
    'emp_lt_1',
    'status (new)',
    'total_bal_il',
    'class_a',
    'open_il_12m',
    'foreign_worker',
    'grade (1-5)',
    'tweet_id',
    '成绩(分)',
    'a/b',
    'input/output',
  ])('%s has no unit', (name) => expect(readHeader(name)).toMatchObject({ base: name, unit: undefined }))

  it('splits into words', () => {
    expect(readHeader('TreeHeight_max 2').words).toEqual(['tree', 'height', 'max', '2'])
    expect(readHeader('患者ID').words).toEqual(['患者', 'id'])
    expect(readHeader('_unit_id_').words).toEqual(['unit', 'id'])
  })
  it('is linear on hostile input', () => {
    const start = performance.now()
    for (const name of ['('.repeat(1e5), '_'.repeat(1e5), `a${' '.repeat(198)}`, 'a_'.repeat(99), 'x in '.repeat(39)]) readHeader(name)
    expect(performance.now() - start).toBeLessThan(300)
  })
})
