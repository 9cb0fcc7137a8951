import { describe, expect, it } from 'vitest'
import { shapeFault, textsIn } from '../../../src/base/kernels/index.ts'
import type { Shape } from '../../../src/base/record/index.ts'

describe('shapeFault', () => {
  // The rules of JSON Schema 2020-12, by hand.
  it.each<[shape: Shape, fits: readonly unknown[], breaks: readonly (readonly [value: unknown, at: string, rule: keyof Shape])[]]>([
    [
      { type: ['array', 'null'] },
      [[], null, ['a']],
      [
        [{}, '', 'type'],
        ['[]', '', 'type'],
        [0, '', 'type'],
      ],
    ],
    [
      { type: 'integer' },
      [1, -3, 2.0],
      [
        [1.5, '', 'type'],
        ['1', '', 'type'],
        [true, '', 'type'],
      ],
    ],
    [
      { enum: ['a', null, 1] },
      ['a', null, 1],
      [
        ['b', '', 'enum'],
        ['1', '', 'enum'],
      ],
    ],
    [
      { minLength: 2 },
      ['ab', ' ab ', 7],
      [
        ['a', '', 'minLength'],
        [' a ', '', 'minLength'],
      ],
    ],
    [
      { required: ['a'], properties: { a: { type: 'array', minItems: 1, items: { type: 'string' } } } },
      [{ a: ['x'] }, { a: ['x'], b: 1 }, 'no object'],
      [
        [{}, 'a', 'required'],
        [{ a: [] }, 'a', 'minItems'],
        [{ a: ['x', 1] }, 'a[]', 'type'],
        // A member that every object inherits is not one of its own.
        [JSON.parse('{"__proto__":{"a":["x"]}}'), 'a', 'required'],
      ],
    ],
    [{ anyOf: [{ type: 'string' }, { type: 'array' }] }, ['a', []], [[1, '', 'anyOf']]],
  ])('%j', (shape, fits, breaks) => {
    for (const value of fits) expect(shapeFault(value, shape)).toBeUndefined()
    for (const [value, at, rule] of breaks) expect(shapeFault(value, shape)).toEqual({ at, rule })
  })

  it('is as deep as the shape, however deep the value', () => {
    let deep: unknown = 'x'
    for (let level = 0; level < 200_000; level++) deep = [deep]
    expect(shapeFault(deep, { type: 'array', items: { type: 'array' } })).toBeUndefined()
    expect(textsIn(deep)).toEqual({ texts: [], nMedia: 0 })
  })
})

describe('textsIn', () => {
  it.each([
    [
      'national record format',
      '[{"media_type":"text","content":"甲"},{"media_type":"image","content":"a.png"},{"media_type":["text"],"content":"乙"}]',
      ['甲', '乙'],
      1,
    ],
    [
      'chat',
      '[{"role":"user","content":"问"},{"role":"assistant","content":[{"type":"text","text":"答"},{"type":"image_url","image_url":"x"}]}]',
      ['问', '答'],
      1,
    ],
    ['shared chat', '{"conversations":[{"from":"human","value":"a"},{"from":"gpt","value":"b"}]}', ['a', 'b'], 0],
    ['instruction', '{"instruction":"译","input":"x","output":"y","id":7}', ['译', 'x', 'y'], 0],
    ['bare', '"text"', ['text'], 0],
    ['list', '["a",["b"],1,null]', ['a', 'b'], 0],
    ['media alone', '[{"media_type":"audio","content":"a.wav"}]', [], 1],
    ['no text', '{"x":1}', [], 0],
  ])('%s', (_name, json, texts, nMedia) => {
    expect(textsIn(JSON.parse(json))).toEqual({ texts, nMedia })
  })
})
