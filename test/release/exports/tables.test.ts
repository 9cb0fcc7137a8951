import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import canonicalize from 'canonicalize'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { recordHashes } from '../../../src/base/record/index.ts'
import { streamed, written } from '../export-texts.ts'
import { batchOf, idsOf, makeRelease, temporaryFolder } from '../make-release.ts'
import { ROWS, SENTENCES } from './made-tables.ts'

const release = makeRelease({ tables: [ROWS, SENTENCES] })

describe('jsonl', () => {
  it('gives each record as canonical JSON whose SHA-256 is its record hash', async () => {
    const lines = (await streamed(await release, 'jsonl', {}, ['rows'])).trimEnd().split('\n')
    const ids = idsOf(ROWS)
    const hashes = recordHashes(batchOf(ROWS.fields, ids, ROWS.rows)).map((hash) => hash.toString('hex'))
    expect(lines.map((line) => (JSON.parse(line) as { id: string }).id)).toEqual([ids[0], ids[2], ids[3], ids[1]])
    for (const line of lines) {
      const record = JSON.parse(line) as { id: string }
      expect(line).toBe(canonicalize(record))
      expect(createHash('sha256').update(line).digest('hex')).toBe(hashes[ids.indexOf(record.id)])
    }
  })

  it('streams all tables one after the other, and writes a file a table or a split', async () => {
    expect((await streamed(await release, 'jsonl')).trimEnd().split('\n').length).toBe(ROWS.rows.length + SENTENCES.rows.length)
    expect((await written(await release, 'jsonl')).paths).toEqual(['rows.jsonl', 'sentences.jsonl'])
    expect((await written(await release, 'jsonl', { splits: true })).paths).toEqual([
      'rows-test.jsonl',
      'rows-train.jsonl',
      'sentences-train.jsonl',
    ])
  })
})

/** Cells of a CSV file as DuckDB reads them. */
async function readCsv(text: string): Promise<(string | null)[][]> {
  const file = join(temporaryFolder(), 'x.csv')
  writeFileSync(file, text)
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  const result = await connection.run(
    `SELECT * FROM read_csv('${file}', all_varchar = true, header = false, delim = ',', quote = '"', escape = '"', new_line = '\\r\\n', nullstr = '', allow_quoted_nulls = false, max_line_size = 10000000)`,
  )
  return (await result.getRows()) as (string | null)[][]
}

describe('csv', () => {
  it('is read back by DuckDB, cell by cell', async () => {
    const rows = await readCsv(await streamed(await release, 'csv', {}, ['rows']))
    expect(rows[0]).toEqual(['id', ...ROWS.fields.map((field) => field.name)])
    expect(rows.slice(1).map((row) => row.slice(1))).toEqual([
      ['a,"b"\r\nc', '-1.5', '3', 'true', '2023-11-14T22:13:20.000Z', '1970-01-02', '{"k":[1,"x"]}', '良'],
      ['', null, null, null, null, null, null, null],
      ['＠cmd 中文 🌾', '0.1', '9007199254740991', 'true', '1969-12-31T23:59:59.999Z', '1969-12-31', '"@"', '未知'],
      ['=HYPERLINK("http://x")', '1e+21', '-7', 'false', '1970-01-01T00:00:00.000Z', '1970-01-01', 'null', '优'],
    ])
  })

  it('holds any texts', async () => {
    const text = fc.option(fc.oneof(fc.string({ unit: 'grapheme' }), fc.stringMatching(/^[",\r\n;\t' =a]{0,6}$/)))
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 12 }), async (cells) => {
        const fields = [
          { name: 'a', type: 'text' },
          { name: 'b', type: 'category' },
        ] as const
        const folder = await makeRelease({ tables: [{ name: 't', fields, rows: cells.map(([a, b]) => ({ a, b })) }] })
        const rows = await readCsv(await streamed(folder, 'csv'))
        // DuckDB takes U+0000 for the end of a text.
        fc.pre(!cells.flat().some((cell) => cell?.includes('\0')))
        expect(rows.slice(1).map((row) => row.slice(1))).toEqual(cells)
      }),
      { numRuns: 25 },
    )
  })

  it('begins with a byte order mark when asked', async () => {
    expect((await streamed(await release, 'csv', { bom: true }, ['rows'])).startsWith('\ufeffid,note')).toBe(true)
  })

  it('neutralises what a spreadsheet would run, in texts and names, and leaves numbers alone', async () => {
    const texts = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '  =1', '＝1', '＋1', '－1', '＠x', 'a=1', '1-1', '', '中文']
    const fields = [
      { name: '=name', type: 'text' },
      { name: 'n', type: 'number' },
    ] as const
    const folder = await makeRelease({ tables: [{ name: 't', fields, rows: texts.map((text) => ({ '=name': text, n: -2 })) }] })
    const rows = await readCsv(await streamed(folder, 'csv', { safeFormulas: true }))
    expect(rows[0]?.[1]).toBe("'=name")
    for (const [i, text] of texts.entries()) {
      expect(rows[i + 1]?.[1], text).toBe(i < 11 ? `'${text}` : text)
      expect(rows[i + 1]?.[2]).toBe('-2')
    }
  })
})
