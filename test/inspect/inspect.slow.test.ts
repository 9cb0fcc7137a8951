import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { DuckDBInstance } from '@duckdb/node-api'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import type { FieldProfile } from '../../src/ingest/index.ts'
import { type Inspection, inspect } from '../../src/inspect.ts'
import { contentsOf, emptyFolder, given, rawFolder, sharedFolder } from './raw-folder.ts'

const look = async (paths: readonly string[], more: { sample?: boolean; threads?: number } = {}): Promise<Inspection> =>
  given(await inspect({ paths, scratch: emptyFolder(), threads: 2, ...more }))

const tableOf = (inspection: Inspection, name: string) => {
  const found = inspection.tables.find((table) => table.name === name)
  if (!found) throw new Error(`no table ${name} among ${inspection.tables.map((table) => table.name).join(', ')}`)
  return found
}

interface OracleRow {
  readonly present: number
  readonly distinct: number
  readonly min: number | null
  readonly max: number | null
  readonly mean: number | null
}

/** What DuckDB says of a column of a delimited file; numbers only of numeric ones. */
async function oracleOf(file: string, column: string, isNumber: boolean): Promise<OracleRow> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  const name = `"${column.replaceAll('"', '""')}"`
  const value = isNumber ? `CAST(${name} AS DOUBLE)` : name
  const result = await connection.runAndReadAll(
    `SELECT count(${value})::DOUBLE, count(DISTINCT ${value})::DOUBLE, ${isNumber ? `min(${value}), max(${value}), avg(${value})` : 'NULL, NULL, NULL'}
     FROM read_csv('${file}', all_varchar = true, header = true, nullstr = ['', 'NA'])`,
  )
  const [present, distinct, min, max, mean] = result.getRows()[0] as (number | null)[]
  return { present: present ?? 0, distinct: distinct ?? 0, min: min ?? null, max: max ?? null, mean: mean ?? null }
}

function compare({ field, column, present, distinct, numbers }: FieldProfile, oracle: OracleRow): void {
  expect([column, present, distinct.count]).toEqual([column, oracle.present, oracle.distinct])
  if (field.type !== 'number' && field.type !== 'integer') return
  expect([column, numbers?.min ?? null, numbers?.max ?? null]).toEqual([column, oracle.min, oracle.max])
  expect(numbers?.mean).toBeCloseTo(oracle.mean ?? Number.NaN, 9)
}

describe('inspect on real data', () => {
  const finance = sharedFolder('05-finance')

  it.runIf(finance)('says of two credit tables what DuckDB says, and leaves the folder as it was', async () => {
    const folder = finance as string
    const before = contentsOf(folder)
    const inspection = await look([join(folder, 'germancredit'), join(folder, 'modeldata')])
    expect(contentsOf(folder)).toEqual(before)
    for (const [name, file, records] of [
      ['germancredit', 'germancredit/germancredit.csv', 720],
      ['lending_club', 'modeldata/lending_club.csv', 7_097],
    ] as const) {
      const { profile } = tableOf(inspection, name)
      expect(profile.records).toBe(records)
      for (const one of profile.fields.filter(({ field }) => field.type !== 'boolean'))
        compare(one, await oracleOf(join(folder, file), one.column, one.field.type !== 'category' && one.field.type !== 'text'))
    }
    const label = tableOf(inspection, 'germancredit').profile.fields.find(({ field }) => field.role === 'label')
    expect(label?.field.name).toBe('creditability')
  })

  const health = sharedFolder('03-healthcare')

  it.runIf(health)('tells encoding, language and exact copies of a GB18030 file', async () => {
    const inspection = await look([join(health as string, '样例_内科5000-6000.csv')])
    const [table] = inspection.tables
    expect(table?.encodings).toEqual([{ encoding: 'gb18030', files: 1 }])
    // Counted with Python: csv.reader over the file decoded as gb18030 gives 5,490 rows, 5,227 different ones.
    expect(table?.profile.records).toBe(5_490)
    expect(table?.profile.copies).toEqual({ count: 263, exact: true, standardError: 0 })
    const ask = table?.profile.fields.find(({ field }) => field.name === 'ask')
    expect(ask?.languages[0]).toMatchObject({ language: 'zh' })
  })
})

