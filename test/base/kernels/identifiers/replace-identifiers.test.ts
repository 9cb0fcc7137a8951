import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findIdentifiers, IDENTIFIER_KINDS, replaceIdentifiers, replaceInColumns } from '../../../../src/base/kernels/identifiers.ts'
import type { FieldType, RecordBatch } from '../../../../src/base/record/index.ts'
import { textColumn } from '../../../../src/base/record/index.ts'
import { HARD_CASES, readHardCase } from '../../../refine/identifiers/hard-cases.ts'

const KEY = new TextEncoder().encode('a key')
const all = { kinds: IDENTIFIER_KINDS, action: 'mask' } as const
const pseudonyms = { kinds: IDENTIFIER_KINDS, action: 'pseudonym' } as const

const column = (type: FieldType, value: string): RecordBatch => ({
  ids: ['a'],
  fields: [{ name: 'x', type }],
  columns: new Map([['x', textColumn([value])]]),
})
const replaced = (type: FieldType, value: string): unknown =>
  replaceInColumns(column(type, value), ['x'], all, KEY).kept.columns.get('x')?.values[0]

describe('replaceIdentifiers', () => {
  it('masks, drops, or writes what it is told to', () => {
    const text = '电话13812345678，邮箱a@b.cn。'
    expect(replaceIdentifiers(text, all, KEY)).toBe('电话<PHONE>，邮箱<EMAIL>。')
    expect(replaceIdentifiers(text, { ...all, action: 'drop' }, KEY)).toBe('电话，邮箱。')
    expect(replaceIdentifiers(text, { ...all, masks: { phone: '［电话］' } }, KEY)).toBe('电话［电话］，邮箱<EMAIL>。')
    expect(replaceIdentifiers(text, { ...all, kinds: ['email'] }, KEY)).toBe('电话13812345678，邮箱<EMAIL>。')
  })

  it('writes pseudonyms that are HMAC-SHA-256 of the kind and one spelling of the number', () => {
    const message = ['phone', '8613812345678'].join('\0')
    const digest = createHmac('sha256', KEY).update(message).digest('hex').slice(0, 16)
    const spellings = [
      '13812345678',
      '138-1234-5678',
      '138 1234 5678',
      '+86 138 1234 5678',
      '0086-13812345678',
      '１３８１２３４５６７８',
      '8613812345678',
    ]
    for (const spelling of spellings) expect(replaceIdentifiers(spelling, pseudonyms, KEY)).toBe(`<PHONE:${digest}>`)
    expect(replaceIdentifiers('13812345679', pseudonyms, KEY)).not.toBe(`<PHONE:${digest}>`)
    expect(replaceIdentifiers('13812345678', pseudonyms, new TextEncoder().encode('another'))).not.toBe(`<PHONE:${digest}>`)
    expect(replaceIdentifiers('11010519491231002x', pseudonyms, KEY)).toBe(replaceIdentifiers('110105 19491231 002X', pseudonyms, KEY))
    expect(replaceIdentifiers('A@B.CN', pseudonyms, KEY)).toBe(replaceIdentifiers('a@b.cn', pseudonyms, KEY))
  })

  it('leaves nothing to find, and does nothing the second time', () => {
    const piece = fc.constantFrom(...HARD_CASES.map((marked) => readHardCase(marked).text))
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 5 }), fc.constantFrom(all, pseudonyms), (pieces, how) => {
        const once = replaceIdentifiers(pieces.join('\n'), how, KEY)
        expect(findIdentifiers(once)).toEqual([])
        expect(replaceIdentifiers(once, how, KEY)).toBe(once)
      }),
      { examples: [[['电话13812345678', '15516000000'], all]] },
    )
  })
})

describe('replaceInColumns', () => {
  it('keeps a column of JSON canonical JSON, and turns a number that is an identifier into a string', () => {
    const json = '{"note":"call 13812345678","phone":13812345678,"sizes":[1,2.5]}'
    expect(replaced('json', json)).toBe('{"note":"call <PHONE>","phone":"<PHONE>","sizes":[1,2.5]}')
    expect(replaced('json', '{"a":[1,2]}')).toBe('{"a":[1,2]}')
    expect(replaced('json', 'no json 13812345678')).toBe('no json <PHONE>')
  })

  it('reads text and categories, and leaves names of media', () => {
    const media = `${'13812345678'.padStart(64, '4111111111111111')}.png`
    expect(replaced('media', media)).toBe(media)
    expect(replaced('category', '13812345678')).toBe('<PHONE>')
    expect(replaced('text', '13812345678')).toBe('<PHONE>')
  })
})
