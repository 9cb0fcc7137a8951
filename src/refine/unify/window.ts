import type { Outcome } from '../../base/problem/index.ts'
import { fail, succeed } from '../../base/problem/index.ts'
import type { ReshapeRecipe } from '../../base/recipe/index.ts'
import type { Column, Field, Merge, RecordBatch, Rejected } from '../../base/record/index.ts'
import { canonicalJson, numberColumn, takeRows, textColumn } from '../../base/record/index.ts'
import { parametersInvalid } from '../problems.ts'
import type { Reshaped } from './reshaped.ts'
import { fieldsNamed, keyPart } from './reshaped.ts'
import { timeGroups } from './time-groups.ts'

type Window = Extract<ReshapeRecipe, { kind: 'window' }>

/** Windows that one record may lie in: more copies of every value would not fit any use. */
const MAX_OVERLAP = 1000

interface Cut {
  readonly startMs: number
  readonly rows: readonly number[]
}

function medianStep(times: readonly number[]): number {
  const steps = times.slice(1).map((time, i) => time - (times[i] as number))
  return steps.sort((a, b) => a - b)[steps.length >> 1] ?? 0
}

/**
 * Windows of one group from its first record on, every `stepMs`, that hold a record and are over before the group ends
 * (within one usual step).
 */
function cutWindows(rows: readonly number[], ms: Float64Array, { lengthMs, stepMs }: Window): Cut[] {
  const times = rows.map((row) => ms[row] as number)
  const origin = times[0] as number
  const end = (times.at(-1) as number) + medianStep(times)
  const cuts: Cut[] = []
  let from = 0
  let to = 0
  for (let k = 0; ; ) {
    const startMs = origin + k * stepMs
    while (from < times.length && (times[from] as number) < startMs) from++
    if (from === times.length || startMs + lengthMs > end) return cuts
    // The first window that is not over before the next record: a hole of years costs nothing.
    const next = Math.floor(((times[from] as number) - lengthMs - origin) / stepMs) + 1
    if (next > k) {
      k = next
      continue
    }
    while (to < times.length && (times[to] as number) < startMs + lengthMs) to++
    cuts.push({ startMs, rows: rows.slice(from, to) })
    k++
  }
}

/** The most frequent present value; of several the one seen last. */
function majority(column: Column, rows: readonly number[]): number {
  const counts = new Map<string, { n: number; row: number }>()
  let best: { n: number; row: number } | undefined
  for (const row of rows) {
    const key = keyPart(column, row)
    if (key === null) continue
    const tally = counts.get(key) ?? { n: 0, row }
    tally.n++
    counts.set(key, tally)
    if (!best || tally.n >= best.n) best = tally
  }
  return best?.row ?? (rows[0] as number)
}

function sequenceOf(column: Column, rows: readonly number[]): string {
  return canonicalJson(
    rows.map((row) => (column.kind === 'number' && Number.isNaN(column.values[row]) ? null : (column.values[row] ?? null))),
  )
}

/**
 * Sliding windows: each becomes a record `<id of its first record>.<n>` with its start, its group, the majority of the
 * label, and the sequences of `columns` as JSON lists (null where missing). Records continue in the windows that they
 * begin, others are merged into the first window that holds them. Problems: column-missing, not-a-date, parameters-invalid.
 */
export function slideWindows(batch: RecordBatch, recipe: Window): Outcome<Reshaped> {
  const at = 'reshape: window'
  if (recipe.lengthMs / recipe.stepMs > MAX_OVERLAP)
    return fail(parametersInvalid({ at, field: 'stepMs', found: `lengthMs / stepMs > ${MAX_OVERLAP}` }))
  const sorted = timeGroups(batch, recipe.time, recipe.group, at)
  if (!sorted.ok) return sorted
  const named = fieldsNamed(batch, recipe.columns, at)
  if (!named.ok) return named
  const { time, groupFields, ms, scale, groups, quarantined } = sorted.value
  const cuts = groups.flatMap((rows) => cutWindows(rows, ms, recipe))
  const labels = batch.fields.filter(({ role, name }) => role === 'label' && !recipe.columns.includes(name))
  const firsts = Uint32Array.from(cuts, ({ rows }) => rows[0] as number)
  const columns = new Map<string, Column>()
  for (const { name } of groupFields) columns.set(name, takeRows(batch.columns.get(name) as Column, firsts))
  columns.set(time.name, numberColumn(Float64Array.from(cuts, ({ startMs }) => startMs / scale)))
  for (const { name } of labels) {
    const column = batch.columns.get(name) as Column
    columns.set(
      name,
      takeRows(
        column,
        Uint32Array.from(cuts, ({ rows }) => majority(column, rows)),
      ),
    )
  }
  for (const { name } of named.value) {
    const column = batch.columns.get(name) as Column
    columns.set(name, textColumn(cuts.map(({ rows }) => sequenceOf(column, rows))))
  }
  const fields: Field[] = [
    ...groupFields,
    time,
    ...labels,
    ...named.value.map(({ name, unit, meaning }): Field => ({ name, type: 'json', unit, meaning })),
  ]
  const account = accountFor(batch, cuts, groups)
  return succeed({
    batch: { ids: account.ids, fields, columns },
    origins: account.origins,
    merged: account.merged,
    quarantined: [...quarantined, ...account.quarantined],
  })
}

interface WindowAccount {
  readonly ids: readonly string[]
  readonly origins: readonly string[]
  readonly merged: readonly Merge[]
  readonly quarantined: readonly Rejected[]
}

function accountFor(batch: RecordBatch, cuts: readonly Cut[], groups: readonly (readonly number[])[]): WindowAccount {
  const begun = new Map<number, number>()
  const home = new Map<number, string>()
  const ids = cuts.map(({ rows }) => {
    const first = rows[0] as number
    const n = (begun.get(first) ?? 0) + 1
    begun.set(first, n)
    const id = `${batch.ids[first]}.${n}`
    for (const row of rows) if (!home.has(row)) home.set(row, id)
    return id
  })
  const merged: Merge[] = []
  const quarantined: Rejected[] = []
  for (const row of groups.flat()) {
    const into = home.get(row)
    if (into === undefined) quarantined.push({ id: batch.ids[row] as string, reason: 'window-incomplete' })
    else if (!begun.has(row)) merged.push({ id: batch.ids[row] as string, into, reason: 'windowed' })
  }
  return { ids, origins: cuts.map(({ rows }) => batch.ids[rows[0] as number] as string), merged, quarantined }
}
