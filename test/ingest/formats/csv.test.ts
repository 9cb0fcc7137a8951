import { createHash } from 'node:crypto'
import fc from 'fast-check'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import type { ByteSource } from '../../../src/base/store/index.ts'
import csv from '../../../src/ingest/formats/csv.ts'
import { hasSharedData, readBytes, readShared, readSource, sniffBytes } from '../reading.ts'

/**
 * Rows, columns and the first 16 digits of SHA-256 over all values (joined by U+001F and line feeds, short rows filled up) from Python
 * 3.11: `csv.reader(io.StringIO(text, newline=''), delimiter=…)` on the text decoded with the encoding named.
 */
const REAL: readonly [path: string, encoding: string, rows: number, columns: number, digest: string][] = [
  ['01-industrial-manufacturing/NAB/machine_temperature_system_failure.csv', 'utf-8', 22695, 2, '9da6a2a7194a6ab7'],
  ['01-industrial-manufacturing/SKAB/valve1/1.csv', 'utf-8', 1145, 11, '8abed9229227c56f'],
  ['02-agriculture/agridat/barrero.maize.csv', 'utf-8', 14568, 21, 'ac24742b98234ad6'],
  ['03-healthcare/样例_内科5000-6000.csv', 'gb18030', 5490, 4, 'b8bfe1d290c1ed8b'],
  ['05-finance/Fin-Eval/金融逻辑/保险属性抽取.csv', 'utf-8', 386, 8, 'f68b50eb091e4547'],
  ['05-finance/sec_filings/nike_10Q_facts.csv', 'utf-8', 1383, 8, 'e415997dda878d4d'],
  ['11-label-noise-crowd/crowdspeech/crowdspeech-test-clean-crowd.tsv', 'utf-8', 18340, 3, '8dd907c82dc3bdaa'],
  ['11-label-noise-crowd/weather-sentiment/weather-non-agg-DFE.csv', 'utf-8', 20000, 10, '1c7fd027dfc300a5'],
  ['12-weak-supervision/SMS/spam.csv', 'utf-8', 5571, 2, 'c77b889a0319e1c2'],
]

describe.runIf(hasSharedData)('csv on real files', () => {
  it.each(REAL)('%s has the values that Python reads', async (path, encoding, nRows, nColumns, digest) => {
    const { rows, broken, parameters, batches } = await readShared(csv, path)
    expect(parameters).toMatchObject({ encoding, headerRows: 1 })
    expect([rows.length, batches[0]?.names.length, broken.length]).toEqual([nRows, nColumns, 0])
    const text = rows
      .map((row) =>
        Object.values(row)
          .map((value) => value ?? '')
          .join('\u001f'),
      )
      .join('\n')
    expect(createHash('sha256').update(text).digest('hex').slice(0, 16)).toBe(digest)
  })

  it('finds the table below the settings of BioLector files', async () => {
    // Line numbers and row counts by grep -n READING / awk over the files.
    const first = await readShared(csv, '09-biomanufacturing/bletl/BL1/rj-cg-res_20170927_084112.csv')
    expect(first.parameters).toMatchObject({ encoding: 'windows-1252', delimiter: ';', skipLines: 21 })
    expect(first.batches[0]?.names.slice(5, 10)).toEqual(['TIME [h]', 'AMPLITUDE', 'PHASE', 'ACT TEMP [°C]', 'ACT HUMIDITY [rH]'])
    expect([first.rows.length, first.broken.length]).toEqual([26365, 0])
    const pro = await readShared(csv, '09-biomanufacturing/bletl/BLPro/18-HM_CoryneBatch-HM-2018-04-26-07-27-33.csv')
    expect(pro.parameters).toMatchObject({ skipLines: 2303, nColumns: 44, shortRows: 'missing' })
    expect(pro.rows.length).toBe(18781 - 1 - 2304)
    expect(pro.broken.map((record) => record.place)).toEqual([18781, 18782])
  })

  it.each([
    ['11-label-noise-crowd/active-crowd-toolkit/SP.csv', 27746, 4],
    ['11-label-noise-crowd/BarzanMozafari/labels.txt', 5000, 3],
    ['02-agriculture/agri_kg/labels.txt', 4042, 2],
    ['12-weak-supervision/SMS/rule.txt', 73, 3],
  ])('%s has no header (wc -l: %i)', async (path, nRows, nColumns) => {
    const { rows, parameters, broken } = await readShared(csv, path)
    expect(parameters).toMatchObject({ headerRows: 0, nColumns })
    expect([rows.length, broken.length]).toEqual([nRows, 0])
  })
})

