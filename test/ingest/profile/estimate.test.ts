import { describe, expect, it } from 'vitest'
import { startDistinctSample } from '../../../src/base/statistics/index.ts'
import { addEntries } from '../../../src/ingest/profile/distinct-entries.ts'
import { estimateCopies, estimateDistinct } from '../../../src/ingest/profile/estimate.ts'
import { ValueHasher } from '../../../src/ingest/profile/value-hash.ts'

const hasher = new ValueHasher()

/** A sample of texts, each with how often it occurs. */
function sampled(limit: number, counts: readonly (readonly [text: string, n: number])[]) {
  const hash = { high: 0, low: 0 }
  const entries = counts.flatMap(([text, n]) => {
    hasher.ofText(text, hash)
    return Array.from({ length: n }, () => [hash.high, hash.low, 1, 0]).flat()
  })
  return addEntries(startDistinctSample(limit), entries)
}

describe('estimates of counts', () => {
  it('are exact up to the limit', () => {
    const sample = sampled(100, [
      ['a', 3],
      ['b', 1],
      ['c', 2],
    ])
    expect(estimateDistinct(sample)).toEqual({ count: 3, exact: true, standardError: 0 })
    expect(estimateCopies(sample)).toEqual({ count: 3, exact: true, standardError: 0 })
  })

  it('are within their errors past it: 50,000 values of which every tenth comes four times', () => {
    const counts = Array.from({ length: 50_000 }, (_, i) => [`v${i}`, i % 10 === 0 ? 4 : 1] as const)
    const sample = sampled(4_096, counts)
    const distinct = estimateDistinct(sample)
    expect(distinct.exact).toBe(false)
    expect(distinct.standardError).toBeGreaterThan(0)
    // √(1 − share) / √4,096 at most when the sample is full, √2 of it when half full.
    expect(distinct.standardError / distinct.count).toBeLessThan(Math.SQRT2 / Math.sqrt(4_096))
    expect(Math.abs(distinct.count - 50_000)).toBeLessThan(4 * distinct.standardError)
    const copies = estimateCopies(sample)
    expect(Math.abs(copies.count - 15_000)).toBeLessThan(4 * copies.standardError)
  })

  it('have errors that are true: over 200 sets the mean square of error / standard error is near 1', () => {
    let squares = 0
    for (let set = 0; set < 200; set++) {
      const estimate = estimateDistinct(
        sampled(
          64,
          Array.from({ length: 1_000 }, (_, i) => [`${set}:${i}`, 1] as const),
        ),
      )
      squares += ((estimate.count - 1_000) / estimate.standardError) ** 2
    }
    expect(squares / 200).toBeGreaterThan(0.7)
    expect(squares / 200).toBeLessThan(1.4)
  })
})
