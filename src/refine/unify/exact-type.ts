import type { Field, FieldType } from '../../base/record/index.ts'
import type { Fault } from './fault.ts'

const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/
const ISO_MOMENT = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?$/i

const TESTS: Readonly<Record<FieldType, (value: unknown) => boolean>> = {
  text: (value) => typeof value === 'string',
  category: (value) => typeof value === 'string',
  integer: (value) => Number.isInteger(value),
  number: (value) => typeof value === 'number',
  boolean: (value) => typeof value === 'boolean',
  date: (value) => value instanceof Date || (typeof value === 'string' && ISO_DATE.test(value)),
  timestamp: (value) => value instanceof Date || (typeof value === 'string' && (ISO_DATE.test(value) || ISO_MOMENT.test(value))),
  json: () => true,
  media: () => true,
}

/**
 * Reports raw values of an exact field that are not of its type as they stand, and records without its key. Null is a gap,
 * not a fault. Times are strings of ISO 8601.
 */
export function faultInexact(values: readonly unknown[], field: Field, fault: Fault): void {
  const fits = TESTS[field.type]
  for (let row = 0; row < values.length; row++) {
    const value = values[row]
    if (value === undefined) fault(row, 'refine/key-absent', '')
    else if (value !== null && !fits(value)) fault(row, 'refine/type-inexact', value)
  }
}
