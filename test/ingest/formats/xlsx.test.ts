import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { valueAt } from '../../../src/ingest/format.ts'
import xlsx from '../../../src/ingest/formats/xlsx.ts'
import { zipBytes } from '../archives.ts'
import { hasSharedData, readBytes, readShared, sniffBytes } from '../reading.ts'

/** Rows below the header, sum of numbers and count of texts in them, by openpyxl 3.1.5 (data_only, read_only) under Python 3.11. */
const REAL: readonly [path: string, rows: number, sum: number, texts: number][] = [
  ['02-agriculture/agridat/minnesota.barley.yield.xlsx', 614, 2016733.4, 1228],
  ['02-agriculture/agridat/acorsi.grayleafspot.xlsx', 36, 22.35, 36],
  ['02-agriculture/agridat/obsi.potato.xlsx', 112, 9122.15, 0],
  ['09-biomanufacturing/bletl/Metadata.xlsx', 188, 0, 861],
  ['09-biomanufacturing/PyEnzyme/EnzymeML_Validation_Template.xlsx', 100, 0, 700],
  ['09-biomanufacturing/pyFOOMB/example08_data02.xlsx', 7, 455.484, 0],
]

describe.runIf(hasSharedData)('xlsx on real files', () => {
  it.each(REAL)('%s has the values that openpyxl reads', async (path, nRows, sum, nTexts) => {
    const { rows, batches, broken } = await readShared(xlsx, path)
    const values = batches.flatMap((batch) => batch.columns.flat())
    const numbers = values.filter((value) => typeof value === 'number')
    expect([rows.length, broken.length]).toEqual([nRows, 0])
    expect(Math.round(numbers.reduce((total, value) => total + value, 0) * 1000) / 1000).toBe(sum)
    expect(values.filter((value) => typeof value === 'string').length).toBe(nTexts)
  })

  it('names years, and the columns of merged headers, in the order of the sheet', async () => {
    const barley = await readShared(xlsx, '02-agriculture/agridat/minnesota.barley.yield.xlsx')
    expect(barley.batches.map((batch) => batch.part)).toEqual(['1893-1921', '1922-1926', '1927-1931', '1932-1936', '1937-1941'])
    expect(barley.batches[1]?.names).toEqual(['site', 'gen', 'CI', '1922', '1923', '1924', '1925', '1926'])
    const reaction = await readShared(xlsx, '09-biomanufacturing/pyFOOMB/example08_data02.xlsx')
    expect(reaction.batches[0]?.names).toEqual(['time', 'A/values', 'A/errors', 'B/values', 'B/errors', 'C/values', 'C/errors'])
  })
})

const MAIN =
  'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'

/** A workbook by ISO/IEC 29500 written here. Styles: 0 plain, 1 date, 2 custom `yyyy"年"m"月"d"日"`, 3 time, 4 custom `0.00"m"`. */
function workbook(sheets: Readonly<Record<string, string>>, { is1904 = false, strings = [] as string[] } = {}): Buffer {
  const names = Object.keys(sheets)
  return zipBytes([
    {
      name: 'xl/workbook.xml',
      data: `<workbook ${MAIN}><workbookPr date1904="${is1904 ? 1 : 0}"/><sheets>${names.map((name, i) => `<sheet name="${name}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`).join('')}</sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      data: `<Relationships>${names.map((_, i) => `<Relationship Id="rId${i + 1}" Target="worksheets/sheet${i + 1}.xml"/>`).join('')}</Relationships>`,
    },
    {
      name: 'xl/styles.xml',
      data: `<styleSheet ${MAIN}><numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/><numFmt numFmtId="165" formatCode="0.00&quot;m&quot;"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="20"/><xf numFmtId="165"/></cellXfs></styleSheet>`,
    },
    { name: 'xl/sharedStrings.xml', data: `<sst ${MAIN}>${strings.map((text) => `<si>${text}</si>`).join('')}</sst>` },
    ...names.map((name, i) => ({ name: `xl/worksheets/sheet${i + 1}.xml`, data: `<worksheet ${MAIN}>${sheets[name]}</worksheet>` })),
  ])
}

const text = (ref: string, value: string): string => `<c r="${ref}" t="inlineStr"><is><t>${value}</t></is></c>`
const number = (ref: string, value: number, style = 0): string => `<c r="${ref}" s="${style}"><v>${value}</v></c>`
const row = (r: number, ...cells: string[]): string => `<row r="${r}">${cells.join('')}</row>`

