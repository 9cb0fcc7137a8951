import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createWordSearch } from '../../../src/base/kernels/index.ts'

describe('createWordSearch', () => {
  it('finds Latin words whole and Han words anywhere, without regard to case', () => {
    const search = createWordSearch(['Casino Bonus', '赌场', 'ass'])
    expect(search.find('在线赌场 casino bonus, CASINO BONUS; casino bonuses, class, assassin', 9)).toEqual([
      { word: '赌场', at: 2 },
      { word: 'casino bonus', at: 5 },
      { word: 'casino bonus', at: 19 },
    ])
    expect(search.find('赌场赌场赌场', 2)).toEqual([
      { word: '赌场', at: 0 },
      { word: '赌场', at: 2 },
    ])
    expect(search.find('', 1)).toEqual([])
  })

  it('prefers the longer of words that begin together, and passes over single characters', () => {
    expect(createWordSearch(['赌', '赌场', '赌场网站']).find('赌场网站', 5)).toEqual([{ word: '赌场网站', at: 0 }])
    // The longer word is no whole one here: the shorter one is.
    expect(createWordSearch(['free', 'free spin']).find('free spinning', 5)).toEqual([{ word: 'free', at: 0 }])
  })

  it('reads full-width letters and other cases as the plain ones, at places of the text as it is', () => {
    const text = 'İ ＣＡＳＩＮＯ　ｂｏｎｕｓ ÀÉÎ'
    const found = createWordSearch(['casino bonus', 'àéî']).find(text, 9)
    expect(found.map(({ at, word }) => text.slice(at, at + word.length))).toEqual(['ＣＡＳＩＮＯ　ｂｏｎｕｓ', 'ÀÉÎ'])
  })

  it('finds what a plain search finds, leftmost and longest', () => {
    const alphabet = fc.constantFrom('甲', '乙', 'Ａ', 'a', ' ')
    const word = fc.string({ unit: alphabet, minLength: 2, maxLength: 4 })
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 6 }), fc.string({ unit: alphabet, maxLength: 30 }), (words, text) => {
        expect(createWordSearch(words).find(text, 100)).toEqual(plainSearch(words, text))
      }),
      { seed: 21, numRuns: 1000 },
    )
  })

  it('takes a list of any length, and a text that begins like a word at every place', () => {
    const many = Array.from({ length: 20_000 }, (_, n) => `词${String.fromCharCode(0x4e00 + (n % 10_000))}${n}`)
    expect(createWordSearch(many).find(`前文${many[19_999]}后文`, 5)).toEqual([{ word: many[19_999], at: 2 }])
    const text = 'a'.repeat(200_000)
    expect(createWordSearch([`${'a'.repeat(40)}b`]).find(text, 5)).toEqual([])
  })
})

/** By the definition: at each place the longest word that stands there whole. */
function plainSearch(words: readonly string[], text: string): { word: string; at: number }[] {
  const fold = (value: string): string => value.replaceAll('Ａ', 'a')
  const wanted = words.map((one) => fold(one).trim()).filter((one) => one.length >= 2)
  const isLetter = (at: number): boolean => /[aＡ]/.test(text.charAt(at))
  const found: { word: string; at: number }[] = []
  for (let at = 0; at < text.length; at++) {
    const here = wanted.filter((one) => fold(text).startsWith(one, at))
    const whole = here.filter((one) => {
      const end = at + one.length
      return !(isLetter(at) && isLetter(at - 1)) && !(isLetter(end - 1) && isLetter(end))
    })
    const [longest] = whole.sort((a, b) => b.length - a.length)
    if (longest === undefined) continue
    found.push({ word: longest, at })
    at += longest.length - 1
  }
  return found
}
