import type { ValueAction } from '../base/kernels/index.ts'
import { measuredColumns, seriesOf, stateOf, timesOf } from '../base/kernels/index.ts'
import type { Column, RecordBatch, Rejected, Step } from '../base/record/index.ts'
import { keepAll, numberColumn, takeRecords, withColumns } from '../base/record/index.ts'

/**
 * A rule that remembers, over the values of one column of one series in order. Only values that stay enter its memory,
 * so that running it again over what it left changes nothing.
 */
export interface SeriesRule<S> {
  readonly start: (column: string) => S
  /** Is the value wrong, after those that stayed? Changes nothing. @param ms NaN where there is no time */
  readonly isWrong: (state: S, value: number, ms: number) => boolean
  readonly accept: (state: S, value: number, ms: number) => void
  /** A value was wrong, or is missing. */
  readonly pass?: (state: S) => void
}

export interface SeriesOptions {
  readonly time?: string | undefined
  readonly group?: readonly string[] | undefined
  readonly columns: readonly string[]
  readonly action: ValueAction
  readonly reason: string
}

/** Judges measured columns by a rule; the memory of each series lies in `carry`. Linear in records × columns. */
export function judgeSeries<S>(batch: RecordBatch, options: SeriesOptions, carry: Map<string, unknown>, rule: SeriesRule<S>): Step {
  const columns = measuredColumns(batch, options.columns).filter(({ name }) => name !== options.time)
  const times = timesOf(batch, options.time)
  const series = seriesOf(batch, options.group)
  const wrong = columns.map(() => new Uint8Array(batch.ids.length))
  const leaves = options.action === 'quarantine'
  const quarantined: Rejected[] = []
  for (let row = 0; row < batch.ids.length; row++) {
    const ms = times?.[row] ?? Number.NaN
    const states = stateOf(carry, series?.[row] ?? '', () => columns.map(({ name }) => rule.start(name)))
    const first = markWrong(columns, states, rule, row, ms, wrong)
    const hit = leaves && first >= 0 ? columns[first] : undefined
    if (hit)
      quarantined.push({ id: batch.ids[row] as string, reason: options.reason, field: hit.name, found: String(hit.column.values[row]) })
    remember(columns, states, rule, row, ms, { wrong, leaves: hit !== undefined })
  }
  return leaves ? without(batch, quarantined) : emptied(batch, columns, wrong)
}

type Columns = ReturnType<typeof measuredColumns>

/** Marks the wrong values of a row. @returns number of the first column with one, −1 for none */
function markWrong<S>(
  columns: Columns,
  states: readonly S[],
  rule: SeriesRule<S>,
  row: number,
  ms: number,
  wrong: readonly Uint8Array[],
): number {
  let first = -1
  for (let i = 0; i < columns.length; i++) {
    const value = columns[i]?.column.values[row] as number
    if (Number.isNaN(value) || !rule.isWrong(states[i] as S, value, ms)) continue
    const marks = wrong[i] as Uint8Array
    marks[row] = 1
    if (first < 0) first = i
  }
  return first
}

function remember<S>(
  columns: Columns,
  states: readonly S[],
  rule: SeriesRule<S>,
  row: number,
  ms: number,
  { wrong, leaves }: { readonly wrong: readonly Uint8Array[]; readonly leaves: boolean },
): void {
  for (let i = 0; i < columns.length; i++) {
    const value = columns[i]?.column.values[row] as number
    if (Number.isNaN(value) || wrong[i]?.[row] === 1) rule.pass?.(states[i] as S)
    else if (!leaves) rule.accept(states[i] as S, value, ms)
  }
}

/** The batch without the records in quarantine. */
export function without(batch: RecordBatch, quarantined: readonly Rejected[]): Step {
  if (quarantined.length === 0) return keepAll(batch)
  const left = new Set(quarantined.map(({ id }) => id))
  const rows = Uint32Array.from([...batch.ids.keys()].filter((row) => !left.has(batch.ids[row] as string)))
  return { kept: takeRecords(batch, rows), merged: [], quarantined }
}

function emptied(batch: RecordBatch, columns: Columns, wrong: readonly Uint8Array[]): Step {
  const replaced = new Map<string, Column>()
  for (const [i, { name, column }] of columns.entries()) {
    const marks = wrong[i] as Uint8Array
    if (marks.includes(1)) replaced.set(name, numberColumn(column.values.map((value, row) => (marks[row] === 1 ? Number.NaN : value))))
  }
  return keepAll(withColumns(batch, replaced))
}
