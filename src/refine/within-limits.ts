import type { RecordBatch, Step } from '../base/record/index.ts'
import { keepAll, numbersOf, rejectWhere } from '../base/record/index.ts'

/** Limits of one numeric column, both ends allowed; a missing end does not limit. */
export interface ColumnLimits {
  readonly column: string
  readonly min?: number | undefined
  readonly max?: number | undefined
  /** Reasons of the operator for a value below `min` and above `max`. */
  readonly below: string
  readonly above: string
}

/**
 * Sends to quarantine each record with a value outside of the first limits that it breaks. A value that is missing,
 * or a batch without the column, is not judged: that a field must be there is the schema's business.
 */
export function rejectOutside(batch: RecordBatch, limits: readonly ColumnLimits[]): Step {
  const present = limits.flatMap((limit) => {
    const values = numbersOf(batch, limit.column)?.values
    return values ? [{ ...limit, values, min: limit.min ?? Number.NEGATIVE_INFINITY, max: limit.max ?? Number.POSITIVE_INFINITY }] : []
  })
  if (present.length === 0) return keepAll(batch)
  return rejectWhere(batch, (row) => {
    for (const { column, values, min, max, below, above } of present) {
      const value = values[row] as number
      // NaN, a missing value, is on neither side.
      if (value < min) return { reason: below, field: column, found: String(value) }
      if (value > max) return { reason: above, field: column, found: String(value) }
    }
    return null
  })
}