const SALES = [
  '时间,门店,金额,备注',
  ...Array.from(
    { length: 60 },
    (_, i) => `2024-03-01 08:${String(i).padStart(2, '0')},店${i % 3},${i * 10},${i === 7 ? '联系13912345678' : '正常'}`,
  ),
].join('\n')

describe('inspect on made files', () => {
  const folder = rawFolder({
    'a/sales.csv': iconv.encode(SALES, 'gbk'),
    'a/broken.bin': Uint8Array.of(0, 255, 1, 254, 0, 3, 250, 0, 9),
    'a/empty.csv': '',
    'b/events.jsonl.gz': gzipSync(Array.from({ length: 5 }, (_, i) => JSON.stringify({ id: i, kind: i % 2 ? 'x' : 'y' })).join('\n')),
  })

  it('counts files, tables and refusals, unpacks into the scratch folder alone', async () => {
    const before = contentsOf(folder)
    const scratch = emptyFolder()
    const inspection = given(await inspect({ paths: [folder], scratch, threads: 2 }))
    expect(contentsOf(folder)).toEqual(before)
    expect(readdirSync(scratch)).not.toEqual([])
    expect(inspection.refused.map(({ path, problem }) => [path, problem.code]).sort()).toEqual([
      ['a/broken.bin', 'ingest/format-unknown'],
      ['a/empty.csv', 'ingest/file-empty'],
    ])
    const sales = tableOf(inspection, 'sales')
    expect(sales.encodings).toEqual([{ encoding: 'gb18030', files: 1 }])
    expect(sales.records).toEqual({ count: 60, how: 'counted' })
    expect(sales.profile.time).toMatchObject({ step: { length: 60_000, share: 1 }, gaps: 0, backward: 0 })
    expect(sales.profile.fields.find(({ field }) => field.name === '备注')?.identifiers).toEqual([{ kind: 'phone', values: 1 }])
    expect(tableOf(inspection, 'events').profile.records).toBe(5)
  })

  it('takes several paths together and nothing else', async () => {
    const inspection = await look([join(folder, 'a/sales.csv'), join(folder, 'b')])
    expect(inspection.tables.map(({ name, paths }) => [name, paths]).sort()).toEqual([
      ['events', ['b/events.jsonl.gz!/events.jsonl']],
      ['sales', ['a/sales.csv']],
    ])
    expect(inspection.refused).toEqual([])
  })

  it('gives the same on one thread and on two', async () => {
    expect(JSON.stringify(await look([folder], { threads: 1 }))).toBe(JSON.stringify(await look([folder], { threads: 2 })))
  })

  it('says when it looked at samples alone', async () => {
    const rows = Array.from({ length: 100_000 }, (_, i) => `${i},${i % 5}`)
    const large = rawFolder({ 'large.csv': `n,m\n${rows.join('\n')}\n`, 'small.csv': 'k,w\n1,2\n' })
    const inspection = await look([large], { sample: true })
    expect(inspection.sampled).toBe(true)
    expect(tableOf(inspection, 'large').records.how).toBe('at-least')
    expect(tableOf(inspection, 'large').records.count).toBeLessThan(100_000)
    expect(tableOf(inspection, 'small').records).toEqual({ count: 1, how: 'counted' })
    expect(inspection.records.how).toBe('at-least')
  })

  it('tells the sector by the packs', async () => {
    const inspection = await look(['examples/finance/raw'])
    expect(inspection.packs[0]?.pack).toBe('finance')
    expect(inspection.packs[0]?.tables.find(({ schema }) => schema === 'loans')).toMatchObject({ found: 16, of: 16, absent: [] })
  })

  it('fails on what is not there, with the place', async () => {
    const outcome = await inspect({ paths: [join(folder, 'none')], scratch: emptyFolder() })
    expect(outcome.ok ? '' : outcome.problem.code).toBe('build/input-not-found')
    expect(outcome.ok ? '' : outcome.problem.message.en).toContain('none')
  })
})