describe('csv quoting and line ends', () => {
  it('reads doubled quotation marks, line breaks in values, and CRLF', async () => {
    const { rows, places } = await readBytes(csv, 'a.csv', 'id,text\r\n1,"a ""b""\r\nc"\r\n2,"d, e" \r\n3,x "y"\r\n')
    expect(rows.map((row) => row['text'])).toEqual(['a "b"\r\nc', 'd, e', 'x "y"'])
    expect(places).toEqual([2, 4, 5])
  })

  it('reads files of classic Mac OS', async () => {
    const { rows } = await readBytes(csv, 'a.csv', 'id,v\r1,2\r3,4\r')
    expect(rows).toEqual([
      { id: '1', v: '2' },
      { id: '3', v: '4' },
    ])
  })

  it('reports a row with too many or too few fields and goes on', async () => {
    const { rows, broken } = await readBytes(csv, 'a.csv', 'a,b,c\n1,2,3\n1,2\n1,2,3,4\n4,5,6,,\n7,,\n')
    expect(rows.map((row) => row['a'])).toEqual(['1', '4', '7'])
    expect(broken.map(({ place, problem }) => [place, problem.code, problem.facts['found'], problem.facts['expected']])).toEqual([
      [3, 'ingest/field-count-differs', 2, 3],
      [4, 'ingest/field-count-differs', 4, 3],
    ])
  })

  it('resumes on the line after a quotation mark that is never closed', async () => {
    const { rows, broken } = await readBytes(csv, 'a.csv', 'a,b\n1,2\n3,"open\n4,5\n6,7\n')
    expect(rows.map((row) => row['a'])).toEqual(['1', '4', '6'])
    expect(broken).toMatchObject([{ place: 3, problem: { code: 'ingest/quotes-wrong' } }])
  })

  it('bounds an open quotation mark before 20 MiB of rows', async () => {
    const tail = '1234567,7654321\n'.repeat(1_400_000)
    const { rows, broken } = await readBytes(csv, 'a.csv', `a,b\n"open,2\n${tail}`)
    expect([rows.length, broken.length]).toEqual([1_400_000, 1])
  })

  it('passes over one line of 200 MB in bounded memory', async () => {
    const { rows, broken } = await readSource(csv, longLineSource(200))
    expect(rows).toEqual([
      { a: '1', b: '2' },
      { a: '5', b: '6' },
    ])
    expect(broken).toMatchObject([{ place: 3, problem: { code: 'ingest/record-too-large' } }])
  })

  it('reports a header that comes again', async () => {
    const { rows, broken } = await readBytes(csv, 'a.csv', 'a,b\n1,2\na,b\n3,4\n')
    expect(rows.length).toBe(2)
    expect(broken).toMatchObject([{ place: 3, problem: { code: 'ingest/header-repeated' } }])
  })

  it('refuses 100,001 columns', async () => {
    const wide = `${Array.from({ length: 100_001 }, (_, i) => `c${i}`).join(',')}\n${'1,'.repeat(100_000)}1\n`
    const { problem, rows } = await readBytes(csv, 'a.csv', wide)
    expect(problem).toMatchObject({ code: 'ingest/too-many-columns', facts: { found: 100_001 } })
    expect(rows).toEqual([])
  })

  it('gives back any table that was written with quotation marks', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'é', '汉', '"', ',', '\n', '\r', ' ', ';', '7', '😀'), minLength: 1, maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 20 }), async (table) => {
        const written = table.map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(',')).join('\n')
        const { rows, broken } = await readBytes(csv, 'a.csv', `id,text\n${written}\n`, SIMPLE)
        const kept = table.filter((row) => row.some((value) => value.trim() !== ''))
        expect(rows.map((row) => [row['id'], row['text']])).toEqual(kept)
        expect(broken).toEqual([])
      }),
    )
  })
})

const SIMPLE = {
  encoding: 'utf-8',
  delimiter: ',',
  quote: '"',
  lineEnd: 'lf',
  skipLines: 0,
  headerRows: 1,
  hasUnitRow: false,
  hasRowNames: false,
  nColumns: 2,
  comment: '',
  shortRows: 'broken',
}

/** A file whose third line is of `megabytes` × 1 MiB; no such buffer is ever held. */
function longLineSource(megabytes: number): ByteSource {
  const start = Buffer.from('a,b\n1,2\n')
  const end = Buffer.from('x\n5,6\n')
  const filler = Buffer.alloc(1 << 20, 'x')
  return {
    path: 'long.csv',
    pin: '',
    failure: undefined,
    size: start.length + megabytes * filler.length + end.length,
    read: async (offset, length) => (offset === 0 ? Buffer.concat([start, filler]).subarray(0, length) : filler.subarray(0, length)),
    async *stream() {
      yield start
      for (let i = 0; i < megabytes; i++) yield filler
      yield end
    },
    localPath: async () => '',
    close: async () => {},
  }
}

