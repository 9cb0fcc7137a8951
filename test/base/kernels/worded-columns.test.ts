import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changeTextsIn, replaceInColumns, rewriteTexts, textsIn, unwordedJson, wordsOf } from '../../../src/base/kernels/index.ts'
import { canonicalJson, type RecordBatch, TextColumn, Trait } from '../../../src/base/record/index.ts'

const batchOf = (values: readonly (string | null)[]): RecordBatch => ({
  ids: values.map((_, i) => `r${i}`),
  fields: [{ name: 'chat', type: 'json' }],
  columns: new Map([['chat', new TextColumn(values)]]),
})
const chatOf = (batch: RecordBatch): readonly (string | null)[] => (batch.columns.get('chat') as TextColumn).values

const message = fc.record({ role: fc.constantFrom('user', 'assistant'), content: fc.string() }, { requiredKeys: ['content'] })
const medium = fc.record({ type: fc.constantFrom('image_url', 'audio'), content: fc.string() })
const chat = fc.array(fc.oneof(message, medium, fc.string()))

describe('texts inside JSON', () => {
  it('change where people read them, and nothing else of the value does', () => {
    fc.assert(
      fc.property(chat, (value) => {
        const before = textsIn(value)
        const after = changeTextsIn(structuredClone(value), (text) => `${text}!`)
        expect(textsIn(after)).toEqual({ texts: before.texts.map((text) => `${text}!`), nMedia: before.nMedia })
        const [emptied, emptiedBefore] = [after, structuredClone(value)].map((one) => changeTextsIn(one, () => ''))
        expect(emptied).toEqual(emptiedBefore)
      }),
    )
  })

  it('are read in their order; a medium says nothing', () => {
    const value = [{ role: 'user', content: 'a' }, { type: 'image_url', content: 'x.png' }, { content: ['b', { text: 'c' }] }]
    expect(textsIn(value)).toEqual({ texts: ['a', 'b', 'c'], nMedia: 1 })
    expect(wordsOf(batchOf([JSON.stringify(value), null, '{"a":1}']), 'chat')?.values).toEqual(['a\nb\nc', null, null])
  })

  it('leave a column alone in which none changes, and change none without the trait', () => {
    const batch = batchOf([canonicalJson([{ content: 'plain' }]), 'no JSON', null])
    expect(rewriteTexts(batch, ['chat'], (text) => text.toUpperCase(), Trait.WIDE).kept.columns.get('chat')).toBe(batch.columns.get('chat'))
    expect(chatOf(rewriteTexts(batch, ['chat'], (text) => text.toUpperCase()).kept)).toEqual(['[{"content":"PLAIN"}]', 'no JSON', null])
  })

  it('stay texts where an operator leaves nothing', () => {
    const batch = batchOf(['[{"content":"gone","role":"user"}]'])
    expect(chatOf(rewriteTexts(batch, ['chat'], () => null).kept)).toEqual(['[{"content":"","role":"user"}]'])
  })

  it('see a trait of a text that joining would hide', () => {
    const batch = batchOf(['[{"content":"one\\n"},{"content":"two"}]'])
    expect(chatOf(rewriteTexts(batch, ['chat'], (text) => text.trim(), Trait.SPACING).kept)).toEqual([
      '[{"content":"one"},{"content":"two"}]',
    ])
  })

  it('taken out leave who speaks and what is shown', () => {
    const of = (content: string, role: string): string | null =>
      unwordedJson(
        new TextColumn([
          canonicalJson([
            { role, content },
            { type: 'image_url', url: 'x.png' },
          ]),
        ]),
      ).at(0)
    expect(of('a', 'user')).toBe(of('b', 'user'))
    expect(of('a', 'user')).not.toBe(of('a', 'assistant'))
  })

  it('lose an identifier that an escape stands before, and a whole number that is one; a fraction stays', () => {
    const batch = batchOf([canonicalJson({ a: 'call\n13812345678', b: 13_812_345_678, c: 0.1381_2345_678 })])
    const { kept } = replaceInColumns(batch, ['chat'], { kinds: ['phone'], action: 'mask' }, new Uint8Array(32))
    expect(JSON.parse(chatOf(kept)[0] as string)).toEqual({ a: 'call\n<PHONE>', b: '<PHONE>', c: 0.1381_2345_678 })
  })
})
