import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Outcome } from '../../../src/base/problem/index.ts'
import { melt, pivot } from '../../../src/refine/unify/reshape.ts'
import type { Cell } from './batch-of.ts'
import { batchOf, cellsOf, fates } from './batch-of.ts'

const must = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new Error(outcome.problem.message.en)
  return outcome.value
}
const MELT = { kind: 'melt' as const, keep: ['site'], columns: ['a', 'b'], name: 'crop', value: 'yield' }
const PIVOT = { kind: 'pivot' as const, keep: ['site'], name: 'crop', value: 'yield' }

describe('melt', () => {
  it('makes one record a column, missing values too', () => {
    const result = must(
      melt(batchOf({ site: ['N', 'S'], a: [1, null], b: [2, 4], note: ['x', 'y'] }, { a: { unit: 't/har' }, b: { unit: 't/har' } }), MELT),
    )
    expect(cellsOf(result.batch)).toEqual({ site: ['N', 'N', 'S', 'S'], crop: ['a', 'b', 'a', 'b'], yield: [1, 2, null, 4] })
    expect(result.batch.ids).toEqual(['r-0.1', 'r-0.2', 'r-1.1', 'r-1.2'])
    expect(result.batch.fields[2]).toEqual({ name: 'yield', type: 'number', unit: 't/har' })
    expect(result.origins).toEqual(['r-0', 'r-0', 'r-1', 'r-1'])
  })
  it('writes mixed types as text', () => {
    const { batch } = must(melt(batchOf({ site: ['N'], a: [1], b: ['x'] }), MELT))
    expect(cellsOf(batch)['yield']).toEqual(['1', 'x'])
    expect(
      cellsOf(must(melt(batchOf({ site: ['N'], a: [0], b: [1] }, { a: { type: 'date' }, b: { type: 'boolean' } }), MELT)).batch)['yield'],
    ).toEqual(['1970-01-01', 'true'])
  })
  it('names what is wrong', () => {
    const batch = batchOf({ site: ['N'], a: [1] })
    expect(melt(batch, MELT)).toMatchObject({
      ok: false,
      problem: { code: 'refine/column-missing', facts: { field: 'b', found: 'site, a' } },
    })
    expect(melt(batchOf({ site: ['N'], a: [1], b: [1] }), { ...MELT, name: 'site' })).toMatchObject({
      ok: false,
      problem: { code: 'refine/name-taken' },
    })
  })
})

describe('pivot', () => {
  it('gathers groups, merges repeats, quarantines conflicts and the nameless', () => {
    const result = must(
      pivot(batchOf({ site: ['N', 'N', 'S', 'N', 'N', 'N'], crop: ['b', 'a', 'a', 'b', 'b', null], yield: [1, 2, 3, 1, 9, 5] }), PIVOT),
    )
    expect(cellsOf(result.batch)).toEqual({ site: ['N', 'S'], a: [2, 3], b: [1, null] })
    expect(result.batch.ids).toEqual(['r-0', 'r-2'])
    expect(result.merged).toEqual([
      { id: 'r-1', into: 'r-0', reason: 'pivoted' },
      { id: 'r-3', into: 'r-0', reason: 'pivoted' },
    ])
    expect(result.quarantined.map(({ id, reason }) => [id, reason])).toEqual([
      ['r-4', 'pivot-conflict'],
      ['r-5', 'pivot-name-missing'],
    ])
  })

  it('undoes melt, and both keep account of every record', () => {
    const cell = fc.oneof(fc.constant(null), fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }))
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.record({ site: fc.string(), a: cell, b: cell }), { selector: ({ site }) => site, minLength: 1, maxLength: 12 }),
        (rows) => {
          const cells: Record<string, Cell[]> = { site: rows.map(({ site }) => site), a: rows.map(({ a }) => a), b: rows.map(({ b }) => b) }
          const wide = batchOf(cells, { a: { type: 'number' }, b: { type: 'number' } })
          const long = must(melt(wide, MELT))
          const back = must(pivot(long.batch, PIVOT))
          expect(cellsOf(back.batch)).toEqual(cellsOf(wide))
          expect(back.batch.fields).toEqual(wide.fields)
          expect(fates(long)).toEqual(wide.ids.toSorted())
          expect(fates(back)).toEqual(long.batch.ids.toSorted())
        },
      ),
    )
  })

  it('keeps account of any records', () => {
    const text = fc.constantFrom('x', 'y', null)
    fc.assert(
      fc.property(
        fc.array(fc.record({ site: text, crop: text, yield: fc.constantFrom(1, 2, null) }), { minLength: 1, maxLength: 20 }),
        (rows) => {
          const batch = batchOf(
            { site: rows.map((row) => row.site), crop: rows.map((row) => row.crop), yield: rows.map((row) => row.yield) },
            { yield: { type: 'number' } },
          )
          const result = must(pivot(batch, PIVOT))
          expect(fates(result)).toEqual(batch.ids.toSorted())
        },
      ),
    )
  })
})
