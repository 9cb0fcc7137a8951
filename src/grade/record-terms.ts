import { isWebAddress } from '../base/kernels/index.ts'
import { type Column, isMissing, numbersOf, type RecordBatch } from '../base/record/index.ts'
import type { Provenance, TableFacts } from './indicator.ts'
import { isStandIn } from './stand-ins.ts'

const INTERNET = /^(?:互联网|internet|web)$/i

/** What keeps a source from being traced. */
export type TraceFault = 'source' | 'details' | 'address'

/** Can a source be traced: its kind and its details are stated, and from the internet they are an address? */
export function traceFault({ source, details }: Provenance): TraceFault | undefined {
  if (isStandIn(source ?? '')) return 'source'
  if (isStandIn(details ?? '')) return 'details'
  return INTERNET.test((source ?? '').trim()) && !isWebAddress((details ?? '').trim()) ? 'address' : undefined
}

/** Do the records of a table state their source themselves, as in the national format? */
export const statesSources = (table: TableFacts): boolean =>
  ['source', 'source_details'].every((wanted) => table.fields.some(({ name }) => name === wanted))

const textAt = (column: Column | undefined, row: number): string | undefined =>
  column && !isMissing(column, row) ? String(column.values[row]) : undefined

/** What the records of a batch say of their source. */
export function sourceReader(batch: RecordBatch): (row: number) => Provenance {
  const [source, details] = [batch.columns.get('source'), batch.columns.get('source_details')]
  return (row) => ({ source: textAt(source, row), details: textAt(details, row) })
}

/** Tells each record of the national format that was modified before it was made. */
export function findWrongOrder(batch: RecordBatch, table: TableFacts, found: (row: number, field: string) => void): void {
  const [made, modified] = ['original_time', 'last_modified_time'].map((name) =>
    table.fields.some((field) => field.name === name) ? numbersOf(batch, name)?.values : undefined,
  )
  for (let row = 0; made && modified && row < batch.ids.length; row++) {
    if ((modified[row] as number) < (made[row] as number)) found(row, 'last_modified_time')
  }
}
