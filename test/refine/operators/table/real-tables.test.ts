import { describe, expect, it } from 'vitest'
import { REAL_TABLES, realTable } from '../real-tables.ts'
import { losses, operator, run } from '../run-operator.ts'

/** What a table gets without a recipe must not cost honest data. */
const GENTLE = ['table/trim-text', 'table/range', 'table/code-list', 'table/unique-key', 'table/missing-share', 'table/type-check']

describe('real tables', () => {
  it.each(REAL_TABLES)('%s loses no record and no value to the default steps', async (path, options) => {
    const batch = await realTable(path, options)
    if (!batch) return
    expect(batch.ids.length).toBeGreaterThan(100)
    for (const id of GENTLE) expect({ id, ...losses(batch, run(await operator(id), [batch], {})) }).toEqual({ id, records: 0, values: 0 })
    const outliers = losses(batch, run(await operator('table/outliers-mad'), [batch], {}))
    process.stderr.write(`${path}: outliers-mad would empty ${outliers.values} values\n`)
    expect(outliers.records).toBe(0)
  })
})
