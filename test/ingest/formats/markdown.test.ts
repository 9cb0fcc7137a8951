import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import markdown from '../../../src/ingest/formats/markdown.ts'
import { readBytes, sniffBytes } from '../reading.ts'

describe('markdown', () => {
  it('gives title, text and front matter', async () => {
    const { rows } = await readBytes(markdown, 'a.md', '---\ntitle: 手册\ntags: [泵, 阀]\nversion: 2\n---\n\n# 启动\n\n先开阀。\n')
    expect(rows).toEqual([{ title: '手册', tags: ['泵', '阀'], version: 2, text: '# 启动\n\n先开阀。' }])
  })

  it.each([
    ['# 一 #\n\nx', '一'],
    ['x\n\n标题\n====\n', '标题'],
    ['```\n# no\n```\n## 是\n', '是'],
    ['no heading', null],
  ])('title of %j', async (text, title) => {
    expect((await readBytes(markdown, 'a.md', text)).rows[0]?.['title']).toBe(title)
  })

  it.each([
    ['not YAML', '---\na: [1\n---\nx'],
    [
      'billion laughs',
      `---\na: &a [1,1,1,1,1,1,1,1,1]\n${'bcdefgh'
        .split('')
        .map((name, i) => `${name}: &${name} [${Array(9).fill(`*${'abcdefg'[i]}`).join(',')}]`)
        .join('\n')}\n---\nx`,
    ],
  ])('reports a front matter that is %s', async (_, text) => {
    expect((await readBytes(markdown, 'a.md', text)).broken).toMatchObject([{ problem: { code: 'ingest/front-matter-wrong' } }])
  })

  it('is only sure of its extension', () => {
    expect(sniffBytes(markdown, 'a.md', '# x')).toBe(0.8)
    expect(sniffBytes(markdown, 'a.txt', '# x')).toBe(0)
  })

  it('takes any bytes without a crash', async () => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => void (await readBytes(markdown, 'a.md', bytes))))
    expect((await readBytes(markdown, 'a.md', '')).problem?.code).toBe('ingest/file-empty')
  })
})
