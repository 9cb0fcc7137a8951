import type { Field, FieldType } from '../../base/record/index.ts'
import type { Fault } from './fault.ts'

const isMoment = (value: unknown): boolean => typeof value === 'string' || value instanceof Date

const TESTS: Readonly<Record<FieldType, (value: unknown) => boolean>> = {
  text: (value) => typeof value === 'string',
  category: (value) => typeof value === 'string',
  integer: (value) => Number.isInteger(value),
  number: (value) => typeof value === 'number',
  boolean: (value) => typeof value === 'boolean',
  date: isMoment,
  timestamp: isMoment,
  json: () => true,
  media: () => true,
}

/**
 * Reports raw values of an exact field that are not of its type as they stand, and records without its key. Null is a gap,
 * not a fault. Times are strings, in any form that is read.
 */
export function faultInexact(values: readonly unknown[], field: Field, fault: Fault): void {
  const fits = TESTS[field.type]
  for (let row = 0; row < values.length; row++) {
    const value = values[row]
    if (value === undefined) fault(row, 'refine/key-absent', '')
    else if (value !== null && !fits(value)) fault(row, 'refine/type-inexact', value)
  }
}
