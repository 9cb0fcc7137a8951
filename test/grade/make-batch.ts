import type { Column, Field, RecordBatch } from '../../src/base/record/index.ts'
import { isNumeric, numberColumn, takeRecords, textColumn } from '../../src/base/record/index.ts'
import type { DatasetFacts, TableFacts } from '../../src/grade/indicator.ts'

export type Value = string | number | null

/** A batch from rows of values in the order of the fields; ids are `0000000000000000-000000`, … as ingest makes them. */
export function batchOf(fields: readonly Field[], rows: readonly (readonly Value[])[], firstOrdinal = 0): RecordBatch {
  const columns = new Map<string, Column>()
  fields.forEach((field, at) => {
    const values = rows.map((row) => row[at] ?? null)
    columns.set(
      field.name,
      isNumeric(field.type)
        ? numberColumn(Float64Array.from(values, (value) => (value === null ? Number.NaN : Number(value))))
        : textColumn(values.map((value) => (value === null ? null : String(value)))),
    )
  })
  return { ids: rows.map((_, row) => idOf(firstOrdinal + row)), fields, columns }
}

export const idOf = (ordinal: number): string => `00000000000000aa-${String(ordinal).padStart(8, '0')}`

export const sliceOf = (batch: RecordBatch, from: number, to: number): RecordBatch =>
  takeRecords(
    batch,
    Uint32Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at),
  )

export const factsOf = (table: TableFacts, records: number, rest: Partial<DatasetFacts> = {}): DatasetFacts => ({
  dataset: 'sample',
  version: '1.0.0',
  demand: table.demand,
  tables: [{ ...table, records }],
  documentation: new Map(),
  generated: false,
  license: 'CC-BY-4.0',
  provenance: { source: '自采', details: 'plant 3, line 2' },
  ...rest,
})
