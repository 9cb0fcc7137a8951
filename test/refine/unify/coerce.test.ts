import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Field } from '../../../src/base/record/index.ts'
import type { CodeEntry } from '../../../src/refine/unify/code-spellings.ts'
import { codeSpellings } from '../../../src/refine/unify/code-spellings.ts'
import type { Coerced } from '../../../src/refine/unify/coerce.ts'
import { coerceBatch, coercionProblem } from '../../../src/refine/unify/coerce.ts'
import { assumptionsOf, decideCoercion } from '../../../src/refine/unify/coercion-decision.ts'
import { inferFields } from '../../../src/refine/unify/infer-schema.ts'
import { readDelimited, sharedFile } from '../shared-data.ts'

const idsOf = (n: number): string[] => Array.from({ length: n }, (_, i) => `r-${i}`)

async function coerce(
  field: Field,
  values: readonly unknown[],
  codeLists: Readonly<Record<string, readonly CodeEntry[]>> = {},
): Promise<Coerced> {
  const decided = await decideCoercion([field], { [field.name]: values }, codeLists, 'table')
  if (!decided.ok) throw new Error(decided.problem.message.en)
  return coerceBatch(
    { ids: idsOf(values.length), names: [field.name], columns: [values] },
    { fields: [field], mapping: {}, decisions: decided.value },
  )
}
const valuesOf = ({ batch }: Coerced): unknown[] =>
  [...batch.columns.values()].flatMap(({ values }) => Array.from(values as ArrayLike<unknown>))
const rejections = ({ rejected }: Coerced): string[] => rejected.map(({ id, reason, found }) => `${id} ${reason} ${found}`)

