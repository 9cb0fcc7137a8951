import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createWordSearch } from '../../../src/base/kernels/index.ts'

describe('createWordSearch', () => {
  it('finds Latin words whole and Han words anywhere, without regard to case', () => {
    const search = createWordSearch(['Casino Bonus', '赌场', 'ass'])
    expect(search.find('在线赌场 casino bonus, CASINO BONUS; casino bonuses, class, assassin', 9)).toEqual([
      '赌场',
      'casino bonus',
      'casino bonus',
    ])
    expect(search.find('赌场赌场赌场', 2)).toEqual(['赌场', '赌场'])
    expect(search.find('', 1)).toEqual([])
  })

  it('prefers the longer of words that begin together, and passes over single characters', () => {
    expect(createWordSearch(['赌', '赌场', '赌场网站']).find('赌场网站', 5)).toEqual(['赌场网站'])
  })

  it('finds what a plain search finds', () => {
    const alphabet = fc.constantFrom('甲', '乙', '丙')
    const word = fc.string({ unit: alphabet, minLength: 2, maxLength: 3 })
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), fc.string({ unit: alphabet, maxLength: 30 }), (words, text) => {
        const found = createWordSearch(words).find(text, 100)
        expect(found.length > 0).toBe(words.some((one) => text.includes(one)))
        for (const one of found) expect(words).toContain(one)
      }),
    )
  })
})
