import { DuckDBInstance } from '@duckdb/node-api'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { QuantileSketch } from '../../../src/base/statistics/quantile-sketch.ts'
import {
  addToSketch,
  distancesFrom,
  distributionOf,
  emptySketch,
  meanOf,
  mergeSketches,
  modeOf,
  quantileOf,
  SKETCH_BINS,
} from '../../../src/base/statistics/quantile-sketch.ts'

const PROBABILITIES = [0, 0.01, 0.25, 0.5, 0.75, 0.999, 1]
const sketchOf = (values: Iterable<number>): QuantileSketch => addToSketch(emptySketch(), values)

/** Values with `n` distinct ones from a linear congruential generator. */
function spread(n: number, scale: (u: number) => number): Float64Array {
  const values = new Float64Array(n)
  let state = 12345
  for (let i = 0; i < n; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    values[i] = scale(state / 2 ** 32)
  }
  return values
}

async function duckQuantiles(values: Float64Array): Promise<number[]> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  await connection.run('CREATE TABLE t (v DOUBLE)')
  const appender = await connection.createAppender('t')
  for (const value of values) {
    appender.appendDouble(value)
    appender.endRow()
  }
  appender.closeSync()
  const rows = await (await connection.run(`SELECT ${PROBABILITIES.map((p) => `quantile_cont(v, ${p})`).join(', ')} FROM t`)).getRows()
  return rows[0] as number[]
}

describe('quantiles', () => {
  it.each([
    ['few values', 501, (u: number) => Math.round(u * 40) / 4],
    ['an octave, more values than buckets', 60_000, (u: number) => 1000 + u],
    ['both signs and many octaves', 60_000, (u: number) => (u - 0.5) ** 5 * 1e9],
  ])('agree with DuckDB within the stated error: %s', async (_, n, scale) => {
    const values = spread(n, scale)
    const distribution = distributionOf(sketchOf(values))
    const expected = await duckQuantiles(values)
    expect(distribution.n).toBe(n)
    expect(distribution.values.length).toBeLessThanOrEqual(SKETCH_BINS)
    for (const [i, p] of PROBABILITIES.entries()) {
      const slack = distribution.error + 1e-12 * Math.abs(expected[i] as number)
      expect(Math.abs(quantileOf(distribution, p) - (expected[i] as number)), `p = ${p}`).toBeLessThanOrEqual(slack)
    }
  })

  it('are the same bytes however the values are cut, ordered and merged', () => {
    const values = spread(50_000, (u) => (u - 0.3) * 1e3)
    const whole = distributionOf(sketchOf(values))
    expect(whole.error).toBeGreaterThan(0)
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 49_999 }), { maxLength: 6 }), fc.boolean(), (cuts, reversed) => {
        const edges = [0, ...cuts.sort((a, b) => a - b), values.length]
        const parts = edges.slice(1).map((end, i) => sketchOf(values.subarray(edges[i], end)))
        if (reversed) parts.reverse()
        const roundTripped = parts.map((part) => JSON.parse(JSON.stringify(part)) as QuantileSketch)
        expect(distributionOf(roundTripped.reduce(mergeSketches, emptySketch()))).toEqual(whole)
      }),
      { numRuns: 12 },
    )
  })

  it('are exact for any small set of doubles', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e150, max: 1e150 }), { minLength: 1, maxLength: 50 }),
        (values) => {
          const sorted = values.map((value) => value + 0).sort((a, b) => a - b)
          const distribution = distributionOf(sketchOf(values))
          expect(distribution.error).toBe(0)
          expect(distribution.values).toEqual([...new Set(sorted.map((value) => (value === 0 ? 0 : value)))])
          expect(quantileOf(distribution, 0)).toBe(sorted[0] === 0 ? 0 : sorted[0])
          expect(quantileOf(distribution, 1)).toBe(sorted.at(-1) === 0 ? 0 : sorted.at(-1))
        },
      ),
    )
  })

  it('know mean, mode and distances by hand', () => {
    const distribution = distributionOf(sketchOf([1, 2, 2, 3, 12, Number.NaN, Number.POSITIVE_INFINITY]))
    expect(meanOf(distribution)).toBeCloseTo(4, 12)
    expect(modeOf(distribution)).toBe(2)
    expect(quantileOf(distancesFrom(distribution, 2), 0.5)).toBe(1) // |x − 2| = 0 0 1 1 10
    expect(quantileOf(distributionOf(emptySketch()), 0.5)).toBeNaN()
    expect(meanOf(distributionOf(emptySketch()))).toBeNaN()
  })
})
