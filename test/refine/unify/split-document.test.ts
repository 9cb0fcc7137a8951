import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { wellFormed } from '../../../src/base/record/index.ts'
import { splitDocuments, splitText } from '../../../src/refine/unify/split-document.ts'
import { batchOf, fates } from './batch-of.ts'

const partsOf = (text: string, maxCharacters: number, more: object = {}): string[] =>
  splitText(text, { maxCharacters, ...more }).map(({ start, end }) => text.slice(start, end))

describe('splitText', () => {
  it('cuts at Chinese and English sentence ends, after closing marks', () => {
    expect(partsOf('设备运行正常。他说：“温度过高！”随后停机检修。一切恢复了。', 20)).toEqual([
      '设备运行正常。他说：“温度过高！”',
      '随后停机检修。一切恢复了。',
    ])
    expect(partsOf('The pump failed. It was 3.5 bar then. Later it ran.', 40)).toEqual([
      'The pump failed. It was 3.5 bar then. ',
      'Later it ran.',
    ])
  })
  it('prefers paragraphs, then lines, then sentences, then clauses', () => {
    expect(partsOf('aaaa bbbb. hhhh.\n\ncccc dddd. eeee ffff', 24)).toEqual(['aaaa bbbb. hhhh.\n\n', 'cccc dddd. eeee ffff'])
    expect(partsOf('一二三四五六七八九十，一二三四五六七八九十', 16)).toEqual(['一二三四五六七八九十，', '一二三四五六七八九十'])
    expect(partsOf('x'.repeat(40), 16)).toEqual(['x'.repeat(16), 'x'.repeat(16), 'x'.repeat(8)])
  })
  it('does not let a piece span two headings', () => {
    expect(partsOf('前言\n第一章 总则\n内容甲。\n# 附录\n内容乙。', 100, { atHeadings: true })).toEqual([
      '前言\n',
      '第一章 总则\n内容甲。\n',
      '# 附录\n内容乙。',
    ])
  })

  it('puts together to the text, within the size, and never inside a character', () => {
    const text = fc
      .array(fc.constantFrom('一', '。', '”', ' ', '\n', '\n\n', 'a', '.', '3', '，', '𠮷', '# '), { maxLength: 200 })
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(
        text,
        fc.integer({ min: 16, max: 60 }),
        fc.integer({ min: 0, max: 40 }),
        fc.boolean(),
        (document, maxCharacters, overlapCharacters, atHeadings) => {
          const pieces = splitText(document, { maxCharacters, overlapCharacters, atHeadings })
          expect(pieces.map(({ start, end, overlap }) => document.slice(start + overlap, end)).join('')).toBe(document)
          for (const { start, end, overlap } of pieces) {
            expect(end - start).toBeLessThanOrEqual(maxCharacters)
            expect(overlap).toBeLessThan(maxCharacters / 2)
            expect(wellFormed(document.slice(start, end))).toBe(document.slice(start, end))
          }
        },
      ),
      { numRuns: 1000 },
    )
  })

  it('takes a document of 16 MB without line ends in linear time', () => {
    const start = performance.now()
    expect(partsOf('字'.repeat(8_000_000), 1000).length).toBe(8000)
    expect(performance.now() - start).toBeLessThan(1500)
  })
})

describe('splitDocuments', () => {
  it('makes records of the pieces and leaves short documents', () => {
    const batch = batchOf({ text: ['甲。'.repeat(20), '短文。', null], source: ['a', 'b', 'c'] })
    const result = splitDocuments(batch, 'text', { maxCharacters: 20 })
    if (!result.ok) throw new Error('refused')
    expect(result.value.batch.ids).toEqual(['r-0.1', 'r-0.2', 'r-1', 'r-2'])
    expect(result.value.batch.columns.get('source')?.values).toEqual(['a', 'a', 'b', 'c'])
    expect(fates(result.value)).toEqual(batch.ids)
    expect(splitDocuments(batch, 'x', { maxCharacters: 20 })).toMatchObject({ ok: false, problem: { code: 'refine/column-missing' } })
  })
})
