import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fieldNames, inferFields } from '../../../src/refine/unify/infer-schema.ts'
import { readDelimited, sharedFile } from '../shared-data.ts'

const infer = (name: string, values: readonly unknown[]): string => {
  const [field] = inferFields([name], [values])
  return `${field?.type}${field?.unit ? ` [${field.unit}]` : ''}`
}
const times = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i))

describe('types', () => {
  it.each([
    ['x', ['1', '2', '3'], 'integer'],
    ['x', ['1', '2.0'], 'number'],
    ['x', ['1,234', '5,678.9'], 'number'],
    ['x', ['1.234,5', '7'], 'number'],
    ['x', ['3.5万', '1200'], 'number'],
    ['x', ['¥1,200', '¥300'], 'integer'],
    ['占比', ['12.5%', '3%'], 'number [%]'],
    ['体温', ['36.5℃', '37.1℃'], 'number [Cel]'],
    ['w', ['3kg', '5kg', '500g'], 'number [kg]'],
    ['温度(℃)', ['36.5', '37'], 'number [Cel]'],
    ['x', ['12.5%', '0.1'], 'text'],
    ['code', ['0012', '0345', '7890'], 'text'],
    ['acc', ['6222021234567890123', '6222021234567890124'], 'text'],
    ['x', ['1', '-', 'NA', '未知', '2'], 'integer'],
    ['flag', ['yes', 'no', 'yes'], 'boolean'],
    ['flag', ['是', '否'], 'boolean'],
    ['flag', ['true', 'true'], 'boolean'],
    ['flag', ['yes', 'yes'], 'text'],
    ['flag', ['0', '1'], 'integer'],
    ['d', ['2024-03-05', '2024/3/6'], 'date'],
    ['d', ['2024-03-05 10:00', ''], 'timestamp'],
    ['d', ['5.3.2024', '25.3.2024'], 'date'],
    ['日期', ['20240305', '20240306'], 'date'],
    ['n', ['20240305', '20240306'], 'integer'],
    ['timestamp', ['1709600000', '1709600060'], 'timestamp'],
    ['amount', ['1709600000', '1709600060'], 'integer'],
    ['d', ['民国113年3月5日', '民国113年3月6日'], 'date'],
    ['a', ['abc', '1', '2'], 'text'],
    ['a', [{ b: 1 }, [2]], 'json'],
    ['a', [true, false], 'boolean'],
    ['a', [1, 2.5], 'number'],
    ['a', [1, 2], 'integer'],
    ['a', [new Date('2024-03-05'), new Date('2024-03-06T10:00:00Z')], 'timestamp'],
    ['a', [new Date('2024-03-05')], 'date'],
    ['a', [{ media: new Uint8Array(1), extension: 'png' }], 'media'],
    ['a', [], 'text'],
    ['a', ['', null, undefined, 'NA'], 'text'],
    ['a', [1, 'x'], 'text'],
    ['grade', ['一', '二', '三'], 'text'],
    ['date', [20240305, 20240306], 'integer'],
  ])('%s %j is %s', (name, values, expected) => expect(infer(name, values)).toBe(expected))

  it('is numeric with 2 % of errors, and text with words in it or with more', () => {
    expect(infer('x', [...times(98, String), '<0.5', 'trace'])).toBe('integer')
    expect(infer('x', [...times(97, String), '<0.5', 'trace', 'ERR'])).toBe('text')
    expect(infer('x', [...times(99, String), 'gravel'])).toBe('text')
  })

  it('tells categories from texts by repetition and length', () => {
    expect(
      infer(
        'kind',
        times(40, (i) => ['oak', 'elm', 'ash'][i % 3]),
      ),
    ).toBe('category')
    expect(
      infer(
        'kind',
        times(40, (i) => `oak ${i}`),
      ),
    ).toBe('text')
    expect(infer('kind', ['oak', 'elm', 'ash'])).toBe('text')
    expect(
      infer(
        'kind',
        times(40, (i) => 'oak and elm '.repeat(9) + (i % 3)),
      ),
    ).toBe('text')
  })

  it('do not depend on the order of rows', () => {
    const value = fc.oneof(
      fc.constantFrom('1', '2.5', '1,234', '05/03/2024', '25/03/2024', 'oak', '', 'NA', '<1', '12%', '3kg'),
      fc.integer(),
      fc.boolean(),
    )
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 40 }), (values) => {
        const sorted = values.toSorted((a, b) => (String(a) < String(b) ? -1 : 1))
        expect(inferFields(['x'], [sorted])).toEqual(inferFields(['x'], [values]))
      }),
      { numRuns: 500 },
    )
  })
})

