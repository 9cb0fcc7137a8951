import type { Column, Field, RecordBatch } from '../../src/base/record/index.ts'
import { numberColumn, takeRecords, textColumn } from '../../src/base/record/index.ts'
import type { ExampleColumns, Operator, OperatorContext } from '../../src/refine/operator.ts'

export const KEY = new TextEncoder().encode('the key of the contract test')

/** A batch with the columns of an example: strings in text columns, numbers in numeric ones; ids `r0`, `r1`, … */
export function batchOfExample(columns: ExampleColumns): RecordBatch {
  const names = Object.keys(columns)
  const rows = Math.max(0, ...names.map((name) => columns[name]?.length ?? 0))
  const fields: Field[] = []
  const made = new Map<string, Column>()
  for (const name of names) {
    const values = columns[name] ?? []
    const isNumber = values.some((value) => typeof value === 'number')
    fields.push({ name, type: isNumber ? 'number' : 'text' })
    made.set(
      name,
      isNumber
        ? numberColumn(Float64Array.from(values, (value) => (typeof value === 'number' ? value : Number.NaN)))
        : textColumn(values.map((value) => (value === null ? null : String(value)))),
    )
  }
  return { ids: Array.from({ length: rows }, (_, row) => `r${row}`), fields, columns: made }
}

export const rowsOf = (batch: RecordBatch, rows: readonly number[]): RecordBatch => takeRecords(batch, Uint32Array.from(rows))

/** A context for one raw file, fitted on the batch where the operator asks for it; states pass through JSON. */
export function contextFor(operator: Operator, parameters: unknown, batch: RecordBatch): OperatorContext {
  const { fit } = operator
  if (!fit) return { fitted: undefined, carry: new Map(), pseudonymKey: KEY }
  const state: unknown = JSON.parse(JSON.stringify(fit.add(fit.start(parameters), batch, parameters)))
  return { fitted: fit.finish(state, parameters), carry: new Map(), pseudonymKey: KEY }
}

/** Values by record: what a step kept, as plain data. Missing numbers are null. */
export function valuesById(batch: RecordBatch): Map<string, Record<string, string | number | null>> {
  const byId = new Map<string, Record<string, string | number | null>>()
  batch.ids.forEach((id, row) => {
    const values: Record<string, string | number | null> = {}
    for (const [name, column] of batch.columns) {
      const value = column.values[row]
      values[name] = value === undefined || (typeof value === 'number' && Number.isNaN(value)) ? null : value
    }
    byId.set(id, values)
  })
  return byId
}
