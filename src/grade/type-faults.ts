import { z } from 'zod'
import type { RecordBatch } from '../base/record/index.ts'
import type { TableFacts } from './indicator.ts'

const list = z.array(z.tuple([z.string(), z.string()]))
type Faults = z.output<typeof list>

/** What is wrong with the raw types of a record, field by field; empty in a release, whose records are typed. */
export type FaultsAt = (row: number) => Faults

const NONE: Faults = []

/** Reads the faults of a batch's records; what is unreadable is none. */
export function faultReader(batch: RecordBatch, table: TableFacts): FaultsAt {
  const column = table.faults === undefined ? undefined : batch.columns.get(table.faults)
  if (column?.kind !== 'text') return () => NONE
  return (row) => {
    const json = column.values[row] ?? null
    if (json === null) return NONE
    const read = list.safeParse(JSON.parse(json))
    return read.success ? read.data : NONE
  }
}

/** Had the record a value for the field, though none of its type? */
export const wasPresent = (faults: Faults, field: string): boolean =>
  faults.some(([name, reason]) => name === field && reason !== 'refine/key-absent')
