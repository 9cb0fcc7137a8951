import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  createProfiler,
  createRepetition,
  DUPLICATE_NGRAM_LIMITS,
  ngramVerdict,
  TOP_NGRAM_LIMITS,
} from '../../../src/base/kernels/index.ts'

const profile = createProfiler()
const repetition = createRepetition()

/** The definitions, word for word and slowly. */
function slowly(tokens: readonly string[], n: number): { top: number; duplicate: number } {
  const units = tokens.reduce((sum, token) => sum + token.length, 0)
  const counts = new Map<string, number>()
  const covered = new Set<number>()
  let top = 0
  for (let i = 0; i + n <= tokens.length && tokens.length > n; i++) {
    const gram = tokens.slice(i, i + n)
    const key = gram.join(' ')
    const seen = (counts.get(key) ?? 0) + 1
    counts.set(key, seen)
    if (seen < 2) continue
    for (let j = i; j < i + n; j++) covered.add(j)
    top = Math.max(top, seen * gram.join('').length)
  }
  const duplicate = [...covered].reduce((sum, i) => sum + (tokens[i] as string).length, 0)
  return { top: units ? top / units : 0, duplicate: units ? duplicate / units : 0 }
}

const words = fc.array(fc.constantFrom('pump', 'a', 'the', 'valve', 'x1', '轴', '承'), { maxLength: 80 })

describe('createRepetition', () => {
  it('agrees with the definitions for every n', () => {
    fc.assert(
      fc.property(words, fc.integer({ min: 1, max: 10 }), (tokens, n) => {
        const { top, duplicate } = slowly(tokens, n)
        const profiled = profile(tokens.join(' '))
        expect(repetition.topNgramShare(profiled, n)).toBeCloseTo(top, 12)
        expect(repetition.duplicateNgramShare(profiled, n)).toBeCloseTo(duplicate, 12)
      }),
    )
  })

  it('counts repeated lines by their tokens', () => {
    const lines = fc.array(fc.constantFrom('设备正常', '设备，正常。', 'pump ok', 'Pump OK!', '温度 65', '---'), { maxLength: 20 })
    fc.assert(
      fc.property(lines, (all) => {
        const keys = all.map((line) => line.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')).filter((key) => key !== '')
        const seen = new Set<string>()
        const repeats = keys.filter((key) => seen.size === seen.add(key).size)
        const shares = repetition.duplicateLineShares(profile(all.join('\n')))
        expect(shares.lines).toBeCloseTo(keys.length < 2 ? 0 : repeats.length / keys.length, 12)
        expect(shares.units).toBeCloseTo(keys.length < 2 ? 0 : repeats.join('').length / keys.join('').length, 12)
      }),
    )
  })
})

describe('ngramVerdict', () => {
  it('decides as all nine limits would, though it measures two', () => {
    const strictness = fc.constantFrom(1, 2, 0.5)
    fc.assert(
      fc.property(words, strictness, (tokens, strict) => {
        const text = tokens.join(' ')
        const profiled = profile(text)
        const unit = profiled.han * 2 > profiled.tokens ? 2 : 1
        const isOver =
          DUPLICATE_NGRAM_LIMITS.some(([n, most]) => repetition.duplicateNgramShare(profiled, n * unit) > most / strict) ||
          TOP_NGRAM_LIMITS.some(([n, most]) => repetition.topNgramShare(profiled, n * unit) > most / strict)
        expect(ngramVerdict(profiled, repetition, { strictness: strict, minimumWords: 0 }) !== null).toBe(isOver)
      }),
      { numRuns: 500 },
    )
  })
})
