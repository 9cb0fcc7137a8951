import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countValue, mergeTopValues, startTopValues, topOf } from '../../../src/ingest/profile/top-values.ts'

const LIMIT = 4
const stream = fc.array(fc.constantFrom(...'abcdefghij'), { maxLength: 120, size: 'max' })

function tallied(values: readonly string[]) {
  const top = startTopValues(LIMIT)
  for (const value of values) countValue(top, value, 1)
  return top
}

const truthOf = (values: readonly string[], value: string): number => values.filter((one) => one === value).length

describe('the most frequent values', () => {
  it('counts few different values exactly, the most frequent first', () => {
    const { values, missed } = topOf(tallied([...'abcabacaa']), 10)
    expect(missed).toBe(0)
    expect(values).toEqual([
      { value: 'a', count: 5 },
      { value: 'b', count: 2 },
      { value: 'c', count: 2 },
    ])
  })

  it('keeps the bound of Misra and Gries for any stream and any way to cut it', () => {
    fc.assert(
      fc.property(stream, fc.nat(120), fc.nat(120), (values, one, other) => {
        const [from, to] = [Math.min(one, other), Math.max(one, other)]
        const top = tallied(values.slice(0, from))
        mergeTopValues(top, tallied(values.slice(from, to)))
        mergeTopValues(top, tallied(values.slice(to)))
        const { values: found, missed } = topOf(top, 100)
        expect(missed).toBeLessThanOrEqual(values.length / (LIMIT + 1))
        for (const value of new Set(values)) {
          const counted = found.find((entry) => entry.value === value)?.count ?? 0
          const truth = truthOf(values, value)
          expect(counted).toBeLessThanOrEqual(truth)
          expect(truth).toBeLessThanOrEqual(counted + missed)
        }
      }),
    )
  })

  it('holds no more than twice the limit', () => {
    const top = startTopValues(LIMIT)
    for (let i = 0; i < 10_000; i++) {
      countValue(top, `v${i}`, 1)
      expect(top.counts.size).toBeLessThan(2 * LIMIT)
    }
  })
})