describe('names and roles', () => {
  it('keep the raw name, trimmed, and stay unique', () => {
    expect(fieldNames(['\ufeff id ', 'M', 'M', '', 'e\u0301'])).toEqual(['id', 'M', 'M_2', 'column_4', 'é'])
    expect(inferFields([' id '], [['1']])[0]).toMatchObject({ name: 'id', from: [' id '] })
  })

  it('need `required` only where the sample is complete', () => {
    expect(
      inferFields(
        ['a', 'b', 'c'],
        [
          ['1', '2'],
          ['1', '-'],
          ['1', null],
        ],
      ).map(({ required }) => required),
    ).toEqual([true, undefined, undefined])
  })

  it('propose roles', () => {
    const n = 40
    const fields = inferFields(
      ['记录编号', '采集时间', 'device_id', '内容', '备注', 'split', '类别'],
      [
        times(n, (i) => `R${i}`),
        times(n, (i) => `2024-03-05 10:00:${String(i).padStart(2, '0')}`),
        times(n, (i) => `dev${i % 4}`),
        times(n, (i) => `第${i}条记录，设备运行时出现了异常的振动与噪声。`),
        times(n, (i) => `见附件 ${i}`),
        times(n, (i) => (i % 2 ? 'train' : 'test')),
        times(n, (i) => `类${i % 3}`),
      ],
    )
    expect(fields.map(({ role }) => role)).toEqual(['identifier', 'time', 'group', 'text', 'note', 'split', 'label'])
  })
})

// What the columns are is written in SOURCES.md and in the data sets' own documentation; read there, not from our output.
describe('real tables', () => {
  it.each([
    ['01-industrial-manufacturing/NAB/machine_temperature_system_failure.csv', '', { timestamp: 'timestamp time', value: 'number' }],
    [
      '01-industrial-manufacturing/SKAB/valve1/0.csv',
      ", delim=';'",
      {
        datetime: 'timestamp time',
        Pressure: 'number',
        'Volume Flow RateRMS': 'number',
        Temperature: 'number',
        anomaly: 'integer label',
        changepoint: 'number',
      },
    ],
    [
      '05-finance/germancredit/germancredit.csv',
      '',
      {
        duration_in_month: 'integer [mo]',
        age_in_years: 'integer [a]',
        creditability: 'category label',
        foreign_worker: 'boolean',
        purpose: 'category',
        credit_amount: 'integer',
      },
    ],
    [
      '05-finance/modeldata/lending_club.csv',
      '',
      { funded_amnt: 'integer', int_rate: 'number', term: 'category', Class: 'category label', emp_length: 'category' },
    ],
    ['02-agriculture/agridat/barrero.maize.csv', '', { year: 'integer', loc: 'category', yield: 'number', lodged: 'integer' }],
    ['02-agriculture/deepweeds/labels.csv', '', { Filename: 'text identifier', Label: 'integer label', Species: 'category' }],
    [
      '05-finance/sec_filings/fund_data.csv',
      '',
      { CIK: 'category', filing_date: 'date time', Fund: 'text text', accession_number: 'text' },
    ],
    ['12-weak-supervision/SMS/train.csv', '', { v1: 'category label', v2: 'text text' }],
    [
      '09-biomanufacturing/PyEnzyme/alcohol_degradation.tsv',
      ", delim='\t'",
      { ethanol: 'number', time: 'number time', id: 'category group' },
    ],
    [
      '11-label-noise-crowd/weather-sentiment/weather-evaluated-agg-DFE.csv',
      '',
      { _unit_id_: 'integer identifier', sentiment: 'category label', tweet_body: 'text text', golden: 'boolean' },
    ],
  ])('%s', async (path, options, expected) => {
    const file = sharedFile(path)
    if (!file) return
    const { names, columns } = await readDelimited(file, options)
    const fields = inferFields(names, columns)
    const found = Object.fromEntries(
      fields.map(({ name, type, role, unit }) => [name, [type, role, unit && `[${unit}]`].filter(Boolean).join(' ')]),
    )
    expect(found).toMatchObject(expected)
  })
})
