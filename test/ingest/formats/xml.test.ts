import fc from 'fast-check'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import xml from '../../../src/ingest/formats/xml.ts'
import { hasSharedData, readBytes, readShared, sniffBytes } from '../reading.ts'

describe.runIf(hasSharedData)('xml on real files', () => {
  it('reads argument pairs with their five votes', async () => {
    const { rows } = await readShared(xml, '11-label-noise-crowd/UKPConvArg1/ban-plastic-water-bottles_no-bad-for-the-economy.xml')
    // grep -c '<annotatedArgumentPair>' and '<mTurkAssignment>'
    expect(rows.length).toBe(378)
    const votes = rows.flatMap((row) => row['mTurkAssignments/mTurkAssignment'] as { turkID: string; value: string }[])
    expect(votes.length).toBe(1889)
    expect(votes.every((vote) => vote.turkID !== '' && ['a1', 'a2', 'equal'].includes(vote.value))).toBe(true)
    expect(rows[0]).toMatchObject({ id: 'arg219298_arg219206', 'arg1/author': 'danieljf', 'arg1/voteUpCount': '1' })
  })

  it('reads XBRL facts with their periods and units', async () => {
    const { rows, broken } = await readShared(xml, '05-finance/sec_filings/AAPL-Xbrl.2013.xml')
    // grep -o contextRef= | wc -l; the value by grep -o '<us-gaap:Assets [^/]*'.
    expect([rows.length, broken.length]).toEqual([831, 0])
    const assets = rows.filter(
      (row) => row['concept'] === 'us-gaap:Assets' && row['end_date'] === '2013-06-29' && row['dimensions'] === null,
    )
    expect(assets[0]).toMatchObject({ value: '199856000000', unit: 'USD', start_date: null, entity: '0000320193' })
  })

  it.each([
    ['05-finance/sec_filings/NPORT.Dupree.xml', 'records', 55],
    ['05-finance/sec_filings/D.1685REIT.xml', 'records', 14],
    ['07-autonomous-driving/opendrive/fabriksgatan.xodr', 'records', 16],
    ['07-autonomous-driving/opendrive/cut-in.xosc', 'tree', 1],
    ['03-healthcare/ccda/CCD.xml', 'document', 1],
    ['04-education/openstax-physics/m54165/index.cnxml', 'document', 1],
  ])('%s: %s', async (path, mode, nRecords) => {
    const { parameters, rows } = await readShared(xml, path)
    expect([parameters['mode'], rows.length]).toEqual([mode, nRecords])
  })

  it('gives clinical documents as readable text without embedded files', async () => {
    const { rows } = await readShared(xml, '03-healthcare/ccda/CDA_with_Embedded_PDF.xml')
    expect(rows[0]).toMatchObject({ root: 'ClinicalDocument', title: 'Personal Advance Care Document', attachments: ['application/pdf'] })
    expect(String(rows[0]?.['text']).length).toBeLessThan(2000)
    const note = await readShared(xml, '03-healthcare/ccda/Progress_Note.xml')
    expect(note.rows[0]?.['text']).toContain('ALLERGIES AND ADVERSE REACTIONS\nSubstance\tReaction')
  })
})

const items = (n: number): string =>
  Array.from({ length: n }, (_, i) => `<item id="${i}"><名称>泵${i}</名称><tag>a</tag>${i === 3 ? '<tag>b</tag>' : ''}</item>`).join('\n')

describe('xml', () => {
  it('makes repeated children a list in every record', async () => {
    const { rows, places } = await readBytes(xml, 'a.xml', `<?xml version="1.0"?>\n<list>\n${items(6)}\n</list>`)
    expect(rows.length).toBe(6)
    expect(rows[3]).toEqual({ '@id': '3', 名称: '泵3', tag: ['a', 'b'] })
    expect(rows[4]).toEqual({ '@id': '4', 名称: '泵4', tag: ['a'] })
    expect(places).toEqual([3, 4, 5, 6, 7, 8])
  })

  it('joins the text of mixed content and reads CDATA', async () => {
    const row = '<r><t>The <b>red</b>\n pump</t><c><![CDATA[a < b]]></c></r>'
    const { rows } = await readBytes(xml, 'a.xml', `<l>${row.repeat(6)}</l>`, { mode: 'records', record: 'l/r' })
    expect(rows[0]).toEqual({ t: 'The red pump', c: 'a < b' })
  })

  it.each(['gb18030', 'utf-16le', 'big5'])('reads %s by declaration or by its bytes', async (encoding) => {
    const name = encoding === 'big5' ? '幫浦' : '水泵'
    const text = `<?xml version="1.0" encoding="${encoding}"?>\n<l>${`<r><n>${name}</n></r>`.repeat(6)}</l>`
    expect((await readBytes(xml, 'a.xml', iconv.encode(text, encoding))).rows[5]).toEqual({ n: name })
  })

  it('takes blank lines before the declaration', async () => {
    const { rows, places } = await readBytes(xml, 'a.xml', `\n<?xml version="1.0"?>\n<l>\n${items(5)}</l>`)
    expect([rows.length, places[0]]).toEqual([5, 4])
  })
})

describe('xml on bad input', () => {
  it('keeps the records before the cut of a truncated file', async () => {
    const whole = `<l>${items(50)}</l>`
    const { rows, problem } = await readBytes(xml, 'a.xml', whole.slice(0, whole.length - 30))
    expect(rows.length).toBe(49)
    expect(problem?.code).toBe('ingest/file-truncated')
  })

  it.each([
    ['billion laughs', '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><x>&b;</x>', 'ingest/xml-entities'],
    ['files by entities', '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>', 'ingest/xml-entities'],
    ['100,000 deep', '<a>'.repeat(100_000), 'ingest/nesting-too-deep'],
    ['wrong tags', '<a><b></a></b>', 'ingest/xml-wrong'],
    ['no XML', 'hello', 'ingest/xml-wrong'],
    ['nothing', '', 'ingest/file-empty'],
    ['blanks', ' \n ', 'ingest/file-empty'],
  ])('%s', async (_, text, code) => {
    expect((await readBytes(xml, 'a.xml', text)).problem?.code).toBe(code)
  })

  it('breaks the record with undecodable bytes, and no other', async () => {
    const bad = Buffer.concat([
      Buffer.from('<l>'),
      ...[0, 1, 2, 3, 4, 5].map((i) => Buffer.from(`<r><n>é${i === 2 ? '~' : ''}</n></r>\n`)),
      Buffer.from('</l>'),
    ])
    bad[bad.indexOf('~')] = 0xff
    const { rows, broken } = await readBytes(xml, 'a.xml', bad)
    expect(rows.length).toBe(5)
    expect(broken).toMatchObject([{ place: 3, problem: { code: 'ingest/text-undecodable', facts: { found: 'ff' } } }])
  })

  it('takes any bytes without a crash', async () => {
    const marks = fc.string({
      unit: fc.constantFrom('<', '>', '/', 'a', '"', '=', '&', ';', '!', '?', '-', '[', ']', ' ', '\n'),
      maxLength: 80,
    })
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.uint8Array({ maxLength: 200 }), marks),
        async (content) => void (await readBytes(xml, 'a.xml', content)),
      ),
      { numRuns: 300 },
    )
  })

  it('is sure of XML only', () => {
    expect(sniffBytes(xml, 'a.xml', '<?xml version="1.0"?><a/>')).toBe(0.9)
    expect(sniffBytes(xml, 'a.txt', '<SEC-DOCUMENT>0001.txt')).toBe(0)
    expect(sniffBytes(xml, 'a.xml', Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0, 1]))).toBe(0)
  })
})
