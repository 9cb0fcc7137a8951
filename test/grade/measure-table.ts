import type { RecordBatch } from '../../src/base/record/index.ts'
import type { DatasetFacts, Measurement, TableFacts } from '../../src/grade/indicator.ts'
import { loadIndicators } from '../../src/grade/registry.ts'
import { factsOf } from './make-batch.ts'

const indicators = await loadIndicators()

/** What one indicator says of one table that holds the given batches, by split. */
export function measureTable(
  code: string,
  table: TableFacts,
  batches: readonly (readonly [split: string, batch: RecordBatch])[],
  rest: Partial<DatasetFacts> & { readonly sources?: (row: number) => string } = {},
): Measurement {
  const indicator = indicators.find((one) => one.code === code)
  if (!indicator) throw new Error(`no indicator ${code}`)
  let state: unknown = indicator.accumulation?.start(table)
  let records = 0
  for (const [split, batch] of batches) {
    const sources = batch.ids.map((_, row) => rest.sources?.(row) ?? 'raw/a.csv')
    state = indicator.accumulation?.add(state, batch, table, { split, sources })
    records += batch.ids.length
  }
  return indicator.conclude(factsOf(table, records, rest), indicator.accumulation ? [state] : [])
}

/** The measurement, which must be one. */
export function measured(measurement: Measurement): Measurement & { status: 'measured' } {
  if (measurement.status !== 'measured') throw new Error(`not measured: ${measurement.why.en}`)
  return measurement
}
