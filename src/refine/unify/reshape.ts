import type { Outcome } from '../../base/problem/index.ts'
import { fail, succeed } from '../../base/problem/index.ts'
import type { ReshapeRecipe } from '../../base/recipe/index.ts'
import type { Column, Field, FieldType, Merge, RecordBatch, Rejected } from '../../base/record/index.ts'
import { isNumeric, numberColumn, takeRows, textColumn } from '../../base/record/index.ts'
import { nameTaken } from '../problems.ts'
import type { Reshaped } from './reshaped.ts'
import { fieldsNamed, keyPart, rowsByKey } from './reshaped.ts'

type Melt = Extract<ReshapeRecipe, { kind: 'melt' }>
type Pivot = Extract<ReshapeRecipe, { kind: 'pivot' }>

/** The type that holds the values of all these fields: their own, a number for numbers, else text. */
function commonType(fields: readonly Field[]): FieldType {
  const types = new Set(fields.map(({ type }) => type))
  const [first] = types
  if (types.size === 1 && first) return first
  return [...types].every((type) => type === 'integer' || type === 'number') ? 'number' : 'text'
}

const commonUnit = (fields: readonly Field[]): string | undefined =>
  new Set(fields.map(({ unit }) => unit)).size === 1 ? fields[0]?.unit : undefined

/** A value of a numeric column as text, as people write it. */
function textOfNumber(value: number, type: FieldType): string | null {
  if (Number.isNaN(value)) return null
  if (type === 'boolean') return value === 0 ? 'false' : 'true'
  if (type === 'timestamp') return new Date(value).toISOString()
  return type === 'date' ? new Date(value).toISOString().slice(0, 10) : String(value)
}

/** Some columns one after the other, record by record. */
function interleave(batch: RecordBatch, fields: readonly Field[], type: FieldType): Column {
  const n = batch.ids.length * fields.length
  const columns = fields.map(({ name }) => batch.columns.get(name) as Column)
  if (isNumeric(type)) {
    const values = new Float64Array(n)
    for (let i = 0; i < n; i++) values[i] = columns[i % fields.length]?.values[Math.floor(i / fields.length)] as number
    return numberColumn(values)
  }
  return textColumn(
    Array.from({ length: n }, (_, i) => {
      const column = columns[i % fields.length] as Column
      const row = Math.floor(i / fields.length)
      return column.kind === 'text'
        ? (column.values[row] ?? null)
        : textOfNumber(column.values[row] as number, fields[i % fields.length]?.type ?? 'number')
    }),
  )
}

/**
 * Wide to long: each record becomes one for each of `columns`, called `<id>.<n>`, with the column's name in `name` and its
 * value in `value`; missing values too. Columns that are neither kept nor melted are left out.
 * Problems: column-missing, name-taken.
 */
export function melt(batch: RecordBatch, recipe: Melt): Outcome<Reshaped> {
  const kept = fieldsNamed(batch, recipe.keep, 'reshape: melt')
  if (!kept.ok) return kept
  const melted = fieldsNamed(batch, recipe.columns, 'reshape: melt')
  if (!melted.ok) return melted
  const taken = [recipe.name, recipe.value].find((name, i, both) => recipe.keep.includes(name) || both.indexOf(name) !== i)
  if (taken !== undefined) return fail(nameTaken({ at: 'reshape: melt', field: taken }))
  const width = melted.value.length
  const type = commonType(melted.value)
  const unit = commonUnit(melted.value)
  const rows = Uint32Array.from({ length: batch.ids.length * width }, (_, i) => Math.floor(i / width))
  const columns = new Map<string, Column>()
  for (const { name } of kept.value) columns.set(name, takeRows(batch.columns.get(name) as Column, rows))
  columns.set(recipe.name, textColumn(Array.from(rows, (_, i) => recipe.columns[i % width] as string)))
  columns.set(recipe.value, interleave(batch, melted.value, type))
  const fields: Field[] = [...kept.value, { name: recipe.name, type: 'category' }, { name: recipe.value, type, ...(unit ? { unit } : {}) }]
  const origins = Array.from(rows, (row) => batch.ids[row] as string)
  const ids = origins.map((id, i) => `${id}.${(i % width) + 1}`)
  return succeed({ batch: { ids, fields, columns }, origins, merged: [], quarantined: [] })
}

