import { DuckDBInstance } from '@duckdb/node-api'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Outcome } from '../../../src/base/problem/index.ts'
import { parseDate } from '../../../src/refine/unify/parse-date.ts'
import { resample } from '../../../src/refine/unify/resample.ts'
import { slideWindows } from '../../../src/refine/unify/window.ts'
import { readDelimited, sharedFile } from '../shared-data.ts'
import { batchOf, cellsOf, fates } from './batch-of.ts'

const must = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new Error(outcome.problem.message.en)
  return outcome.value
}
const TIME = { t: { type: 'timestamp' as const } }
const RESAMPLE = { kind: 'resample' as const, time: 't', group: [] as string[], everyMs: 1000, aggregate: {} }

describe('resample', () => {
  it('gathers time slots by field, group and rule', () => {
    const batch = batchOf(
      {
        t: [2500, 100, 900, 1500, null, 1999],
        g: ['x', 'x', 'x', 'x', 'x', 'y'],
        v: [5, 1, 2, null, 7, 8],
        s: ['e', 'a', 'b', 'd', 'z', 'q'],
        bad: [0, 0, 1, 0, 0, 0],
      },
      { ...TIME, bad: { type: 'integer', role: 'label' } },
    )
    const result = must(resample(batch, { ...RESAMPLE, group: ['g'], aggregate: { s: 'last' } }))
    expect(cellsOf(result.batch)).toEqual({
      t: [0, 1000, 2000, 1000],
      g: ['x', 'x', 'x', 'y'],
      v: [1.5, null, 5, 8],
      s: ['b', 'd', 'e', 'q'],
      bad: [1, 0, 0, 0],
    })
    expect(result.batch.ids).toEqual(['r-1', 'r-3', 'r-0', 'r-5'])
    expect(result.merged).toEqual([{ id: 'r-2', into: 'r-1', reason: 'resampled' }])
    expect(result.quarantined).toEqual([{ id: 'r-4', reason: 'time-missing', field: 't' }])
  })

  it('leaves a regular grid as it is', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e6, max: 1e6 }),
        fc.array(fc.oneof(fc.constant(null), fc.double({ noNaN: true, noDefaultInfinity: true })), { minLength: 1, maxLength: 30 }),
        (start, values) => {
          const batch = batchOf({ t: values.map((_, i) => (start + i) * 1000), v: values }, { ...TIME, v: { type: 'number' } })
          const result = must(resample(batch, RESAMPLE))
          expect(result.batch).toEqual(batch)
          expect([result.merged, result.quarantined]).toEqual([[], []])
        },
      ),
    )
  })

  it('counts time in the unit of its field', () => {
    const batch = batchOf({ t: [0, 0.4, 0.6, 1.2], v: [1, 3, 5, 7] }, { t: { type: 'number', unit: 'h' } })
    expect(cellsOf(must(resample(batch, { ...RESAMPLE, everyMs: 1_800_000 })).batch)).toEqual({ t: [0, 0.5, 1], v: [2, 5, 7] })
    expect(resample(batchOf({ t: [1], v: [1] }, { t: { unit: 'kg' } }), RESAMPLE)).toMatchObject({
      ok: false,
      problem: { code: 'refine/not-a-date' },
    })
  })

  it('agrees with DuckDB on the NAB temperatures, hour by hour', async () => {
    const file = sharedFile('01-industrial-manufacturing/NAB/machine_temperature_system_failure.csv')
    if (!file) return
    const { columns } = await readDelimited(file)
    const [times, values] = columns as [string[], string[]]
    const batch = batchOf({ t: times.map((text) => parseDate(text)), v: values.map(Number) }, TIME)
    const result = must(resample(batch, { ...RESAMPLE, everyMs: 3_600_000 }))
    const connection = await (await DuckDBInstance.create(':memory:')).connect()
    const rows = await (
      await connection.run(
        `SELECT epoch_ms(date_trunc('hour', timestamp))::DOUBLE, avg(value) FROM read_csv('${file}') GROUP BY 1 ORDER BY 1`,
      )
    ).getRows()
    expect(cellsOf(result.batch)['t']).toEqual(rows.map(([t]) => t))
    for (const [i, [, mean]] of rows.entries()) expect(result.batch.columns.get('v')?.values[i]).toBeCloseTo(mean as number, 9)
    expect(fates(result)).toEqual(batch.ids.toSorted())
  })
})

const WINDOW = { kind: 'window' as const, time: 't', group: [] as string[], lengthMs: 3000, stepMs: 2000, columns: ['v'] }

describe('slideWindows', () => {
  it('makes one record a full window, with its label and its values', () => {
    const batch = batchOf(
      { t: [0, 1000, 2000, 3000, 4000, 5000, null], v: [1, null, 3, 4, 5, 6, 7], l: ['a', 'a', 'b', 'b', 'b', 'b', 'b'] },
      { ...TIME, l: { type: 'category', role: 'label' } },
    )
    const result = must(slideWindows(batch, WINDOW))
    expect(cellsOf(result.batch)).toEqual({ t: [0, 2000], l: ['a', 'b'], v: ['[1,null,3]', '[3,4,5]'] })
    expect(result.batch.ids).toEqual(['r-0.1', 'r-2.1'])
    expect(result.merged.map(({ id, into }) => [id, into])).toEqual([
      ['r-1', 'r-0.1'],
      ['r-3', 'r-2.1'],
      ['r-4', 'r-2.1'],
    ])
    expect(result.quarantined.map(({ id, reason }) => [id, reason])).toEqual([
      ['r-6', 'time-missing'],
      ['r-5', 'window-incomplete'],
    ])
  })

  it('skips holes of years at no cost', () => {
    const batch = batchOf({ t: [0, 1000, 2000, 1e15, 1e15 + 1000, 1e15 + 2000], v: [1, 2, 3, 4, 5, 6] }, TIME)
    const start = performance.now()
    const result = must(slideWindows(batch, { ...WINDOW, stepMs: 1000 }))
    expect(performance.now() - start).toBeLessThan(100)
    expect(cellsOf(result.batch)['v']?.slice(0, 3)).toEqual(['[1,2,3]', '[2,3]', '[3]'])
  })

  it('holds in each window just the records of its time, and keeps account of all', () => {
    const row = fc.record({ t: fc.oneof(fc.constant(null), fc.integer({ min: 0, max: 60 })), g: fc.constantFrom('x', 'y') })
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 12 }),
        (rows, length, step) => {
          const batch = batchOf(
            { t: rows.map(({ t }) => t), g: rows.map(({ g }) => g), v: rows.map((_, i) => i) },
            { t: { type: 'timestamp' } },
          )
          const result = must(slideWindows(batch, { ...WINDOW, group: ['g'], lengthMs: length, stepMs: step }))
          expect(fates(result)).toEqual(batch.ids.toSorted())
          expect(new Set(result.batch.ids).size).toBe(result.batch.ids.length)
          const { t, g, v } = cellsOf(result.batch)
          for (const [i, start] of (t ?? []).entries()) {
            const expected = rows.flatMap((one, at) =>
              one.t !== null && one.g === g?.[i] && one.t >= (start as number) && one.t < (start as number) + length ? [at] : [],
            )
            expect((JSON.parse(v?.[i] as string) as number[]).toSorted((a, b) => a - b)).toEqual(expected)
          }
        },
      ),
    )
  })
})
