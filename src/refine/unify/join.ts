import type { Outcome } from '../../base/problem/index.ts'
import { fail, succeed } from '../../base/problem/index.ts'
import type { JoinRecipe } from '../../base/recipe/index.ts'
import type { Column, Field, Merge, RecordBatch, Rejected } from '../../base/record/index.ts'
import { numberColumn, takeRecords, textColumn } from '../../base/record/index.ts'
import { nameTaken } from '../problems.ts'
import type { Reshaped } from './reshaped.ts'
import { fieldsNamed, keyPart } from './reshaped.ts'

/** Row of a join's right side that a left row found; NONE where it found none. */
const NONE = 0xffffffff

const keyPairs = (on: JoinRecipe['on']): readonly (readonly [left: string, right: string])[] =>
  typeof on === 'string' ? [[on, on]] : Object.entries(on)

/** Key of a row; null when a part is missing, which matches nothing (as in SQL). Numbers and their digits are equal. */
function keyAt(columns: readonly Column[], row: number): string | null {
  const parts: string[] = []
  for (const column of columns) {
    const part = keyPart(column, row)
    if (part === null) return null
    parts.push(part)
  }
  return parts.length === 1 ? (parts[0] as string) : JSON.stringify(parts)
}

/** First row of each key of the right side; rows that repeat a key leave, rows without one wait unmatched. */
function indexRight(right: RecordBatch, names: readonly string[], quarantined: Rejected[]): Map<string, number> {
  const columns = names.map((name) => right.columns.get(name) as Column)
  const firsts = new Map<string, number>()
  for (const [row, id] of right.ids.entries()) {
    const key = keyAt(columns, row)
    if (key === null) quarantined.push({ id, reason: 'join-unmatched', field: names.join(', ') })
    else if (firsts.has(key)) quarantined.push({ id, reason: 'join-duplicate-key', field: names.join(', '), found: key })
    else firsts.set(key, row)
  }
  return firsts
}

function takeOrMissing(column: Column, rows: Uint32Array): Column {
  if (column.kind === 'number')
    return numberColumn(Float64Array.from(rows, (row) => (row === NONE ? Number.NaN : (column.values[row] as number))))
  return textColumn(Array.from(rows, (row) => (row === NONE ? null : (column.values[row] ?? null))))
}

/** Fields that the right side brings, under a name that is free: its own, or `<table>_<name>`. */
function broughtFields(
  left: RecordBatch,
  right: readonly Field[],
  table: string,
): Outcome<readonly (readonly [from: string, field: Field])[]> {
  const taken = new Set(left.fields.map(({ name }) => name))
  const brought: (readonly [string, Field])[] = []
  for (const field of right) {
    const name = taken.has(field.name) ? `${table}_${field.name}` : field.name
    if (taken.has(name)) return fail(nameTaken({ at: `join: ${table}`, field: name }))
    taken.add(name)
    // A left row may find no partner, and a key, label or time of the other table is not one here.
    brought.push([
      field.name,
      {
        ...field,
        name,
        required: undefined,
        key: undefined,
        role: field.role === 'text' || field.role === 'image' ? field.role : undefined,
      },
    ])
  }
  return succeed(brought)
}

/**
 * Brings columns of another table in by key: each left record gets the fields of the first right record with its key.
 * Right records are merged into the first left record that they joined; unmatched ones and repeats of a key are
 * quarantined. `left` keeps left records without a partner, `inner` quarantines them. Problems: column-missing, name-taken.
 */
export function joinTables(left: RecordBatch, right: RecordBatch, recipe: JoinRecipe): Outcome<Reshaped> {
  const at = `join: ${recipe.table}`
  const pairs = keyPairs(recipe.on)
  const leftKeys = fieldsNamed(
    left,
    pairs.map(([name]) => name),
    at,
  )
  if (!leftKeys.ok) return leftKeys
  const rightNames = pairs.map(([, name]) => name)
  const rightKeys = fieldsNamed(right, rightNames, at)
  if (!rightKeys.ok) return rightKeys
  const wanted = fieldsNamed(right, recipe.fields ?? right.fields.map(({ name }) => name).filter((name) => !rightNames.includes(name)), at)
  if (!wanted.ok) return wanted
  const brought = broughtFields(left, wanted.value, recipe.table)
  if (!brought.ok) return brought

  const quarantined: Rejected[] = []
  const firsts = indexRight(right, rightNames, quarantined)
  const leftColumns = leftKeys.value.map(({ name }) => left.columns.get(name) as Column)
  const partners = Uint32Array.from(left.ids, (_, row) => {
    const key = keyAt(leftColumns, row)
    return (key === null ? undefined : firsts.get(key)) ?? NONE
  })
  const keptRows = Uint32Array.from(left.ids.keys()).filter((row) => recipe.kind === 'left' || partners[row] !== NONE)
  const merged = mergeRight(left, right, partners, firsts, quarantined)
  if (keptRows.length < left.ids.length) {
    for (const [row, id] of left.ids.entries())
      if (partners[row] === NONE)
        quarantined.push({ id, reason: 'join-unmatched', field: leftKeys.value.map(({ name }) => name).join(', ') })
  }
  const kept = keptRows.length === left.ids.length ? left : takeRecords(left, keptRows)
  const columns = new Map(kept.columns)
  const keptPartners = keptRows.map((row) => partners[row] as number)
  for (const [from, field] of brought.value) columns.set(field.name, takeOrMissing(right.columns.get(from) as Column, keptPartners))
  return succeed({
    batch: { ids: kept.ids, fields: [...left.fields, ...brought.value.map(([, field]) => field)], columns },
    origins: kept.ids,
    merged,
    quarantined,
  })
}

/** Right records that joined go into the first left record that they joined; the others leave. */
function mergeRight(
  left: RecordBatch,
  right: RecordBatch,
  partners: Uint32Array,
  firsts: ReadonlyMap<string, number>,
  quarantined: Rejected[],
): Merge[] {
  const into = new Map<number, string>()
  for (const [row, partner] of partners.entries()) if (partner !== NONE && !into.has(partner)) into.set(partner, left.ids[row] as string)
  const merged: Merge[] = []
  for (const [key, row] of firsts) {
    const target = into.get(row)
    const id = right.ids[row] as string
    if (target === undefined) quarantined.push({ id, reason: 'join-unmatched', found: key })
    else merged.push({ id, into: target, reason: 'joined' })
  }
  return merged
}