describe('coerceBatch', () => {
  it('reads numbers as written in one column', async () => {
    const result = await coerce({ name: 'x', type: 'number' }, [
      '1,234.5',
      '１２',
      '(3)',
      4,
      '三百',
      '12.5%',
      '-',
      null,
      Number.NaN,
      true,
      '<0.5',
      'trace',
      {},
      '36.5℃',
    ])
    expect(valuesOf(result)).toEqual([1234.5, 12, -3, 4, 300, 12.5, Number.NaN, Number.NaN, Number.NaN, 1])
    expect(rejections(result)).toEqual([
      'r-10 refine/not-a-number <0.5',
      'r-11 refine/not-a-number trace',
      'r-12 refine/not-a-number {}',
      'r-13 refine/not-a-number 36.5℃',
    ])
  })

  it('decides the decimal mark by the column', async () => {
    expect(valuesOf(await coerce({ name: 'x', type: 'number' }, ['1.234', '0,5']))).toEqual([1234, 0.5])
    expect(valuesOf(await coerce({ name: 'x', type: 'number' }, ['1,234', '0.5']))).toEqual([1234, 0.5])
  })

  it('converts units: declared, written behind the value, percent to share', async () => {
    expect(valuesOf(await coerce({ name: 't', type: 'number', unit: 'Cel', rawUnit: '[degF]' }, ['98.6', 212, '37℃']))).toEqual([
      37, 100, 37,
    ])
    expect(valuesOf(await coerce({ name: 'y', type: 'number', unit: 't/har', rawUnit: '公斤/亩' }, ['500']))).toEqual([7.5])
    expect(valuesOf(await coerce({ name: 'p', type: 'number', unit: '1' }, ['12.5%', '0.3']))).toEqual([0.125, 0.3])
    expect(valuesOf(await coerce({ name: 'p', type: 'number', unit: '%' }, ['12.5%', '3']))).toEqual([12.5, 3])
    expect(valuesOf(await coerce({ name: 'w', type: 'number', unit: 'kg' }, ['3kg', '500 g', '4']))).toEqual([3, 0.5, 4])
    expect(rejections(await coerce({ name: 'w', type: 'number', unit: 'kg' }, ['3m']))).toEqual(['r-0 refine/not-a-number 3m'])
  })

  it('falls back to the UCUM reference implementation, and refuses what no unit is', async () => {
    expect(valuesOf(await coerce({ name: 'v', type: 'number', unit: 'J', rawUnit: 'erg' }, ['1e7']))).toEqual([1])
    const decided = await decideCoercion([{ name: 'v', type: 'number', unit: 'J', rawUnit: 'kg' }], {}, {}, 'table t')
    expect(decided).toMatchObject({
      ok: false,
      problem: { code: 'refine/unit-not-convertible', facts: { at: 'table t', field: 'v', found: 'kg', expected: 'J' } },
    })
  })

  it('reads integers, and rejects fractions and what a float cannot hold', async () => {
    const result = await coerce({ name: 'n', type: 'integer' }, ['12', '3.0', '1,200', '2.5', '12345678901234567890'])
    expect(valuesOf(result)).toEqual([12, 3, 1200])
    expect(rejections(result)).toEqual(['r-3 refine/not-an-integer 2.5', 'r-4 refine/not-an-integer 12345678901234567890'])
  })

  it('reads moments by the column’s order, epochs and Excel days', async () => {
    expect(
      valuesOf(await coerce({ name: 'd', type: 'date' }, ['05/03/2024', '25/03/2024 14:30', new Date('2024-01-02T03:04:05Z'), '不详'])),
    ).toEqual([Date.UTC(2024, 2, 5), Date.UTC(2024, 2, 25), Date.UTC(2024, 0, 2), Number.NaN])
    expect(valuesOf(await coerce({ name: 't', type: 'timestamp' }, ['1709600400', 1709600460]))).toEqual([
      Date.UTC(2024, 2, 5, 1),
      Date.UTC(2024, 2, 5, 1, 1),
    ])
    expect(valuesOf(await coerce({ name: 't', type: 'timestamp', rawUnit: 'd' }, [45356.5, '45356']))).toEqual([
      Date.UTC(2024, 2, 5, 12),
      Date.UTC(2024, 2, 5),
    ])
    expect(valuesOf(await coerce({ name: 'd', type: 'date' }, [20240305, '民国113年3月5日']))).toEqual([
      Date.UTC(2024, 2, 5),
      Date.UTC(2024, 2, 5),
    ])
    expect(rejections(await coerce({ name: 'd', type: 'date' }, ['2023-02-29', 'soon']))).toEqual([
      'r-0 refine/not-a-date 2023-02-29',
      'r-1 refine/not-a-date soon',
    ])
  })

  it('reads truth values, JSON, media', async () => {
    const truths = await coerce({ name: 'b', type: 'boolean' }, ['是', 'No', true, 0, '1', '无', '-', 'maybe', 2])
    expect(valuesOf(truths)).toEqual([1, 0, 1, 0, 1, 0, Number.NaN])
    expect(rejections(truths)).toEqual(['r-7 refine/not-a-boolean maybe', 'r-8 refine/not-a-boolean 2'])
    const json = await coerce({ name: 'j', type: 'json' }, [{ b: 1, a: [2] }, '{"b": 1, "a": 2}', '{oops', 'plain', null])
    expect(valuesOf(json)).toEqual(['{"a":[2],"b":1}', '{"a":2,"b":1}', '"plain"', null])
    expect(rejections(json)).toEqual(['r-2 refine/not-json {oops'])
    const name = `${'0a'.repeat(32)}.png`
    expect(rejections(await coerce({ name: 'm', type: 'media' }, [name, 'photo.png', null]))).toEqual(['r-1 refine/not-media photo.png'])
  })

  it('keeps texts as they are, and turns codes, names and aliases into codes', async () => {
    expect(valuesOf(await coerce({ name: 's', type: 'text' }, [' a ', '无', 'NA', 3, { a: 1 }, false]))).toEqual([
      ' a ',
      '无',
      null,
      '3',
      '{"a":1}',
      'false',
    ])
    const list = {
      sex: [
        { code: '1', zh: '男', en: 'male', aliases: ['M', '男性'] },
        { code: '2', zh: '女', en: 'female', aliases: ['F'] },
      ],
    }
    const result = await coerce(
      { name: 'sex', type: 'category', codeList: 'sex' },
      ['男', 'ＦＥＭＡＬＥ', ' m', '1.0', 2, '未知', 'x', '', 'NA'],
      list,
    )
    expect(valuesOf(result)).toEqual(['1', '2', '1', '1', '2', null, null])
    expect(result.rejected.map(({ id, found, expected }) => [id, found, expected])).toEqual([
      ['r-5', '未知', '1 | 2'],
      ['r-6', 'x', '1 | 2'],
    ])
    expect(valuesOf(await coerce({ name: 'country', type: 'category', codes: ['NA', 'CN'] }, ['na', 'CN']))).toEqual(['NA', 'CN'])
  })

  it('rejects a record once, with its first fault, and explains it', () => {
    const fields: Field[] = [
      { name: 'a', type: 'integer' },
      { name: 'b', type: 'number', required: true, from: ['B'] },
      { name: 'c', type: 'text' },
    ]
    const raw = {
      ids: idsOf(4),
      names: ['a', 'B'],
      columns: [
        ['1', 'x', '3', ''],
        ['1.5', 'y', '', '2'],
      ],
    }
    const { batch, rejected } = coerceBatch(raw, { fields, mapping: {}, decisions: {} })
    expect(batch.ids).toEqual(['r-0', 'r-3'])
    expect(batch.columns.get('c')?.values).toEqual([null, null])
    expect(rejected.map(({ id, field, reason }) => [id, field, reason])).toEqual([
      ['r-1', 'a', 'refine/not-a-number'],
      ['r-2', 'b', 'refine/required-missing'],
    ])
    const [first] = rejected
    if (first)
      expect(coercionProblem(first, 'x.csv row 2').message).toEqual({
        en: 'x.csv row 2: "x" in field "a" is no number; expected integer.',
        zh: 'x.csv row 2：字段“a”的值“x”不是数值；应为 integer。',
      })
  })

  it('gives each record exactly one fate, whatever the values', () => {
    const value = fc.oneof(
      fc.string(),
      fc.double(),
      fc.constantFrom(null, undefined, '', 'NA', '2024-03-05', 'yes'),
      fc.jsonValue(),
      fc.bigInt(),
      fc.date(),
      fc.boolean(),
    )
    const type = fc.constantFrom(...(['text', 'category', 'integer', 'number', 'boolean', 'timestamp', 'date', 'json', 'media'] as const))
    fc.assert(
      fc.property(fc.array(value, { maxLength: 20 }), type, fc.boolean(), (values, of, required) => {
        const ids = idsOf(values.length)
        const { batch, rejected } = coerceBatch(
          { ids, names: ['x'], columns: [values] },
          { fields: [{ name: 'x', type: of, required }], mapping: {}, decisions: {} },
        )
        expect([...batch.ids, ...rejected.map(({ id }) => id)].sort()).toEqual(ids.toSorted())
      }),
      { numRuns: 500 },
    )
  })
})

