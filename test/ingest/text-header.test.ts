import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import csv from '../../src/ingest/formats/csv.ts'
import { isHeaderName } from '../../src/ingest/header-words.ts'
import { HELD_OUT, type HeaderTable, TUNED } from './header-tables.ts'
import { readBytes } from './reading.ts'

/** Tables that are taken wrongly with their header, or without it. */
async function mistaken(tables: readonly HeaderTable[]): Promise<string[]> {
  const wrong: string[] = []
  for (const { what, file, header, rows } of tables) {
    const headerRows = async (lines: readonly string[]): Promise<unknown> =>
      (await readBytes(csv, `a.${file}`, `${lines.join('\n')}\n`)).parameters['headerRows']
    if ((await headerRows([header, ...rows])) !== 1) wrong.push(`${what}, with its header`)
    if ((await headerRows(rows)) !== 0) wrong.push(`${what}, without`)
  }
  return wrong
}

describe('the header of a table of text alone', () => {
  it('is told in all tables that the rules were made with', async () => {
    expect(TUNED.length).toBe(23)
    expect(await mistaken(TUNED)).toEqual([])
  })

  // On the same 92 files: csv.Sniffer of Python 3 is right in 56, DuckDB 1.5 in 46 (it takes every first row of text for a header).
  it('is told in nearly all that were left alone', async () => {
    expect(HELD_OUT.length).toBe(23)
    expect((await mistaken(HELD_OUT)).length).toBeLessThanOrEqual(1)
  })

  it('is a row of names even above one row', async () => {
    const { rows } = await readBytes(csv, 'a.csv', 'filename,path\nc.txt,/tmp/c.txt\n')
    expect(rows).toEqual([{ filename: 'c.txt', path: '/tmp/c.txt' }])
    expect((await readBytes(csv, 'a.csv', '张三,上海\n')).rows).toEqual([{ column_1: '张三', column_2: '上海' }])
  })

  it('costs time in proportion to its cells', async () => {
    const start = performance.now()
    await readBytes(csv, 'a.csv', `${'name-like text, '.repeat(3000)}\n`.repeat(20))
    expect(performance.now() - start).toBeLessThan(3000)
  })
})

interface PackFields {
  readonly schemas: Readonly<
    Record<string, { readonly fields: readonly { readonly name: string; readonly type: string; readonly from?: readonly string[] }[] }>
  >
}

describe('names of columns', () => {
  it('are nearly all known: those of texts and categories in the packs', () => {
    const packs = readdirSync('packs').map((id) => parse(readFileSync(`packs/${id}/pack.yaml`, 'utf8')) as PackFields)
    const names = packs.flatMap((pack) =>
      Object.values(pack.schemas).flatMap(({ fields }) =>
        fields.filter(({ type }) => type === 'text' || type === 'category').flatMap(({ name, from }) => [name, ...(from ?? [])]),
      ),
    )
    expect(names.length).toBeGreaterThan(300)
    const unknown = names.filter((name) => !isHeaderName(name))
    expect(unknown.length, unknown.join(', ')).toBeLessThanOrEqual(0.05 * names.length)
  })
})
