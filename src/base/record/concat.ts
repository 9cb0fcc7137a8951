import type { RecordBatch } from './batch.ts'
import type { Column } from './column.ts'
import { numberColumn } from './column.ts'
import type { Field } from './field.ts'
import { isNumeric } from './field.ts'
import { concatTexts, textColumn } from './text-column.ts'

/** Batches of the same fields one after the other. */
export function concatBatches(fields: readonly Field[], batches: readonly RecordBatch[]): RecordBatch {
  const [only] = batches
  if (batches.length === 1 && only) return only
  const columns = new Map<string, Column>()
  for (const field of fields) columns.set(field.name, concatColumn(field, batches))
  return { ids: batches.flatMap((batch) => batch.ids), fields, columns }
}

function concatColumn(field: Field, batches: readonly RecordBatch[]): Column {
  if (isNumeric(field.type)) {
    return numberColumn(
      concatNumbers(
        batches.map((batch) => {
          const column = batch.columns.get(field.name)
          return column?.kind === 'number' ? column.values : new Float64Array(batch.ids.length).fill(Number.NaN)
        }),
      ),
    )
  }
  return concatTexts(
    batches.map((batch) => {
      const column = batch.columns.get(field.name)
      return column?.kind === 'text' ? column : textColumn(new Array(batch.ids.length).fill(null))
    }),
  )
}

/** Arrays of numbers one after the other. */
export function concatNumbers(arrays: readonly Float64Array[]): Float64Array<ArrayBuffer> {
  const all = new Float64Array(arrays.reduce((sum, array) => sum + array.length, 0))
  let at = 0
  for (const array of arrays) {
    all.set(array, at)
    at += array.length
  }
  return all
}
