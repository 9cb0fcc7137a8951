import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { Anchors, comment, flow, remarked } from '../../src/draft/recipe-text.ts'

describe('YAML in one line', () => {
  it('reads back as it was, whatever the strings', () => {
    const leaf = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('yes', 'null', '1.5', '- a', 'a: b', '#x', '温度', ''),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
    )
    const tree = fc.letrec((tie) => ({
      node: fc.oneof(
        { depthSize: 'small' },
        leaf,
        fc.array(tie('node'), { maxLength: 4 }),
        fc.dictionary(fc.string({ minLength: 1 }), tie('node'), { maxKeys: 4 }),
      ),
    })).node
    fc.assert(
      fc.property(tree, (value) => {
        expect(parse(`v: ${remarked(flow(value), 'seen # here: "x" \n y')}`)).toEqual({ v: JSON.parse(JSON.stringify(value)) })
      }),
      { numRuns: 300 },
    )
  })

  it('keeps a comment in its line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(parse(`a: 1  # ${comment(text)}\nb: 2`)).toEqual({ a: 1, b: 2 })
      }),
    )
  })

  it('writes a long list once and names it where it comes again', () => {
    const list = ['a', 'b', 'c', 'd']
    const anchors = new Anchors([list, ['a'], list, ['a'], 5])
    const lines = [list, ['a'], list].map((value) => `- ${anchors.write(value)}`)
    expect(lines).toEqual(['- &columns [a, b, c, d]', '- [a]', '- *columns'])
    expect(parse(lines.join('\n'))).toEqual([list, ['a'], list])
  })
})
