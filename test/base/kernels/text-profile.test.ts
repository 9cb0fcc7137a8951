import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CHARACTER_CLASS, CHINESE_FUNCTION_CHARACTERS, CharacterClass, createProfiler } from '../../../src/base/kernels/index.ts'

const profile = createProfiler()

/** The same counts by regular expressions of the platform. */
const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0

describe('createProfiler', () => {
  it('counts a text as a person would', () => {
    const { tokenHashes, tokenOffsets, lineStarts, ...counts } = profile('The pump, the PUMP!\n\n- 轴承的温度65℃…\n  あいう 👍')
    expect(counts).toEqual({
      characters: 40,
      visible: 30,
      letters: 22,
      han: 5,
      kana: 3,
      digits: 2,
      punctuation: 4,
      symbols: 2,
      controls: 0,
      words: 5,
      alphabeticWords: 4,
      alphabeticWordUnits: 14,
      gopherSymbols: 1,
      lines: 3,
      bulletLines: 1,
      ellipsisLines: 1,
      terminalLines: 2,
      englishStopWords: 1,
      chineseFunctionCharacters: 1,
      tokens: 13,
      tokenLines: 3,
    })
    expect(tokenHashes[0]).toBe(tokenHashes[2])
    expect(tokenHashes[1]).toBe(tokenHashes[3])
    expect(tokenHashes[0]).not.toBe(tokenHashes[1])
    expect([...tokenOffsets.slice(0, 6)]).toEqual([0, 3, 7, 10, 14, 15])
    expect([...lineStarts.slice(0, 4)]).toEqual([0, 4, 10, 13])
  })

  it('agrees with the Unicode classes of the platform', () => {
    const characters = fc.string({ unit: 'grapheme', maxLength: 60 })
    const chinese = fc.string({ unit: fc.constantFrom(...'的轴承温度，。！a1 \nあア～#…', '𠀀', '👍', '\ud83d', '\u200b'), maxLength: 80 })
    fc.assert(
      fc.property(fc.oneof(characters, chinese), (text) => {
        const { characters: n, visible, digits, words, letters, han, lines } = profile(text)
        const bmp = text.replace(/[\u{10000}-\u{10ffff}]/gu, '')
        expect(n).toBe([...text].length)
        expect(visible).toBe(count(text, /[^\s\p{Z}\p{Cc}\p{Cf}\u{e0000}-\u{10ffff}]/gu))
        expect(digits).toBe(count(bmp, /\p{Nd}/gu))
        expect(han).toBe(count(text, /[\p{Script=Han}々〆〇]|[\u{20000}-\u{33fff}]/gu))
        expect(lines).toBe(
          text.split(/[\n\r\u0085\u2028\u2029]/).filter((line) => /[^\s\p{Z}\p{Cc}\p{Cf}\u{e0000}-\u{10ffff}]/u.test(line)).length,
        )
        expect(words).toBeLessThanOrEqual(n)
        expect(letters).toBeLessThanOrEqual(visible)
      }),
    )
  })

  it('does not remember the text before', () => {
    const first = { ...profile('one two 三 four.\nfive') }
    profile('x'.repeat(5000))
    const again = profile('one two 三 four.\nfive')
    expect({ ...again, tokenHashes: 0, tokenOffsets: 0, lineStarts: 0 }).toEqual({
      ...first,
      tokenHashes: 0,
      tokenOffsets: 0,
      lineStarts: 0,
    })
  })

  it('counts an ellipsis once, however long', () => {
    expect(profile('晕…… 好...... # ##').gopherSymbols).toBe(5)
  })

  it('knows all stop words and function characters', () => {
    expect(profile('The BE to of and that have With bed thee').englishStopWords).toBe(8)
    expect(profile(CHINESE_FUNCTION_CHARACTERS.repeat(2)).chineseFunctionCharacters).toBe([...CHINESE_FUNCTION_CHARACTERS].length)
  })
})

it('each code unit has the class of its character', () => {
  const of = (text: string): number[] => Array.from({ length: text.length }, (_, i) => CHARACTER_CLASS[text.charCodeAt(i)] as number)
  const { letter, digit, han, kana, punctuation, symbol, space, newline, control, highSurrogate, lowSurrogate } = CharacterClass
  expect(of('aé한１中々あー，￥+ \u3000\n\u200b\ud83d\udc4d')).toEqual([
    letter,
    letter,
    letter,
    digit,
    han,
    han,
    kana,
    kana,
    punctuation,
    symbol,
    symbol,
    space,
    space,
    newline,
    control,
    highSurrogate,
    lowSurrogate,
  ])
})
