import { describe, expect, it } from 'vitest'
import { inspectionPage } from '../../src/cli/inspect-page/inspection-page.ts'
import { inspect } from '../../src/inspect.ts'
import { emptyFolder, given, rawFolder } from './raw-folder.ts'

const ROWS = Array.from({ length: 50 }, (_, i) => `${i},${i % 3 ? 'on' : 'off'},${i % 4 ? i / 7 : ''},13912345678 说明 ${i}`)

describe('the page of an inspection', async () => {
  const folder = rawFolder({
    'machine.csv': `n,state,<script>alert(1)</script>,note\n${ROWS.join('\n')}\n`,
    'other.jsonl': '{"a":{"b":1}}\n{"a":{"b":2}}\n{"a":\n',
    '<img onerror=x>.bin': Uint8Array.of(0, 255, 3, 0, 254, 1, 0, 9),
  })
  const inspection = given(await inspect({ paths: [folder], scratch: emptyFolder(), threads: 1 }))
  const page = await inspectionPage(inspection)

  it('needs nothing from elsewhere', () => {
    const markup = page.replace(/<script>.*?<\/script>/gs, '')
    const addresses = [...markup.matchAll(/(?:src|href|url)\s*[=(]\s*["']?([^"')\s>]+)/g)].map(([, address]) => address)
    expect(addresses.length).toBeGreaterThan(0)
    for (const address of addresses) expect(address).toMatch(/^#table-\d+$/)
    expect(page.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:\/\//)
  })

  it('lets no name or value become markup', () => {
    expect(page).not.toContain('<script>alert')
    expect(page).not.toContain('<img')
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
    expect(page.match(/<script>/g)).toHaveLength(1)
  })

  it('shows no identifier of a person, and says that there are some', () => {
    expect(page).not.toContain('13912345678')
    expect(page).toContain('note: phone in 50 values')
    expect(page).toContain('note：50 个值含电话')
  })

  it('says everything in both languages', () => {
    const zh = page.match(/<span lang="zh-CN">/g) ?? []
    const en = page.match(/<span lang="en">/g) ?? []
    expect(zh.length).toBeGreaterThan(40)
    expect(en).toHaveLength(zh.length)
    const onlyEnglish = page.replace(/<span lang="zh-CN">.*?<\/span>/g, '').replace(/<(script|style)>.*?<\/\1>/gs, '')
    // What is left in Han are values of the data and the button that switches to Chinese.
    expect(
      onlyEnglish
        .replaceAll('说明', '')
        .replaceAll('中文', '')
        .match(/\p{Script=Han}+/gu) ?? [],
    ).toEqual([])
  })

  it('draws families, gaps and distributions, closes what it opens, and is the same every time', async () => {
    expect(page.match(/<svg/g)?.length).toBeGreaterThanOrEqual(6)
    for (const tag of ['svg', 'section', 'figure', 'table', 'details', 'span'])
      expect(page.match(new RegExp(`<${tag}[ >]`, 'g'))?.length).toBe(page.match(new RegExp(`</${tag}>`, 'g'))?.length)
    expect(await inspectionPage(inspection)).toBe(page)
  })
})