describe('codeSpellings', () => {
  it('put codes before names before aliases, and drop what is ambiguous', () => {
    const entries = [
      { code: 'A', zh: '甲', en: 'b', aliases: ['x', 'y'] },
      { code: 'B', zh: '乙', en: 'second', aliases: ['x', '甲'] },
    ]
    expect(codeSpellings(entries)).toEqual({ a: 'A', b: 'B', 甲: 'A', 乙: 'B', second: 'B', y: 'A' })
  })
})

describe('assumptionsOf', () => {
  it('says what the data left open', async () => {
    const fields: Field[] = [
      { name: 'd', type: 'timestamp' },
      { name: 'x', type: 'number' },
    ]
    const decided = await decideCoercion(fields, { d: ['05/03/2024 10:00'], x: ['1,234'] }, {}, 'table')
    if (!decided.ok) throw new Error('refused')
    const notes = fields.flatMap((field) => assumptionsOf(field, decided.value[field.name] ?? {}))
    expect(notes.map(({ en }) => en)).toEqual([
      'd: 1 dates leave the order of day and month open; read as month/day/year after 0 dates that tell it.',
      'd: some times name no zone and were taken as UTC.',
      'x: 1 values such as 1,234 do not tell the decimal mark; "." was taken.',
    ])
  })
})

describe('real tables', () => {
  it.each([
    ['01-industrial-manufacturing/NAB/machine_temperature_system_failure.csv', '', 22695],
    ['01-industrial-manufacturing/SKAB/anomaly-free/anomaly-free.csv', ", delim=';'", 9405],
    ['01-industrial-manufacturing/modeldata/chem_proc_yield.csv', '', 126],
    ['05-finance/germancredit/germancredit.csv', '', 720],
    ['05-finance/modeldata/lending_club.csv', '', 7097],
    ['02-agriculture/agridat/barrero.maize.csv', '', 14568],
    ['02-agriculture/agridat/george.wheat.csv', '', 13996],
    ['11-label-noise-crowd/weather-sentiment/weather-non-agg-DFE.csv', '', 20000],
  ])('%s loses no record, and as many values as DuckDB casts', async (path, options, records) => {
    const file = sharedFile(path)
    if (!file) return
    const { names, columns } = await readDelimited(file, options)
    const fields = inferFields(names, columns)
    const samples = Object.fromEntries(fields.map(({ name }, i) => [name, columns[i] as unknown[]]))
    const decided = await decideCoercion(fields, samples, {}, path)
    if (!decided.ok) throw new Error('refused')
    const { batch, rejected } = coerceBatch({ ids: idsOf(records), names, columns }, { fields, mapping: {}, decisions: decided.value })
    expect(rejected).toEqual([])
    expect(batch.ids.length).toBe(records)
    for (const [i, { name, type }] of fields.entries()) {
      const column = batch.columns.get(name)
      if (column?.kind !== 'number' || type === 'boolean' || type === 'timestamp' || type === 'date') continue
      const expected = (columns[i] as (string | null)[]).map((text) => (text === null || text === 'NA' ? Number.NaN : Number(text)))
      expect(Array.from(column.values), name).toEqual(expected)
    }
  })
})

describe('speed', () => {
  it('types plain numbers at 50 MB of cells a second or more', () => {
    const cells = Array.from({ length: 200_000 }, (_, i) => String(((i * 7919) % 100_003) / 1000)) // 5 to 7 characters
    const bytes = cells.reduce((sum, cell) => sum + cell.length + 1, 0)
    const plan = { fields: [{ name: 'x', type: 'number' } as Field], mapping: {}, decisions: {} }
    const raw = { ids: idsOf(cells.length), names: ['x'], columns: [cells] }
    let best = 0
    for (let run = 0; run < 8; run++) {
      const start = performance.now()
      coerceBatch(raw, plan)
      best = Math.max(best, bytes / 1e6 / ((performance.now() - start) / 1000))
    }
    process.stderr.write(`coerceBatch: ${best.toFixed(0)} MB/s of plain numeric cells\n`)
    expect(best).toBeGreaterThan(50)
  })
})
