import { DuckDBInstance } from '@duckdb/node-api'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { batchOf } from '../../unify/batch-of.ts'
import { cut, operator, run } from '../run-operator.ts'

describe('unique-key', () => {
  it('merges copies and settles conflicts as told', async () => {
    const one = await operator('table/unique-key')
    const batch = batchOf({ k: [1, 2, 1, 1, null, null], v: ['a', 'b', 'a', 'c', 'd', 'd'] }, { k: { key: true } })
    const ran = run(one, [batch], {})
    expect(ran.ids).toEqual(['r-0', 'r-1', 'r-4', 'r-5'])
    expect(ran.merged).toEqual([['r-2', 'r-0', 'key-repeated']])
    expect(ran.quarantined).toEqual([['r-3', 'key-conflict', '[1]']])
    expect(run(one, [batch], { conflict: 'merge' }).merged).toEqual([
      ['r-2', 'r-0', 'key-repeated'],
      ['r-3', 'r-0', 'key-conflict'],
    ])
    expect(run(one, [batch], { conflict: 'keep' }).ids).toEqual(['r-0', 'r-1', 'r-3', 'r-4', 'r-5'])
    expect(run(one, [batchOf({ k: ['x', 'x'] })], {}).ids.length).toBe(2)
  })

  it('keeps the rows that DuckDB keeps, for any cut into parts', async () => {
    const one = await operator('table/unique-key')
    const connection = await (await DuckDBInstance.create(':memory:')).connect()
    const key = fc.constantFrom(null, 'a', 'b', 'x'.repeat(100), `${'x'.repeat(99)}y`, '__proto__')
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(key, fc.constantFrom(0, 1)), { minLength: 1, maxLength: 15 }),
        fc.array(fc.nat(15), { maxLength: 3 }),
        async (rows, places) => {
          const batch = {
            ...batchOf({ k: rows.map(([k]) => k), v: rows.map(([, v]) => v) }),
            ids: rows.map((_, i) => `r${String(i).padStart(2, '0')}`),
          }
          const values = rows
            .map(([k, v], i) => `('r${String(i).padStart(2, '0')}', ${k === null ? 'NULL' : `'${k}'`}::VARCHAR, ${v})`)
            .join(', ')
          const sql = `SELECT id FROM (VALUES ${values}) t(id, k, v) QUALIFY k IS NULL OR row_number() OVER (PARTITION BY k ORDER BY id) = 1 ORDER BY id`
          const expected = (await (await connection.run(sql)).getRows()).map(([id]) => id)
          const ran = run(one, cut(batch, places), { columns: ['k'] })
          expect(ran.ids).toEqual(expected)
          expect([...ran.ids, ...ran.merged.map(([id]) => id), ...ran.quarantined.map(([id]) => id)].sort()).toEqual(batch.ids)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('fits 200,000 records in linear time', async () => {
    const one = await operator('table/unique-key')
    const parts = Array.from({ length: 50 }, (_, part) => {
      const batch = batchOf({ k: Array.from({ length: 4000 }, (__, i) => `key-${part * 4000 + i}`) })
      return { ...batch, ids: batch.ids.map((id) => `${part}-${id}`) }
    })
    const fit = one.fit
    if (!fit) throw new Error('no fit')
    const parameters = one.parameters.parse({ columns: ['k'] })
    const start = performance.now()
    let state: unknown = fit.start(parameters)
    for (const part of parts) state = fit.add(state, part, parameters)
    const ms = performance.now() - start
    expect(state).toMatchObject({ level: 0, size: 200_000 })
    expect(fit.finish(state, parameters)).toEqual({})
    expect(ms).toBeLessThan(6000)
  })

  it('past its limit remembers a part of the keys, the same part in any order', async () => {
    const one = await operator('table/unique-key')
    const { fit } = one
    if (!fit) throw new Error('no fit')
    const parameters = one.parameters.parse({ columns: ['k'] })
    const stateOf = (level: number): unknown => {
      const batch = batchOf({ k: Array.from({ length: 2000 }, (_, i) => `key-${i % 1000}`) })
      return fit.add({ ...(fit.start(parameters) as object), level }, batch, parameters)
    }
    const merged = fit.merge(stateOf(0), stateOf(3))
    // 125 of 1,000 keys are expected; 80 to 170 hold all but one chance in 10,000.
    const remembered = Object.keys(fit.finish(merged, parameters) as object)
    expect(remembered.length).toBeGreaterThan(80)
    expect(remembered.length).toBeLessThan(170)
    expect(Object.keys(fit.finish(fit.merge(stateOf(3), stateOf(0)), parameters) as object).sort()).toEqual(remembered.sort())
    expect(merged).toMatchObject({ level: 3, size: remembered.length })
  })
})