describe('csv headers', () => {
  it('names columns of several header rows and of a row of units', async () => {
    const text = '编号,温度,,压力,\n,平均,最大,平均,最大\n,℃,℃,kPa,kPa\n1,20.5,21,101,102\n2,20.6,22,101,103\n3,20.7,22,100,101\n'
    const { batches, rows, parameters } = await readBytes(csv, 'a.csv', text)
    expect(parameters).toMatchObject({ headerRows: 2, hasUnitRow: true })
    expect(batches[0]?.names).toEqual(['编号', '温度/平均 [℃]', '温度/最大 [℃]', '压力/平均 [kPa]', '压力/最大 [kPa]'])
    expect(rows.length).toBe(3)
  })

  it.each<[what: string, text: string, names: string[], nRows: number]>([
    ['duplicated names', 'x,x,x_2\n1,2,3\n4,5,6\n', ['x', 'x_2', 'x_2_2'], 2],
    ['no header', '1,2\n3,4\n', ['column_1', 'column_2'], 2],
    ['remarks above', '# by logger 7\n# 2024\ntime,v\n1,2\n2,3\n# end\n', ['time', 'v'], 2],
    ['a header behind #', '# time;v\n1;2\n2;3\n', ['time', 'v'], 2],
    ['the title of the table', '设备台账,,\n名称,型号,数量\n泵,A1,3\n阀,B2,4\n', ['名称', '型号', '数量'], 2],
    ['years', 'country,2019,2020,2021\nCN,1,2,3\nDE,4,5,6\n', ['country', '2019', '2020', '2021'], 2],
    ['row names of R', 'a b\nr1 1 2\nr2 3 4\nr3 5 6\n', ['row_name', 'a', 'b'], 3],
    ['text alone', '科室,问题\n内科,高血压能吃什么\n外科,骨折以后多久能走路\n', ['科室', '问题'], 2],
    ['one column', 'text\nhello there\nwell, well, well\nbye, you\nyes\n', ['text'], 4],
    ['European numbers', 'zeit;wert\n1,5;2,25\n1,75;2,5\n', ['zeit', 'wert'], 2],
    ['bars', 'a|b\n1|2\n3|4\n', ['a', 'b'], 2],
  ])('%s', async (_, text, names, nRows) => {
    const { batches, rows, broken } = await readBytes(csv, 'a.csv', text)
    expect(batches[0]?.names).toEqual(names)
    expect([rows.length, broken.length]).toEqual([nRows, 0])
  })
})

describe('csv encodings', () => {
  const text = '姓名,年龄,城市\n张三,20,北京\n李四,31,上海\n'
  const expected = [
    { 姓名: '张三', 年龄: '20', 城市: '北京' },
    { 姓名: '李四', 年龄: '31', 城市: '上海' },
  ]

  it.each(['utf8', 'utf16le', 'utf16be', 'gb18030', 'gbk'])('%s, with and without a mark', async (encoding) => {
    for (const addBOM of [false, encoding.startsWith('utf')]) {
      const { rows } = await readBytes(csv, 'a.csv', iconv.encode(text, encoding, { addBOM }))
      expect(rows).toEqual(expected)
    }
  })

  it('reads lines of GB 18030 in a UTF-8 file and reports what is neither', async () => {
    const lines = [Buffer.from('id,名称\n1,水泵\n2,阀门\n'), iconv.encode('3,变压器\n', 'gbk'), Buffer.from('4,a\xf0b\n', 'latin1')]
    const { rows, broken } = await readBytes(csv, 'a.csv', Buffer.concat(lines))
    expect(rows.map((row) => row['名称'])).toEqual(['水泵', '阀门', '变压器'])
    expect(broken).toMatchObject([{ place: 5, problem: { code: 'ingest/text-undecodable', facts: { found: 'f0' } } }])
  })

  it('cuts NUL padding off and reports NUL inside a value', async () => {
    const { rows, broken } = await readBytes(csv, 'a.csv', 'id,v\n1,a\0\0\n2,b\0\0c\n3,d\n')
    expect(rows.map((row) => row['v'])).toEqual(['a', 'd'])
    expect(broken).toMatchObject([{ place: 3, problem: { code: 'ingest/text-holds-nul', facts: { found: 2 } } }])
  })
})

describe('csv on bad input', () => {
  it.each([
    ['nothing', ''],
    ['blank lines', '\n\n\r\n'],
    ['a header alone', 'id,name\n'],
  ])('%s is an empty file', async (_, text) => {
    expect((await readBytes(csv, 'a.csv', text)).problem).toMatchObject({ code: 'ingest/file-empty' })
  })

  it('takes any bytes without a crash', async () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 400 }),
      fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', ';', '\t', 'a', '1', '\0'), maxLength: 400 }).map((s) => Buffer.from(s)),
    )
    await fc.assert(
      fc.asyncProperty(bytes, async (content) => void (await readBytes(csv, 'a.csv', content))),
      { numRuns: 300 },
    )
  })

  it('is not sure of prose, JSON and binary data', () => {
    expect(sniffBytes(csv, 'a.csv', Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0, 1, 2, 3]))).toBe(0)
    expect(sniffBytes(csv, 'a.txt', 'First, a line.\nThen, another, longer line.\nNo comma here\n')).toBe(0)
    expect(sniffBytes(csv, 'a.txt', '{"a":1,"b":2}\n{"a":1,"b":2}\n{"a":1,"b":2}\n')).toBe(0)
    expect(sniffBytes(csv, 'a.txt', 'x\ty\n1\t2\n3\t4\n')).toBeGreaterThan(0.5)
  })
})
