import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { loadPlugins } from '../../../src/base/plugin/index.ts'
import type { RecordBatch } from '../../../src/base/record/index.ts'
import type { ExampleColumns, Operator } from '../../../src/refine/operator.ts'
import { batchOfExample } from '../../contract/operator-batch.ts'
import { cut, run } from './run-operator.ts'

const operators = (await loadPlugins<Operator>(new URL('../../../src/refine/operators/', import.meta.url))).filter(({ id }) =>
  /^(?:table|series)\//.test(id),
)

type Cell = string | number | null

/** Values like those of the example's column, often the same again, often missing: what rules that remember stumble over. */
function cellLike(values: readonly Cell[]): fc.Arbitrary<Cell> {
  const present = values.filter((value) => value !== null)
  const seen: fc.Arbitrary<Cell> = fc.constantFrom<Cell>(...present)
  const isNumber = present.some((value) => typeof value === 'number')
  const other: fc.Arbitrary<Cell> = isNumber
    ? fc.oneof(fc.integer({ min: -100, max: 100 }), fc.double({ noNaN: true }))
    : fc.oneof(fc.string({ maxLength: 8 }), fc.constantFrom('', ' ', '\u3000'))
  return fc.oneof({ arbitrary: seen, weight: 5 }, { arbitrary: fc.constant<Cell>(null), weight: 2 }, { arbitrary: other, weight: 2 })
}

/** Batches with the columns of an example and other rows; the kinds of columns are the example's. */
function batchLike(example: ExampleColumns): fc.Arbitrary<RecordBatch> {
  const kinds = batchOfExample(example)
  const names = Object.keys(example)
  const row = fc.tuple(...names.map((name) => cellLike(example[name] ?? [])))
  return fc.array(row, { minLength: 1, maxLength: 40 }).map((rows) => {
    const columns = Object.fromEntries(names.map((name, i) => [name, [...(example[name] ?? []), ...rows.map((cells) => cells[i] ?? null)]]))
    return { ...batchOfExample(columns), fields: kinds.fields }
  })
}

const places = fc.array(fc.nat({ max: 50 }), { maxLength: 6 })

describe.each(operators)('$id, for any rows', ({ plugin: operator }) => {
  const { before, parameters } = operator.example

  it('keeps, merges or quarantines each record once, with a reason that it defines', () => {
    fc.assert(
      fc.property(batchLike(before), (batch) => {
        const { ids, merged, quarantined, steps } = run(operator, [batch], parameters)
        const out = [...ids, ...merged.map(([id]) => id), ...quarantined.map(([id]) => id)].sort()
        expect(out).toEqual([...batch.ids].sort())
        for (const [, reason] of quarantined) expect(Object.keys(operator.reasons ?? {})).toContain(reason)
        for (const [, into, reason] of merged) {
          expect(Object.keys(operator.reasons ?? {})).toContain(reason)
          expect(ids).toContain(into)
        }
        for (const { kept } of steps) for (const { values } of kept.columns.values()) expect(values.length).toBe(kept.ids.length)
      }),
      { numRuns: 60 },
    )
  })

  it('gives the same for one file in any batches, fitted in any parts', () => {
    fc.assert(
      fc.property(batchLike(before), places, (batch, at) => {
        const whole = run(operator, [batch], parameters)
        const parts = run(operator, cut(batch, at), parameters)
        expect({ ...parts, steps: [] }).toEqual({ ...whole, steps: [] })
      }),
      { numRuns: 80 },
    )
  })

  it.runIf(operator.idempotent !== false && !operator.fit)('changes nothing the second time', () => {
    fc.assert(
      fc.property(batchLike(before), (batch) => {
        const once = run(operator, [batch], parameters)
        const [kept] = once.steps.map((step) => step.kept)
        const twice = run(operator, [kept as RecordBatch], parameters)
        expect({ ids: twice.ids, cells: twice.cells }).toEqual({ ids: once.ids, cells: once.cells })
      }),
      { numRuns: 80 },
    )
  })

  it('leaves the batch that it was given as it was', () => {
    const batch = batchOfExample(before)
    const copy = structuredClone(batch)
    run(operator, [batch], parameters)
    expect(batch).toEqual(copy)
  })
})
