import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import docx from '../../../src/ingest/formats/docx.ts'
import { zipBytes } from '../archives.ts'
import { readBytes, sniffBytes } from '../reading.ts'

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
const TYPES = `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`
const RELATIONS = `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`
const STYLES = `<?xml version="1.0"?><w:styles ${W}><w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style></w:styles>`
const STYLE_RELATION = `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>`

/** A Word document by ISO/IEC 29500 written here. */
const documentOf = (body: string): Buffer =>
  zipBytes([
    { name: '[Content_Types].xml', data: TYPES },
    { name: '_rels/.rels', data: RELATIONS },
    { name: 'word/document.xml', data: `<?xml version="1.0" encoding="UTF-8"?><w:document ${W}><w:body>${body}</w:body></w:document>` },
    { name: 'word/_rels/document.xml.rels', data: STYLE_RELATION },
    { name: 'word/styles.xml', data: STYLES },
  ])

const p = (text: string, style = ''): string =>
  `<w:p>${style ? `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>` : ''}<w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`
const cell = (text: string): string => `<w:tc>${p(text)}</w:tc>`

describe('docx', () => {
  it('gives title, headings, paragraphs and tables as lines', async () => {
    const body = `${p('检修规程', '1')}${p('先关阀，')}${p('后停泵。')}<w:tbl><w:tr>${cell('名称')}${cell('值')}</w:tr><w:tr>${cell('泵')}${cell('2')}</w:tr></w:tbl>`
    const { rows } = await readBytes(docx, 'a.docx', documentOf(body))
    expect(rows).toEqual([{ title: '检修规程', text: '检修规程\n先关阀，\n后停泵。\n名称\t值\n泵\t2' }])
  })

  it.each([
    ['nothing', Buffer.alloc(0), 'ingest/file-truncated'],
    ['an empty document', documentOf(''), 'ingest/file-empty'],
    ['a cut file', documentOf(p('x')).subarray(0, 400), 'ingest/file-truncated'],
    ['a zip without the document', zipBytes([{ name: 'word/other.xml', data: '<a/>' }]), 'ingest/file-truncated'],
    ['an old document', Buffer.from('d0cf11e0a1b11ae1000000000000000000', 'hex'), 'ingest/office-file-old'],
    ['a bomb', zipBytes([{ name: 'word/document.xml', data: Buffer.alloc(100 << 20, ' ') }]), 'ingest/archive-too-large'],
  ])('reports %s', async (_, bytes, code) => {
    expect((await readBytes(docx, 'a.docx', bytes)).problem?.code).toBe(code)
  })

  it('takes a damaged file without a crash', async () => {
    const good = documentOf(p('泵'))
    await fc.assert(
      fc.asyncProperty(fc.nat(good.length - 1), fc.nat(255), async (at, byte) => {
        const bytes = Buffer.from(good)
        bytes[at] = byte
        await readBytes(docx, 'a.docx', bytes)
      }),
    )
  })

  it('is surer of Word documents than the zip format is', () => {
    expect(sniffBytes(docx, 'a.zip', documentOf(''))).toBeGreaterThan(0.95)
    expect(sniffBytes(docx, 'a.zip', zipBytes([{ name: 'a.csv', data: 'x' }]))).toBe(0)
  })
})
