import type { Outcome } from '../../base/problem/index.ts'
import { succeed } from '../../base/problem/index.ts'
import type { ReshapeRecipe } from '../../base/recipe/index.ts'
import type { Column, Field, Merge, RecordBatch } from '../../base/record/index.ts'
import { numberColumn, takeRows, textColumn } from '../../base/record/index.ts'
import type { Reshaped } from './reshaped.ts'
import { fieldsNamed } from './reshaped.ts'
import { timeGroups } from './time-groups.ts'

type Resample = Extract<ReshapeRecipe, { kind: 'resample' }>
type Aggregate = Resample['aggregate'][string]

/** What a field's values in one slot become when the recipe does not say: measured values their mean, a label its highest, others the first. */
function defaultAggregate({ type, role }: Field): Aggregate {
  if (role === 'label') return type === 'integer' || type === 'number' || type === 'boolean' ? 'max' : 'first'
  return type === 'number' || type === 'integer' ? 'mean' : 'first'
}

const FOLDS: Readonly<Record<Exclude<Aggregate, 'count'>, (values: readonly number[]) => number>> = {
  mean: (values) => (values.length === 1 ? (values[0] as number) : values.reduce((sum, value) => sum + value, 0) / values.length),
  min: (values) => values.reduce((least, value) => Math.min(least, value)),
  max: (values) => values.reduce((most, value) => Math.max(most, value)),
  sum: (values) => values.reduce((sum, value) => sum + value, 0),
  first: (values) => values[0] as number,
  last: (values) => values.at(-1) as number,
}

/** One column over slots; texts know only first, last and count. */
function aggregateColumn(column: Column, slots: readonly (readonly number[])[], how: Aggregate): Column {
  const present = (rows: readonly number[]): readonly number[] =>
    column.kind === 'number'
      ? rows.filter((row) => !Number.isNaN(column.values[row]))
      : rows.filter((row) => (column.values[row] ?? null) !== null)
  if (how === 'count') return numberColumn(Float64Array.from(slots, (rows) => present(rows).length))
  if (column.kind === 'number') {
    return numberColumn(
      Float64Array.from(slots, (rows) => {
        const values = present(rows).map((row) => column.values[row] as number)
        return values.length === 0 ? Number.NaN : FOLDS[how](values)
      }),
    )
  }
  return textColumn(slots.map((rows) => column.values[present(rows).at(how === 'last' ? -1 : 0) ?? -1] ?? null))
}

function aggregatedField(field: Field, how: Aggregate): Field {
  if (how === 'count') return { name: field.name, type: 'integer' }
  return how === 'mean' && field.type === 'integer' ? { ...field, type: 'number' } : field
}

/**
 * Brings each group on a regular grid: records whose time lies in [k·every, (k+1)·every) since 1970 become one, at the
 * slot's beginning. Slots without a record stay empty: nothing is invented. The record continues the first of its slot.
 * Problems: column-missing, not-a-date.
 */
export function resample(batch: RecordBatch, recipe: Resample): Outcome<Reshaped> {
  const at = 'reshape: resample'
  const sorted = timeGroups(batch, recipe.time, recipe.group, at)
  if (!sorted.ok) return sorted
  const named = fieldsNamed(batch, Object.keys(recipe.aggregate), at)
  if (!named.ok) return named
  const { ms, scale, groups, quarantined } = sorted.value
  const slots: number[][] = []
  const starts: number[] = []
  for (const rows of groups) {
    let current = Number.NaN
    for (const row of rows) {
      const slot = Math.floor((ms[row] as number) / recipe.everyMs)
      if (slot === current) slots.at(-1)?.push(row)
      else {
        slots.push([row])
        starts.push((slot * recipe.everyMs) / scale)
      }
      current = slot
    }
  }
  const firsts = Uint32Array.from(slots, ([first]) => first as number)
  const columns = new Map<string, Column>()
  const fields = batch.fields.map((field) => {
    const column = batch.columns.get(field.name) as Column
    if (field.name === recipe.time) columns.set(field.name, numberColumn(Float64Array.from(starts)))
    else if (recipe.group.includes(field.name)) columns.set(field.name, takeRows(column, firsts))
    else {
      const how = recipe.aggregate[field.name] ?? defaultAggregate(field)
      columns.set(field.name, aggregateColumn(column, slots, how))
      return aggregatedField(field, how)
    }
    return field
  })
  const ids = Array.from(firsts, (row) => batch.ids[row] as string)
  const merged = slots.flatMap(([first, ...others]) =>
    others.map((row): Merge => ({ id: batch.ids[row] as string, into: batch.ids[first as number] as string, reason: 'resampled' })),
  )
  return succeed({ batch: { ids, fields, columns }, origins: ids, merged, quarantined })
}
