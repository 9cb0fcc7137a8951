import { DuckDBInstance } from '@duckdb/node-api'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Outcome } from '../../../src/base/problem/index.ts'
import { joinTables } from '../../../src/refine/unify/join.ts'
import type { Cell } from './batch-of.ts'
import { batchOf, cellsOf } from './batch-of.ts'

const must = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new Error(outcome.problem.message.en)
  return outcome.value
}
const JOIN = { table: 'site', on: 'k', kind: 'left' as const }

describe('joinTables', () => {
  it('brings fields in and says what became of every record', () => {
    const left = batchOf({ k: ['a', 'b', 'c', null, 'a'], v: [1, 2, 3, 4, 5] })
    const right = batchOf(
      { k: ['b', 'a', 'a', 'z', null], v: [10, 20, 30, 40, 50], w: ['x', 'y', 'q', 'r', 's'] },
      { w: { role: 'label', required: true } },
      's',
    )
    const result = must(joinTables(left, right, JOIN))
    expect(cellsOf(result.batch)).toEqual({
      k: ['a', 'b', 'c', null, 'a'],
      v: [1, 2, 3, 4, 5],
      site_v: [20, 10, null, null, 20],
      w: ['y', 'x', null, null, 'y'],
    })
    expect(result.batch.fields.at(-1)).toMatchObject({ name: 'w', role: undefined, required: undefined })
    expect(result.merged).toEqual([
      { id: 's-0', into: 'r-1', reason: 'joined' },
      { id: 's-1', into: 'r-0', reason: 'joined' },
    ])
    expect(result.quarantined.map(({ id, reason }) => [id, reason])).toEqual([
      ['s-2', 'join-duplicate-key'],
      ['s-4', 'join-unmatched'],
      ['s-3', 'join-unmatched'],
    ])
  })

  it('matches a number with its digits, other names and several keys; inner drops the unmatched', () => {
    const left = batchOf({ plot: [1, 2, 3], year: [2000, 2000, 2001] })
    const right = batchOf({ p: ['1', '3', '2'], y: ['2000', '2001', '1999'], soil: ['clay', 'sand', 'loam'] }, {}, 's')
    const result = must(joinTables(left, right, { table: 'soil', on: { plot: 'p', year: 'y' }, kind: 'inner' }))
    expect(cellsOf(result.batch)).toEqual({ plot: [1, 3], year: [2000, 2001], soil: ['clay', 'sand'] })
    expect(result.quarantined.map(({ id }) => id)).toEqual(['s-2', 'r-1'])
  })

  it('names what is wrong', () => {
    const left = batchOf({ k: ['a'], v: [1], site_v: [2] })
    const right = batchOf({ k: ['a'], v: [1] })
    expect(joinTables(left, right, { ...JOIN, on: 'x' })).toMatchObject({ ok: false, problem: { code: 'refine/column-missing' } })
    expect(joinTables(left, right, { ...JOIN, fields: ['q'] })).toMatchObject({ ok: false, problem: { code: 'refine/column-missing' } })
    expect(joinTables(left, right, JOIN)).toMatchObject({ ok: false, problem: { code: 'refine/name-taken', facts: { field: 'site_v' } } })
  })

  it('gives the rows that DuckDB gives, and keeps account', async () => {
    const connection = await (await DuckDBInstance.create(':memory:')).connect()
    const key = fc.constantFrom(null, 'a', 'b', 'c', "d'", '', 'é', '1')
    const literal = (cell: Cell): string =>
      cell === null ? 'NULL' : typeof cell === 'number' ? String(cell) : `'${cell.replaceAll("'", "''")}'`
    const table = (keys: readonly Cell[], name: string): string =>
      `(SELECT * FROM (VALUES ${keys.map((k, i) => `(${i}, ${literal(k)}::VARCHAR)`).join(', ')}) ${name}(n, k))`
    await fc.assert(
      fc.asyncProperty(
        fc.array(key, { minLength: 1, maxLength: 12 }),
        fc.array(key, { minLength: 1, maxLength: 12 }),
        fc.constantFrom('left' as const, 'inner' as const),
        async (l, r, kind) => {
          const left = batchOf({ k: l, n: l.map((_, i) => i) })
          const right = batchOf({ k: r, m: r.map((_, i) => i) }, {}, 's')
          const result = must(joinTables(left, right, { ...JOIN, kind }))
          const sql = `SELECT l.n, r.n FROM ${table(l, 'l')} l ${kind.toUpperCase()} JOIN (SELECT k, min(n) n FROM ${table(r, 'q')} WHERE k IS NOT NULL GROUP BY k) r ON l.k = r.k ORDER BY l.n`
          const rows = await (await connection.run(sql)).getRows()
          const { n, m } = cellsOf(result.batch)
          expect((n ?? []).map((one, i) => [one, m?.[i]])).toEqual(rows)
          const account = [...result.batch.ids, ...result.merged.map(({ id }) => id), ...result.quarantined.map(({ id }) => id)].sort()
          expect(account).toEqual([...left.ids, ...right.ids].sort())
        },
      ),
      { numRuns: 60 },
    )
  })
})
