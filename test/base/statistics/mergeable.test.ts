import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AdaptiveHistogram, DistinctSample } from '../../../src/base/statistics/index.ts'
import {
  adaptiveBins,
  adaptiveQuantile,
  addDistinct,
  addToAdaptiveHistogram,
  addToBottomSample,
  bottomItems,
  distinctGroups,
  equalBins,
  mergeAdaptiveHistograms,
  mergeBottomSamples,
  mergeDistinct,
  pourDistinct,
  quantileOfSorted,
  seededRandom,
  startAdaptiveHistogram,
  startBottomSample,
  startDistinctSample,
  totalCount,
} from '../../../src/base/statistics/index.ts'

const json = <T>(value: T): T => JSON.parse(JSON.stringify(value))

/** Splits items at the given places, folds each piece with `add`, and merges the pieces from the right. */
function inPieces<T, S>(
  items: readonly T[],
  cuts: readonly number[],
  start: () => S,
  add: (state: S, piece: readonly T[]) => void,
  merge: (l: S, r: S) => S,
): S {
  const places = [0, ...[...cuts].map((cut) => cut % (items.length + 1)).sort((a, b) => a - b), items.length]
  const states = places.slice(1).map((end, piece) => {
    const state = start()
    add(state, items.slice(places[piece], end))
    return json(state)
  })
  return states.reduceRight((right, left) => merge(left, right))
}

const cuts = fc.array(fc.nat(), { maxLength: 6 })

describe('adaptive histogram', () => {
  const add = (state: AdaptiveHistogram, piece: readonly number[]): void => addToAdaptiveHistogram(state, Float64Array.from(piece))
  const values = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { maxLength: 200 })

  test('any order and grouping of the values gives the same bins', () => {
    fc.assert(
      fc.property(values, cuts, fc.integer({ min: 8, max: 40 }), (items, places, limit) => {
        const whole = startAdaptiveHistogram(limit)
        add(whole, [...items].reverse())
        expect(inPieces(items, places, () => startAdaptiveHistogram(limit), add, mergeAdaptiveHistograms)).toEqual(json(whole))
        expect(whole.keys.length).toBeLessThanOrEqual(limit)
        expect(totalCount(whole)).toBe(items.length)
      }),
      { seed: 11, numRuns: 300 },
    )
  })

  test('every value lies in a bin that covers it', () => {
    fc.assert(
      fc.property(values, (items) => {
        const histogram = startAdaptiveHistogram(16)
        add(histogram, items)
        const bins = adaptiveBins(histogram)
        for (const value of items) expect(bins.some((bin) => bin.low <= value && value <= bin.high)).toBe(true)
      }),
      { seed: 12, numRuns: 200 },
    )
  })

  test('few values are exact; timestamps keep days apart; quantiles are true to a bin', () => {
    const years = startAdaptiveHistogram(1024)
    add(years, [2010, 2011, 2011, 2022, 2011])
    expect(adaptiveBins(years)).toEqual([
      { low: 2010, high: 2010, count: 1 },
      { low: 2011, high: 2011, count: 3 },
      { low: 2022, high: 2022, count: 1 },
    ])
    const random = seededRandom(5)
    const times = Array.from({ length: 50_000 }, () => Date.UTC(2023, 0, 1) + random.next() * 3 * 365 * 86_400_000)
    const histogram = startAdaptiveHistogram(1024)
    for (let at = 0; at < times.length; at += 4096) add(histogram, times.slice(at, at + 4096))
    const sorted = Float64Array.from(times).sort()
    for (const p of [0, 0.01, 0.25, 0.5, 0.75, 0.99, 1]) {
      expect(Math.abs(adaptiveQuantile(histogram, p) - quantileOfSorted(sorted, p))).toBeLessThan(3 * 86_400_000)
    }
    const drawn = equalBins(adaptiveBins(histogram), 30, [sorted[0] as number, sorted.at(-1) as number])
    expect(drawn.reduce((sum, bin) => sum + bin.count, 0)).toBe(50_000)
    for (const bin of drawn) expect(Math.abs(bin.count - 50_000 / 30)).toBeLessThan(400)
  })
})

describe('distinct sample', () => {
  const LIMIT = 50
  const add = (state: DistinctSample, piece: readonly number[]): void => {
    for (const item of piece) {
      const random = seededRandom(item)
      addDistinct(state, random.below(2 ** 32) * 2 ** 20 + random.below(2 ** 20), random.below(2 ** 32), 1, item % 2)
    }
  }
  const summary = (state: DistinctSample) => {
    const { first, second, ...rest } = distinctGroups(state)
    return { ...rest, pairs: Array.from(first, (count, group) => `${count} ${second[group]}`).sort() }
  }

  test('any order and grouping gives the same groups', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 400 }), { maxLength: 600 }), cuts, (items, places) => {
        const whole = startDistinctSample(LIMIT)
        add(whole, [...items].sort())
        for (const merge of [mergeDistinct, pourDistinct]) {
          expect(summary(inPieces(items, places, () => startDistinctSample(LIMIT), add, merge))).toEqual(summary(whole))
        }
      }),
      { seed: 13, numRuns: 200 },
    )
  })

  test('exact up to the limit, unbiased past it, and many copies of one hash do not raise the level', () => {
    const few = startDistinctSample(LIMIT)
    add(few, [1, 1, 2, 3, 3, 3])
    expect(summary(few)).toEqual({ share: 1, distinct: 3, pairs: ['1 0', '2 2', '3 3'] })
    const many = startDistinctSample(2000)
    add(
      many,
      Array.from({ length: 40_000 }, (_, i) => i >> 1),
    )
    const groups = distinctGroups(many)
    expect(groups.share).toBeLessThan(1)
    expect([...groups.first].every((count) => count === 2)).toBe(true)
    expect(Math.abs(groups.distinct / groups.share / 20_000 - 1)).toBeLessThan(0.12)
    const copies = startDistinctSample(LIMIT)
    add(copies, new Array<number>(5000).fill(9))
    expect(summary(copies)).toEqual({ share: 1, distinct: 1, pairs: ['5000 5000'] })
  })
})

test('bottom sample: the smallest hashes, in any order and grouping', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat({ max: 1e6 }), { maxLength: 200 }), cuts, (items, places) => {
      const built = inPieces(
        items,
        places,
        () => startBottomSample<number>(10),
        (state, piece) => {
          for (const item of piece) addToBottomSample(state, item % 5000, String(item), item)
        },
        mergeBottomSamples,
      )
      const expected = items.map((item) => ({ hash: item % 5000, id: String(item), value: item }))
      expected.sort((a, b) => a.hash - b.hash || (a.id < b.id ? -1 : 1))
      expect(bottomItems(built)).toEqual(expected.slice(0, 10))
    }),
    { seed: 14, numRuns: 200 },
  )
})
