import type { Column, Field, RecordBatch } from '../base/record/index.ts'
import { compareCodeUnits, isMissing, isNumeric } from '../base/record/index.ts'
import type { AdaptiveHistogram } from '../base/statistics/index.ts'
import { addToAdaptiveHistogram, mergeAdaptiveHistograms, startAdaptiveHistogram } from '../base/statistics/index.ts'
import type { TableFacts } from './indicator.ts'

/** How one field's values are distributed. Plain JSON. */
export interface FieldProfile {
  readonly field: string
  readonly missing: number
  /** Values of numeric fields; lengths in UTF-16 code units of texts. */
  readonly numbers: AdaptiveHistogram
  /** Counts by value, sorted by value; null once there were too many different ones, or for texts. */
  readonly values: readonly (readonly [value: string, records: number])[] | null
}

const BINS = 512
/** Different values of a category past which it is no category. */
const MAX_VALUES = 256

const countsValues = (field: Field): boolean => field.type === 'category' || (field.role === 'label' && !isNumeric(field.type))

export const startProfile = (table: TableFacts): readonly FieldProfile[] =>
  table.fields.map((field) => ({
    field: field.name,
    missing: 0,
    numbers: startAdaptiveHistogram(BINS),
    values: countsValues(field) ? [] : null,
  }))

type Values = FieldProfile['values']

function joinValues(left: Values, right: Iterable<readonly [string, number]>): Values {
  if (left === null) return null
  const counts = new Map(left)
  for (const [value, n] of right) counts.set(value, (counts.get(value) ?? 0) + n)
  return counts.size > MAX_VALUES ? null : [...counts].sort(([a], [b]) => compareCodeUnits(a, b))
}

function countTexts(values: readonly (string | null)[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const value of values) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1)
  return counts
}

/** Finite numbers of a column, or lengths of its texts. */
function measurable(column: Column): Float64Array {
  if (column.kind === 'number') return column.values.filter(Number.isFinite)
  const lengths = new Float64Array(column.values.length)
  let n = 0
  for (const value of column.values) if (value !== null) lengths[n++] = value.length
  return lengths.subarray(0, n)
}

export function addToProfile(profile: readonly FieldProfile[], batch: RecordBatch): readonly FieldProfile[] {
  return profile.map((one) => {
    const column = batch.columns.get(one.field)
    if (!column) return { ...one, missing: one.missing + batch.ids.length }
    let missing = 0
    for (let row = 0; row < batch.ids.length; row++) if (isMissing(column, row)) missing++
    const numbers = { ...one.numbers }
    addToAdaptiveHistogram(numbers, measurable(column))
    const values = one.values === null || column.kind === 'number' ? one.values : joinValues(one.values, countTexts(column.values))
    return { field: one.field, missing: one.missing + missing, numbers, values }
  })
}

export const mergeProfiles = (left: readonly FieldProfile[], right: readonly FieldProfile[]): readonly FieldProfile[] =>
  left.map((one, at) => {
    const other = right[at]
    if (!other) return one
    return {
      field: one.field,
      missing: one.missing + other.missing,
      numbers: mergeAdaptiveHistograms(one.numbers, other.numbers),
      values: other.values === null ? null : joinValues(one.values, other.values),
    }
  })
