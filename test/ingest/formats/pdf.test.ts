import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import pdf from '../../../src/ingest/formats/pdf.ts'
import { hasSharedData, readBytes, readShared, sniffBytes } from '../reading.ts'

/** A PDF by ISO 32000 written here: each page is the content of its stream. */
function pdfOf(pages: readonly string[], title = ''): Buffer {
  const image = '<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>stream\nx\nendstream'
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    `<</Type/Pages/Count ${pages.length}/Kids[${pages.map((_, i) => `${6 + 2 * i} 0 R`).join(' ')}]>>`,
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
    image,
    `<</Title(${title})>>`,
  ]
  for (const [i, content] of pages.entries()) {
    objects.push(
      `<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Resources<</Font<</F1 3 0 R>>/XObject<</Im1 4 0 R>>>>/Contents ${7 + 2 * i} 0 R>>`,
    )
    objects.push(`<</Length ${content.length}>>stream\n${content}\nendstream`)
  }
  let text = '%PDF-1.4\n'
  const offsets = objects.map((object, i) => {
    const at = text.length
    text += `${i + 1} 0 obj\n${object}\nendobj\n`
    return at
  })
  const table = text.length
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('')}`
  return Buffer.from(`${text}trailer\n<</Size ${objects.length + 1}/Root 1 0 R/Info 5 0 R>>\nstartxref\n${table}\n%%EOF\n`, 'latin1')
}

const words = (...lines: string[]): string => `BT /F1 12 Tf 10 150 Td ${lines.map((line) => `(${line}) Tj 0 -20 Td`).join(' ')} ET`
const SCAN = 'q 200 0 0 200 0 0 cm /Im1 Do Q'

describe('pdf', () => {
  it('gives a record a page and reports scanned and blank pages', async () => {
    const { rows, broken } = await readBytes(pdf, 'a.pdf', pdfOf([words('First line', 'Second line'), SCAN, '', words('Last')], 'Pumps'))
    expect(rows).toEqual([
      { title: 'Pumps', page: 1, text: 'First line\nSecond line' },
      { title: 'Pumps', page: 4, text: 'Last' },
    ])
    expect(broken.map(({ place, problem }) => [place, problem.code, problem.facts['found']])).toEqual([
      [2, 'ingest/page-without-text', 1],
      [3, 'ingest/page-without-text', 0],
    ])
  })

  it.runIf(hasSharedData)('reads the text layer of a scanned bulletin (5 objects of /Type/Page, counted with Python)', async () => {
    const { rows, broken } = await readShared(pdf, '02-agriculture/agridat/Minn 2 clip 1922.pdf')
    expect([rows.length, broken.length]).toEqual([5, 0])
    expect(rows[0]?.['text']).toContain('TECHNICAL BULLETIN NO. 96')
    expect(rows[2]?.['text']).toContain('YIELDS')
  })

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['a header alone', Buffer.from('%PDF-1.4\n')],
    ['text', Buffer.from('hello')],
  ])('refuses %s', async (_, bytes) => {
    expect((await readBytes(pdf, 'a.pdf', bytes)).problem?.code).toBe('ingest/file-truncated')
  })

  it('takes a damaged file without a crash', async () => {
    const good = pdfOf([words('a'), SCAN])
    await fc.assert(
      fc.asyncProperty(fc.nat(good.length - 1), fc.nat(255), async (at, byte) => {
        const bytes = Buffer.from(good)
        bytes[at] = byte
        await readBytes(pdf, 'a.pdf', bytes)
        await readBytes(pdf, 'a.pdf', good.subarray(0, at))
      }),
      { numRuns: 60 },
    )
  }, 30_000)

  it('is certain by its magic', () => {
    expect(sniffBytes(pdf, 'a', '%PDF-1.7\n')).toBe(1)
    expect(sniffBytes(pdf, 'a.pdf', 'hello')).toBe(0)
  })
})
