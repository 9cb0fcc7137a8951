import type { RecordBatch } from './batch.ts'
import { takeRecords, withColumns } from './batch.ts'
import type { Column } from './column.ts'
import { numberColumn } from './column.ts'
import type { TextColumn } from './text-column.ts'
import { ANY_TRAIT, replaceTexts, traitsOf } from './text-traits.ts'

/** A record that left because another one stands for it. */
export interface Merge {
  readonly id: string
  /** The record that was kept in its place. */
  readonly into: string
  readonly reason: string
}

/** A record that could not pass; `reason` is a key of the operator's `reasons` or a problem code. */
export interface Rejected {
  readonly id: string
  readonly reason: string
  readonly field?: string | undefined
  readonly found?: string | undefined
}

/** What a step gives back: every record that came in lies in exactly one of the three piles. */
export interface Step {
  readonly kept: RecordBatch
  readonly merged: readonly Merge[]
  readonly quarantined: readonly Rejected[]
}

export const keepAll = (batch: RecordBatch): Step => ({ kept: batch, merged: [], quarantined: [] })

/**
 * Applies `change` to every present value of the named text columns; names without a text column are passed over.
 * Columns in which nothing changed keep their identity, by which the trail sees what an operator did.
 * @param mayChange traits of which a text must have one for `change` to do anything; texts without are not even decoded
 */
export function mapText(
  batch: RecordBatch,
  names: readonly string[],
  change: (value: string) => string | null,
  mayChange: number = ANY_TRAIT,
): Step {
  const replaced = new Map<string, Column>()
  for (const name of names) {
    const column = batch.columns.get(name)
    if (column?.kind !== 'text') continue
    const changes = changesOf(column, change, mayChange === ANY_TRAIT ? undefined : traitsOf(column), mayChange)
    if (changes.size > 0) replaced.set(name, replaceTexts(column, changes))
  }
  return keepAll(withColumns(batch, replaced))
}

function changesOf(
  column: TextColumn,
  change: (value: string) => string | null,
  traits: Uint8Array | undefined,
  mayChange: number,
): Map<number, string | null> {
  const changes = new Map<number, string | null>()
  for (let row = 0; row < column.length; row++) {
    if (traits && ((traits[row] as number) & mayChange) === 0) continue
    const before = column.at(row)
    const after = before === null ? null : change(before)
    if (after !== before) changes.set(row, after)
  }
  return changes
}

/** Applies `change` to every present value of the named numeric columns; NaN makes a value missing. */
export function mapNumbers(batch: RecordBatch, names: readonly string[], change: (value: number, row: number) => number): Step {
  const replaced = new Map<string, Column>()
  for (const name of names) {
    const column = batch.columns.get(name)
    if (column?.kind !== 'number') continue
    let values: Float64Array | undefined
    for (let row = 0; row < column.values.length; row++) {
      const before = column.values[row] as number
      if (Number.isNaN(before)) continue
      const after = change(before, row)
      if (Object.is(after, before)) continue
      values ??= column.values.slice()
      values[row] = after
    }
    if (values) replaced.set(name, numberColumn(values))
  }
  return keepAll(withColumns(batch, replaced))
}

/** Sends to quarantine each record for which `judge` gives a reason, and keeps the others. */
export function rejectWhere(batch: RecordBatch, judge: (row: number) => Omit<Rejected, 'id'> | null): Step {
  const n = batch.ids.length
  const quarantined: Rejected[] = []
  const rows = new Uint32Array(n)
  let kept = 0
  for (let row = 0; row < n; row++) {
    const verdict = judge(row)
    if (verdict) quarantined.push({ id: batch.ids[row] as string, ...verdict })
    else rows[kept++] = row
  }
  if (quarantined.length === 0) return keepAll(batch)
  return { kept: takeRecords(batch, rows.subarray(0, kept)), merged: [], quarantined }
}
