import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldText, unfoldSpan } from '../../../../src/base/kernels/identifiers/fold-text.ts'

describe('foldText', () => {
  it('gives plain text back as it is', () => {
    const text = 'plain 中文，no change'
    // The full-width comma folds, so take it away first.
    expect(foldText(text.replace('，', '。'))).toEqual({ text: text.replace('，', '。'), offsets: undefined })
  })

  it.each([
    ['１３８＠Ａ．ｃｏｍ', '138@A.com'],
    ['①③⑧', '138'],
    ['138①', '138①'],
    ['138¹', '138¹'],
    ['1\u200b3\u00ad8', '138'],
    ['a\u2011b\u3000c\u00a0d', 'a-b c d'],
    ['\u{1D7CF}\u{1D7D1}𝐚', '13a'],
    ['\ud835', '\ud835'],
    ['（０１０）', '(010)'],
  ])('%s → %s', (text, folded) => {
    expect(foldText(text).text).toBe(folded)
  })

  it('keeps the way back: the folded span of a character is that character', () => {
    const piece = fc.constantFrom('a', '1', '１', 'Ａ', '中', '，', '\u200b', '\u3000', '①', '\u{1D7CF}', '👍', '\ud83d', '²', '–')
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join('')
        const folded = foldText(text)
        let last = 0
        for (let i = 0; i < folded.text.length; i++) {
          const [start, end] = unfoldSpan(folded, text, i, i + 1)
          expect(start).toBeGreaterThanOrEqual(last)
          expect(end).toBeGreaterThan(start)
          const refolded = foldText(text.slice(start, end)).text
          // An enclosed digit folds only beside another.
          if (!/[①]/.test(text.slice(start, end))) expect(refolded).toBe(folded.text[i])
          last = start
        }
      }),
    )
  })
})