interface PivotedGroup {
  /** Row that the new record continues. */
  readonly first: number
  /** Row of each name's value. */
  readonly cells: Map<string, number>
}

interface PivotAccount {
  readonly groups: PivotedGroup[]
  readonly merged: Merge[]
  readonly quarantined: Rejected[]
}

/** Why a record has no cell in its group; undefined when it has. */
function cellFault(batch: RecordBatch, row: number, name: string | null, before: number | undefined, recipe: Pivot): Rejected | undefined {
  const id = batch.ids[row] as string
  if (name === null) return { id, reason: 'pivot-name-missing', field: recipe.name }
  const values = batch.columns.get(recipe.value) as Column
  if (before === undefined || keyPart(values, before) === keyPart(values, row)) return undefined
  return { id, reason: 'pivot-conflict', field: name, found: keyPart(values, row) ?? '' }
}

/** Sorts one group's records into its cells, or out. */
function gatherGroup(batch: RecordBatch, rows: readonly number[], recipe: Pivot, account: PivotAccount): void {
  const names = batch.columns.get(recipe.name) as Column
  const cells = new Map<string, number>()
  let first: number | undefined
  for (const row of rows) {
    const name = keyPart(names, row)
    const fault = cellFault(batch, row, name, name === null ? undefined : cells.get(name), recipe)
    if (fault || name === null) {
      if (fault) account.quarantined.push(fault)
      continue
    }
    if (first !== undefined) account.merged.push({ id: batch.ids[row] as string, into: batch.ids[first] as string, reason: 'pivoted' })
    first ??= row
    if (!cells.has(name)) cells.set(name, row)
  }
  if (first !== undefined) account.groups.push({ first, cells })
}

/**
 * Long to wide: records with the same values in `keep` become one, with a column for each different value of `name`
 * (sorted). The record continues the first of its group; a second, different value under one name is quarantined.
 * Columns that are neither kept, name nor value are left out. Problems: column-missing, name-taken.
 */
export function pivot(batch: RecordBatch, recipe: Pivot): Outcome<Reshaped> {
  const kept = fieldsNamed(batch, recipe.keep, 'reshape: pivot')
  if (!kept.ok) return kept
  const pair = fieldsNamed(batch, [recipe.name, recipe.value], 'reshape: pivot')
  if (!pair.ok) return pair
  const account: PivotAccount = { groups: [], merged: [], quarantined: [] }
  for (const rows of rowsByKey(batch, recipe.keep).values()) gatherGroup(batch, rows, recipe, account)
  const { groups, merged, quarantined } = account
  const names = [...new Set(groups.flatMap(({ cells }) => [...cells.keys()]))].sort()
  const taken = names.find((name) => recipe.keep.includes(name))
  if (taken !== undefined) return fail(nameTaken({ at: 'reshape: pivot', field: taken }))
  const values = batch.columns.get(recipe.value) as Column
  const firsts = Uint32Array.from(groups, ({ first }) => first)
  const columns = new Map<string, Column>()
  for (const { name } of kept.value) columns.set(name, takeRows(batch.columns.get(name) as Column, firsts))
  for (const name of names) {
    const rows = groups.map(({ cells }) => cells.get(name))
    if (values.kind === 'number')
      columns.set(name, numberColumn(Float64Array.from(rows, (row) => (row === undefined ? Number.NaN : (values.values[row] as number)))))
    else columns.set(name, textColumn(rows.map((row) => (row === undefined ? null : (values.values[row] ?? null)))))
  }
  const { type, unit } = pair.value[1] as Field
  const fields = [...kept.value, ...names.map((name): Field => ({ name, type, ...(unit ? { unit } : {}) }))]
  const ids = Array.from(firsts, (row) => batch.ids[row] as string)
  return succeed({ batch: { ids, fields, columns }, origins: ids, merged, quarantined })
}
