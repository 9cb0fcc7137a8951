import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ASPECTS } from '../../src/grade/aspects.ts'
import type { IndicatorGrade } from '../../src/grade/grade.ts'
import { accumulate, gradeDataset, gradeDimension, mergeAccumulations, startAccumulation } from '../../src/grade/grade.ts'
import type { TableFacts } from '../../src/grade/indicator.ts'
import { loadIndicators } from '../../src/grade/registry.ts'
import { DEFAULT_RULES, rulesWithWeights } from '../../src/grade/rules.ts'
import { batchOf, factsOf, sliceOf } from './make-batch.ts'
import { measured, measureTable } from './measure-table.ts'

const indicators = await loadIndicators()
const words = { zh: '说', en: 'said' }
const scored = (code: string, score: number): IndicatorGrade => ({
  ...{ code, dimension: 'quality' as const, title: words, status: 'measured' as const, score, n: 1, method: words },
  ...{ evidence: {}, failing: [], advice: words, reproducible: true },
})
const unscored = (code: string): IndicatorGrade => ({
  code,
  dimension: 'quality',
  title: words,
  status: 'not-measured',
  why: words,
  advice: words,
})

const table: TableFacts = {
  name: 'notes',
  modality: 'text',
  fields: [{ name: 'body', type: 'text', role: 'text', required: true }],
  codeLists: new Map(),
  demand: {},
}

describe('documentation', () => {
  test('twenty aspects, five an indicator, all different', () => {
    const keys = Object.values(ASPECTS).flatMap((aspects) => aspects.map(({ key }) => key))
    expect(keys.length).toBe(20)
    expect(new Set(keys).size).toBe(20)
    for (const aspects of Object.values(ASPECTS)) expect(aspects.length).toBe(5)
  })

  test('scores presence and says what to write for what is missing', () => {
    const documentation = new Map([
      ['scale', '1,200 records'],
      ['format', ' '],
      ['structure', 'one table'],
    ])
    const found = measured(measureTable('0101', table, [], { documentation }))
    expect([found.a, found.b, found.score]).toEqual([2, 5, 40])
    expect(found.evidence).toEqual({ present: ['scale', 'structure'], missing: ['format', 'access', 'support'] })
    expect(found.advice.en).toContain('access (where and on what terms to get it)')
    expect(found.advice.zh).toContain('documentation')
  })
})

describe('a dimension', () => {
  test('is the weighted mean of what was measured, and counts what was not', () => {
    const rules = { ...DEFAULT_RULES, weights: { b: 3 } }
    expect(gradeDimension([scored('a', 80), scored('b', 100), unscored('c')], rules)).toEqual({
      score: 95,
      measured: 2,
      total: 3,
      passes: true,
    })
    expect(gradeDimension([scored('a', 89.9999)], DEFAULT_RULES).passes).toBe(false)
    expect(gradeDimension([scored('a', 90)], DEFAULT_RULES).passes).toBe(true)
  })

  test('with less than half measured it cannot pass, however good the rest', () => {
    expect(gradeDimension([scored('a', 100), unscored('b'), unscored('c')], DEFAULT_RULES)).toEqual({
      score: 100,
      measured: 1,
      total: 3,
      passes: false,
    })
    expect(gradeDimension([unscored('a')], DEFAULT_RULES)).toEqual({ score: null, measured: 0, total: 1, passes: false })
  })

  test('lies between its least and its greatest indicator', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.double({ min: 0, max: 100, noNaN: true }), fc.integer({ min: 1, max: 9 })), { minLength: 1 }),
        (pairs) => {
          const weights = Object.fromEntries(pairs.map(([, weight], at) => [`i${at}`, weight]))
          const { score } = gradeDimension(
            pairs.map(([value], at) => scored(`i${at}`, value)),
            { ...DEFAULT_RULES, weights },
          )
          const values = pairs.map(([value]) => value)
          expect(score).toBeGreaterThanOrEqual(Math.min(...values) - 1e-4)
          expect(score).toBeLessThanOrEqual(Math.max(...values) + 1e-4)
        },
      ),
      { seed: 31 },
    )
  })

  test('weights are checked', () => {
    const codes = indicators.map(({ code }) => code)
    expect(rulesWithWeights({ '0208': 2 }, codes, 'a').ok).toBe(true)
    for (const weights of [{ '0999': 1 }, { '0208': 0 }, { '0208': Number.NaN }])
      expect(rulesWithWeights(weights, codes, 'a').ok).toBe(false)
  })
})

test('the whole way: two workers, merged, graded; the grade is plain JSON', () => {
  const batch = batchOf(
    table.fields,
    Array.from({ length: 300 }, (_, row) => [`第 ${row} 条记录说明了设备 ${row % 7} 的运行情况。`]),
  )
  const read = (from: number, to: number) => {
    const part = sliceOf(batch, from, to)
    const origin = { split: 'train', sources: part.ids.map(() => 'raw/a.csv') }
    return JSON.parse(JSON.stringify(accumulate(indicators, startAccumulation(indicators, table), part, table, origin)))
  }
  const whole = gradeDataset(indicators, factsOf(table, 300), [read(0, 300)])
  const merged = gradeDataset(indicators, factsOf(table, 300), [mergeAccumulations(indicators, read(0, 111), read(111, 300))])
  expect(merged).toEqual(whole)
  expect(JSON.parse(JSON.stringify(whole))).toEqual(whole)
  expect(whole.quality).toEqual({ score: 100, measured: 5, total: 8, passes: true })
  expect(whole.documentation.score).toBe(0)
  expect(whole.application).toEqual({ score: null, measured: 0, total: 5, passes: false })
  expect(whole.passes).toBe(false)
  expect(whole.tables[0]?.profile[0]?.missing).toBe(0)
  expect(() => gradeDataset(indicators, factsOf(table, 300), [])).toThrow('1 tables but accumulations of 0')
})
