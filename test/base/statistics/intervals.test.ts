import { describe, expect, test } from 'vitest'
import {
  bootstrapInterval,
  clopperPearson,
  clopperPearsonUpper,
  incompleteBeta,
  inverseIncompleteBeta,
  logGamma,
  meanInterval,
  medianOf,
  normalQuantile,
  quantileOfSorted,
  scaledMad,
  seededRandom,
  shuffledIndices,
  studentQuantile,
  wilson,
} from '../../../src/base/statistics/index.ts'

// Expected values: SciPy 1.17.1 (scipy.special.betainc, betaincinv, gammaln; scipy.stats.binomtest(...).proportion_ci,
// t.ppf, norm.ppf, t.interval; numpy.quantile; scipy.stats.median_abs_deviation(scale='normal')).
const near = (value: number | undefined, expected: number, digits = 10): void => {
  expect(value).toBeDefined()
  expect(Math.abs((value ?? Number.NaN) - expected)).toBeLessThanOrEqual(10 ** -digits * Math.max(1, Math.abs(expected)))
}

describe('against SciPy', () => {
  test('incomplete beta and its inverse', () => {
    near(incompleteBeta(0.3, 2, 5), 0.5798250000000003)
    near(incompleteBeta(0.95, 100, 3.5), 0.16774059444115863)
    near(incompleteBeta(0.5, 0.5, 0.5), 0.5)
    near(incompleteBeta(0.0012, 1.5, 900), 0.4605076253754161)
    near(incompleteBeta(0.999, 2000, 1), 0.13519992539749948)
    near(inverseIncompleteBeta(0.05, 3, 7), 0.09774681343927574)
    near(inverseIncompleteBeta(0.5, 0.5, 20), 0.011450256705575928)
    near(inverseIncompleteBeta(0.99, 1, 1000), 0.004594582648473037)
    near(logGamma(0.1), 2.252712651734206)
    near(logGamma(5.5), 3.9578139676187165)
    near(logGamma(171.3), 708.1149470389971)
    near(logGamma(100000), 1051287.7089736569)
  })

  test.each([
    [0, 20, 0, 0.16112515805281935, 0, 0.16843347098308548],
    [5, 200, 0.010724719651761264, 0.05717834040664198, 0.00816616619071024, 0.05737435112726713],
    [13, 13, 0.7719046276458017, 1, 0.7529473619994964, 1],
    [47, 1000, 0.035527105106384495, 0.061939938081528444, 0.034735062266795375, 0.06201263069307137],
  ])('Wilson and Clopper–Pearson at %i of %i', (k, m, wilsonLow, wilsonHigh, exactLow, exactHigh) => {
    near(wilson(k, m, 0.95).low, wilsonLow)
    near(wilson(k, m, 0.95).high, wilsonHigh)
    near(clopperPearson(k, m, 0.95).low, exactLow, 9)
    near(clopperPearson(k, m, 0.95).high, exactHigh, 9)
  })

  test('quantiles of t and normal, interval of a mean', () => {
    near(studentQuantile(0.975, 4), 2.7764451051977934)
    near(studentQuantile(0.95, 1), 6.313751514675037)
    near(studentQuantile(0.01, 30), -2.4572615424005915)
    near(studentQuantile(0.9995, 2.5), 18.277893528131457)
    near(normalQuantile(0.975), 1.959963984540054)
    near(normalQuantile(0.001), -3.090232306167813)
    near(normalQuantile(0.99999), 4.264890793923841, 8)
    const sample = [3.1, 2.7, 3.9, 3.3, 2.8]
    near(meanInterval(sample, 0.95)?.low, 2.567113566986677)
    near(meanInterval(sample, 0.95)?.high, 3.752886433013323)
    const sorted = [...sample].sort()
    near(quantileOfSorted(sorted, 0.1), 2.74)
    near(quantileOfSorted(sorted, 0.9), 3.66)
    near(medianOf(sample), 3.1)
    near(scaledMad(sample), 0.444780665551681)
  })
})

test('the first items of an acceptance search: 0 errors prove α at δ from m ≥ ln δ / ln(1−α) on', () => {
  const m = Math.ceil(Math.log(0.05) / Math.log(1 - 0.01))
  expect(clopperPearsonUpper(0, m, 0.05)).toBeLessThanOrEqual(0.01)
  expect(clopperPearsonUpper(0, m - 1, 0.05)).toBeGreaterThan(0.01)
})

describe('seeded', () => {
  test('Clopper–Pearson covers a true rate at least as often as it says', () => {
    const random = seededRandom(7)
    let covered = 0
    for (let round = 0; round < 2000; round++) {
      let hits = 0
      for (let i = 0; i < 60; i++) if (random.next() < 0.08) hits++
      const { low, high } = clopperPearson(hits, 60, 0.9)
      if (low <= 0.08 && 0.08 <= high) covered++
    }
    expect(covered / 2000).toBeGreaterThan(0.9 - 0.015)
  })

  test('bootstrap of a mean agrees with the normal interval and repeats', () => {
    const random = seededRandom(3)
    const values = Float64Array.from({ length: 400 }, () => random.next() + random.next())
    const mean = (rows: Uint32Array): number => rows.reduce((sum, row) => sum + (values[row] as number), 0) / rows.length
    const interval = bootstrapInterval(400, mean, { seed: 1, resamples: 2000 })
    const exact = meanInterval([...values], 0.95)
    near(interval.low, exact?.low ?? 0, 2)
    near(interval.high, exact?.high ?? 0, 2)
    expect(bootstrapInterval(400, mean, { seed: 1, resamples: 2000 })).toEqual(interval)
  })

  test('uniform, equidistributed, and a shuffle is a permutation', () => {
    const random = seededRandom(42)
    const counts = new Array<number>(10).fill(0)
    for (let i = 0; i < 100_000; i++) {
      const drawn = random.below(10)
      counts[drawn] = (counts[drawn] ?? 0) + 1
    }
    const chi = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0)
    expect(chi).toBeLessThan(27.88) // χ²(9) at .999, SciPy
    expect([...shuffledIndices(1000, random)].sort((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, i) => i))
    expect(seededRandom(1).next()).not.toBe(seededRandom(2).next())
  })
})
