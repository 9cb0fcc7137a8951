import fc from 'fast-check'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import html from '../../../src/ingest/formats/html.ts'
import { hasSharedData, readBytes, readShared, sniffBytes } from '../reading.ts'

describe.runIf(hasSharedData)('html on real files', () => {
  it('keeps every row of a page of tables', async () => {
    const { rows } = await readShared(html, '05-finance/sec_filings/OracleTable.html')
    expect(rows[0]?.['text']).toContain('March 1, 2024—March 31, 2024\t0.4')
    expect(rows[0]?.['text']).toContain('Total\t1.2')
  })

  it('reads a filing as lines', async () => {
    const { rows } = await readShared(html, '05-finance/sec_filings/1800Flowers.8-K.html')
    expect(rows[0]?.['text']).toContain('FORM 8-K\nCURRENT REPORT')
    expect(rows[0]?.['text']).toContain('Delaware\t0-26841\t11-3117311')
  })
})

const paragraph = '泵的振动在凌晨三点超过报警值，值班员检查了轴承温度，并在四点恢复运行。记录显示温度在此之前已缓慢上升两小时。'
const menu = `<nav>${Array.from({ length: 30 }, (_, i) => `<a href="/${i}">栏目${i}</a>`).join(' ')}</nav>`
const article = `<article><h1>一次停机的经过</h1>${`<p>${paragraph}</p>`.repeat(12)}</article>`

describe('html', () => {
  it('leaves menus and scripts out of the main text', async () => {
    const { rows } = await readBytes(
      html,
      'a.html',
      `<!doctype html><html><head><title>停机 - 站点</title><style>p{}</style></head><body>${menu}${article}<script>var x = 1</script><footer>版权所有</footer></body></html>`,
    )
    expect(rows[0]?.['title']).toBe('停机 - 站点')
    const text = String(rows[0]?.['text'])
    expect(text.split('\n').filter((line) => line === paragraph).length).toBe(12)
    expect(text).not.toMatch(/栏目|var x|版权/)
  })

  it.each([
    ['a fragment', '<p>一</p><p>二</p>', '一\n二'],
    ['a table', '<table><tr><th>名称</th><th>值</th></tr><tr><td><p>泵</p></td><td>2</td></tr></table>', '名称\t值\n泵\t2'],
    ['entities and breaks', 'a&nbsp;&amp; b<br>c<!-- no -->', 'a & b\nc'],
  ])('%s', async (_, text, expected) => {
    expect((await readBytes(html, 'a.html', text)).rows[0]?.['text']).toBe(expected)
  })

  it('reads the declared encoding', async () => {
    const page = iconv.encode('<html><head><meta charset="gb2312"><title>水泵</title></head><body><p>阀门</p></body></html>', 'gbk')
    expect((await readBytes(html, 'a.html', page)).rows).toEqual([{ title: '水泵', text: '阀门' }])
  })

  it('takes a page 20,000 elements deep', async () => {
    const { rows } = await readBytes(html, 'a.html', `<html><body>${'<div>'.repeat(20_000)}deep${'</div>'.repeat(20_000)}</body></html>`)
    expect(rows[0]?.['text']).toBe('deep')
  })

  it('takes any bytes without a crash', async () => {
    const marks = fc.string({
      unit: fc.constantFrom('<', '>', '/', 'a', 'td', 'body', 'p', '"', '=', '&', '!', '-', ' ', '\n'),
      maxLength: 80,
    })
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.uint8Array({ maxLength: 200 }), marks),
        async (content) => void (await readBytes(html, 'a.html', content)),
      ),
    )
    expect((await readBytes(html, 'a.html', '<body ')).problem?.code).toBe('ingest/file-empty')
    expect((await readBytes(html, 'a.html', '')).problem?.code).toBe('ingest/file-empty')
    expect((await readBytes(html, 'a.html', '<html><body><script>x</script></body></html>')).problem?.code).toBe('ingest/file-empty')
  })

  it('is sure of pages, not of XML', () => {
    expect(sniffBytes(html, 'a', '<!DOCTYPE html><html></html>')).toBe(0.92)
    expect(sniffBytes(html, 'a.xml', '<?xml version="1.0"?><list/>')).toBe(0)
  })
})