describe('xlsx', () => {
  it('fills merged cells, skips title rows and reads rows of units', async () => {
    const data = [5, 6, 7].map((r) => row(r, text(`B${r}`, r === 5 ? '一号线' : ''), number(`C${r}`, r), number(`D${r}`, r / 2))).join('')
    const sheet = `<sheetData>${row(1, text('B1', '日报'))}${row(3, text('B3', '产线'), text('C3', '温度'))}${row(4, text('C4', '平均'), text('D4', '最高'))}${data}</sheetData><mergeCells><mergeCell ref="B1:D1"/><mergeCell ref="B3:B4"/><mergeCell ref="C3:D3"/><mergeCell ref="B5:B7"/></mergeCells>`
    const { rows, places, parameters } = await readBytes(xlsx, 'a.xlsx', workbook({ 日报: sheet }))
    expect(parameters['sheets']).toMatchObject([{ name: '日报', firstRow: 3, headerRows: 2, firstColumn: 1 }])
    expect(rows).toEqual([5, 6, 7].map((r) => ({ 产线: '一号线', '温度/平均': r, '温度/最高': r / 2 })))
    expect(places).toEqual([5, 6, 7])
  })

  it('reads dates by the format of the cell, cached formulas, booleans, and errors as missing', async () => {
    const header = row(1, ...['d', 'zh', 't', 'm', 'f', 'e', 'b', 's'].map((name, i) => text(`${'ABCDEFGH'[i]}1`, name)))
    const cells = [
      number('A2', 45658, 1),
      number('B2', 45658.5, 2),
      number('C2', 0.75, 3),
      number('D2', 2.5, 4),
      '<c r="E2"><f>1+1</f><v>2</v></c>',
      '<c r="F2" t="e"><v>#REF!</v></c>',
      '<c r="G2" t="b"><v>1</v></c>',
      '<c r="H2" t="s"><v>0</v></c>',
    ]
    const sheet = `<sheetData>${header}${row(2, ...cells)}</sheetData>`
    const strings = ['<r><t>东</t></r><r><t>京</t></r><rPh sb="0" eb="2"><t>トウキョウ</t></rPh>']
    const { rows } = await readBytes(xlsx, 'a.xlsx', workbook({ S: sheet }, { strings }))
    // 45658 is 2025-01-01 (Excel: =DATE(2025,1,1)).
    expect(rows[0]).toEqual({
      d: new Date('2025-01-01'),
      zh: new Date('2025-01-01T12:00:00Z'),
      t: '18:00:00',
      m: 2.5,
      f: 2,
      e: null,
      b: true,
      s: '东京',
    })
    const old = await readBytes(xlsx, 'a.xlsx', workbook({ S: sheet }, { strings, is1904: true }))
    expect(old.rows[0]?.['d']).toEqual(new Date('2029-01-02'))
  })

  it('makes each sheet a part and leaves empty ones out', async () => {
    const sheet = (n: number): string =>
      `<sheetData>${row(1, text('A1', 'x'), text('B1', 'y'))}${row(2, number('A2', n), number('B2', n))}</sheetData>`
    const { batches } = await readBytes(xlsx, 'a.xlsx', workbook({ 甲: sheet(1), 空: '<sheetData/>', 乙: sheet(2) }))
    expect(batches.map((batch) => [batch.part, valueAt(batch.columns[0], 0), batch.ordinals])).toEqual([
      ['甲', 1, [0]],
      ['乙', 2, [1]],
    ])
  })

  it.each([
    ['nothing', Buffer.alloc(0), 'ingest/file-truncated'],
    ['a workbook without records', workbook({ S: '<sheetData/>' }), 'ingest/file-empty'],
    ['a cut file', workbook({ S: '<sheetData/>' }).subarray(0, 300), 'ingest/file-truncated'],
    ['Excel 97', Buffer.from('d0cf11e0a1b11ae1000000000000000000', 'hex'), 'ingest/office-file-old'],
    [
      'an encrypted workbook',
      Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.from('EncryptedPackage', 'utf16le')]),
      'ingest/file-encrypted',
    ],
    ['a bomb', workbook({ S: `<sheetData>${' '.repeat(100 << 20)}</sheetData>` }), 'ingest/archive-too-large'],
  ])('reports %s', async (_, bytes, code) => {
    expect((await readBytes(xlsx, 'a.xlsx', bytes)).problem?.code).toBe(code)
  })

  it('refuses a sheet whose declared size is a lie', async () => {
    const good = workbook({ S: `<sheetData>${row(1, number('A1', 1))}</sheetData>` })
    const at = good.lastIndexOf('xl/worksheets/sheet1.xml') - 22
    good.writeUInt32LE(10, at)
    expect((await readBytes(xlsx, 'a.xlsx', good)).problem?.code).toBe('ingest/file-truncated')
  })

  it('takes a damaged file without a crash', async () => {
    const good = workbook({ S: `<sheetData>${row(1, text('A1', 'x'))}${row(2, number('A2', 1))}</sheetData>` })
    await fc.assert(
      fc.asyncProperty(fc.nat(good.length - 1), fc.nat(255), async (at, byte) => {
        const bytes = Buffer.from(good)
        bytes[at] = byte
        await readBytes(xlsx, 'a.xlsx', bytes)
      }),
      { numRuns: 200 },
    )
  })

  it('is surer of workbooks than the zip format is', () => {
    expect(sniffBytes(xlsx, 'a', workbook({ S: '' }))).toBeGreaterThan(0.95)
    expect(sniffBytes(xlsx, 'a.xlsx', 'a,b\n1,2\n')).toBe(0)
  })
})
