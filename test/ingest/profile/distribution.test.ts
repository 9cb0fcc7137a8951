import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addToAdaptiveHistogram, startAdaptiveHistogram } from '../../../src/base/statistics/index.ts'
import { summarise } from '../../../src/ingest/profile/distribution.ts'

function summaryOf(values: readonly number[]) {
  const histogram = startAdaptiveHistogram(1024)
  addToAdaptiveHistogram(histogram, values)
  return summarise(
    histogram,
    values.reduce((sum, value) => sum + value, 0),
  )
}

describe('summaries of numbers', () => {
  it('say nothing of no values', () => {
    expect(summaryOf([])).toBeUndefined()
  })

  it('hold for any values: bins add up, quantiles rise between the ends', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), { minLength: 1, maxLength: 400 }), (values) => {
        const summary = summaryOf(values)
        expect(summary?.bins.reduce((sum, { count }) => sum + count, 0)).toBe(values.length)
        expect(summary?.min).toBe(Math.min(...values) + 0)
        expect(summary?.max).toBe(Math.max(...values) + 0)
        const { p05 = 0, p25 = 0, p50 = 0, p75 = 0, p95 = 0 } = summary?.quantiles ?? {}
        const rising = [summary?.min ?? 0, p05, p25, p50, p75, p95, summary?.max ?? 0]
        expect(rising).toEqual([...rising].sort((a, b) => a - b))
      }),
    )
  })

  it('draw a bar for each whole number between close ends', () => {
    const summary = summaryOf([1, 1, 4, 4, 4])
    expect(summary?.discrete).toBe(true)
    expect(summary?.bins.map(({ low, count }) => [low, count])).toEqual([
      [1, 2],
      [2, 0],
      [3, 0],
      [4, 3],
    ])
  })

  it('cut the drawing off where one value in a thousand would squeeze the rest, and say so', () => {
    const values = Array.from({ length: 1_000 }, (_, i) => i / 1_000)
    expect(summaryOf(values)?.clipped).toBe(false)
    const summary = summaryOf([...values, 1e6])
    expect(summary?.clipped).toBe(true)
    expect(summary?.max).toBe(1e6)
    expect(summary?.bins.reduce((sum, { count }) => sum + count, 0)).toBe(1_001)
  })
})
