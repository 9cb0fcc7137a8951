import { compareCodeUnits } from '../base/record/index.ts'
import { exists, readJson } from '../base/store/index.ts'
import type { RefineResult } from './refine-unit.ts'
import type { TablePlan } from './table-plan.ts'
import type { Departure } from './trail.ts'
import { type CoercionCode, readDate, readQuantity } from './unify/index.ts'

/** A raw value that its column's sample did not show, and how many of all records hold it, 0..1. */
export interface UnshownValue {
  readonly value: string
  readonly share: number
}

/** Values by raw column that a table was planned without. */
export type UnshownValues = Readonly<Record<string, readonly UnshownValue[]>>

/** Different values kept of a column: enough to tell its type again. */
const KEPT_VALUES = 200
/** Share of the records up to which values of no readable form are strays, such as a row that has slipped: they cost their records, not the column its type. */
const STRAY_SHARE = 0.001

/** Faults that a type of less narrow a kind, another order of day and month or another decimal mark would not have. */
const MISREADINGS: ReadonlySet<CoercionCode> = new Set([
  'refine/not-an-integer',
  'refine/not-a-number',
  'refine/not-a-boolean',
  'refine/not-a-date',
])

/** A value that could not be typed. */
export interface Misfit {
  readonly field: string
  readonly reason: string
  readonly found: string
  readonly count: number
}

/** Is the value a fraction where whole numbers were seen, or a number or date in another notation? */
function isReadable({ reason, found }: Misfit): boolean {
  if (reason === 'refine/not-an-integer') return true
  if (reason === 'refine/not-a-date') return readDate(found, 'dmy') !== undefined || readDate(found, 'mdy') !== undefined
  return reason === 'refine/not-a-number' && readQuantity(found, ',')?.suffix === ''
}

/** What values that could not be typed tell of their columns, as long as they are not strays. The order of the misfits does not matter. */
export function unshownValues(plan: TablePlan, misfits: readonly Misfit[], nRecords: number): UnshownValues {
  const byField = new Map<string, Map<string, Misfit>>()
  for (const misfit of misfits) {
    if (!MISREADINGS.has(misfit.reason as CoercionCode)) continue
    const values = byField.get(misfit.field) ?? new Map<string, Misfit>()
    byField.set(misfit.field, values)
    values.set(misfit.found, { ...misfit, count: (values.get(misfit.found)?.count ?? 0) + misfit.count })
  }
  const unshown: Record<string, UnshownValue[]> = {}
  for (const [name, values] of byField) {
    const total = [...values.values()].reduce((sum, { count }) => sum + count, 0)
    const telling = [...values.values()].filter((misfit) => total > STRAY_SHARE * nRecords || isReadable(misfit))
    if (telling.length > 0)
      unshown[plan.mapping[name] ?? name] = mostFrequent(telling).map(({ found, count }) => ({ value: found, share: count / nRecords }))
  }
  return unshown
}

const mostFrequent = (misfits: readonly Misfit[]): Misfit[] =>
  [...misfits].sort((a, b) => b.count - a.count || compareCodeUnits(a.found, b.found)).slice(0, KEPT_VALUES)

/** The same for what the units of a table have put into quarantine. */
export async function unshownOf(plan: TablePlan, results: readonly RefineResult[]): Promise<UnshownValues> {
  const misfits: Misfit[] = []
  for (const { departures, counts } of results) {
    if (counts.quarantined === 0 || !(await exists(departures))) continue
    for (const { step, field = '', reason, found = '' } of await readJson<Departure[]>(departures)) {
      if (step === 'unify') misfits.push({ field, reason, found, count: 1 })
    }
  }
  return unshownValues(
    plan,
    misfits,
    Math.max(
      1,
      results.reduce((sum, { counts }) => sum + counts.in, 0),
    ),
  )
}

/** Both together; of the same value the later share holds. */
export function joinUnshown(left: UnshownValues, right: UnshownValues): UnshownValues {
  const joined: Record<string, readonly UnshownValue[]> = { ...left }
  for (const [name, values] of Object.entries(right)) {
    const known = new Set(values.map(({ value }) => value))
    joined[name] = [...(left[name] ?? []).filter(({ value }) => !known.has(value)), ...values]
  }
  return joined
}

/** Sampled columns with the values added in the share that they have of all records; others get gaps, so that all stay of one length. */
export function withUnshown(names: readonly string[], columns: unknown[][], unshown: UnshownValues): unknown[][] {
  const rows = columns[0]?.length ?? 0
  const added = names.map((name, i) => {
    const isNumeric = columns[i]?.some((value) => typeof value === 'number')
    return (unshown[name] ?? []).flatMap(({ value, share }) =>
      new Array<unknown>(Math.max(1, Math.round(share * rows))).fill(
        isNumeric && value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : value,
      ),
    )
  })
  const length = Math.max(0, ...added.map((values) => values.length))
  return columns.map((column, i) => {
    const values = added[i] ?? []
    return length === 0 ? column : [...column, ...values, ...new Array<null>(length - values.length).fill(null)]
  })
}
