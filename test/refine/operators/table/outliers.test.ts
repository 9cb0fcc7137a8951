import { DuckDBInstance } from '@duckdb/node-api'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sharedFile } from '../../shared-data.ts'
import { batchOf } from '../../unify/batch-of.ts'
import { realTable } from '../real-tables.ts'
import { cut, operator, run } from '../run-operator.ts'

const NAB = '01-industrial-manufacturing/NAB/machine_temperature_system_failure.csv'

describe('outliers', () => {
  it('agree with DuckDB on the NAB temperatures', async () => {
    const [file, batch] = [sharedFile(NAB), await realTable(NAB)]
    if (!file || !batch) return
    const connection = await (await DuckDBInstance.create(':memory:')).connect()
    const count = async (sql: string): Promise<number> => Number((await (await connection.run(sql)).getRows())[0]?.[0])
    const byQuartiles = await count(
      `WITH q AS (SELECT quantile_cont(value, .25) a, quantile_cont(value, .75) b FROM read_csv('${file}'))
       SELECT count(*) FROM read_csv('${file}'), q WHERE value < a - 3 * (b - a) OR value > b + 3 * (b - a)`,
    )
    const byMad = await count(
      `WITH q AS (SELECT median(value) c, mad(value) * 1.482602218505602 d FROM read_csv('${file}'))
       SELECT count(*) FROM read_csv('${file}'), q WHERE abs(value - c) > 8 * d`,
    )
    expect(run(await operator('table/outliers-iqr'), [batch], { action: 'quarantine' }).quarantined.length).toBe(byQuartiles)
    expect(run(await operator('table/outliers-mad'), [batch], { action: 'quarantine' }).quarantined.length).toBe(byMad)
    expect([byQuartiles, byMad].every((n) => n > 0)).toBe(true)
  })

  it.each(['table/outliers-iqr', 'table/outliers-mad'])('%s gives the same for any cut into parts', async (id) => {
    const one = await operator(id)
    const value = fc.oneof(fc.constant(null), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer({ min: -20, max: 20 }))
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 60 }), fc.array(fc.nat(60), { maxLength: 4 }), (values, places) => {
        const batch = batchOf({ v: values }, { v: { type: 'number' } })
        const given = { columns: ['v'], action: 'quarantine' }
        const whole = run(one, [batch], given)
        const pieces = run(one, cut(batch, places), given)
        expect([pieces.ids, pieces.quarantined]).toEqual([whole.ids, whole.quarantined])
      }),
    )
  })

  it('do not judge a column without spread', async () => {
    const batch = batchOf({ v: [0, 0, 0, 0, 0, 0, 0, 0, 0, 7, 900] })
    for (const id of ['table/outliers-iqr', 'table/outliers-mad'])
      expect(run(await operator(id), [batch], { columns: ['v'] }).steps[0]?.kept).toBe(batch)
  })
})
