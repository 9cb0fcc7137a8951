import { msPerStep } from '../../base/kernels/index.ts'
import type { Outcome } from '../../base/problem/index.ts'
import { fail, succeed } from '../../base/problem/index.ts'
import type { Field, NumberColumn, RecordBatch, Rejected } from '../../base/record/index.ts'
import { notADate } from '../problems.ts'
import { fieldsNamed, rowsByKey } from './reshaped.ts'

/** Records of each group in order of time. */
export interface TimeGroups {
  readonly time: Field
  readonly groupFields: readonly Field[]
  /** Milliseconds of each row, also for times that count hours. */
  readonly ms: Float64Array
  /** Milliseconds per step of the time field. */
  readonly scale: number
  /** Rows of each group by time, then by place; groups in order of first appearance. */
  readonly groups: readonly (readonly number[])[]
  /** Records without a time. */
  readonly quarantined: readonly Rejected[]
}

/** Sorts records into groups and by time. Problems: column-missing, not-a-date. @param at step of the recipe, for messages */
export function timeGroups(batch: RecordBatch, time: string, group: readonly string[], at: string): Outcome<TimeGroups> {
  const named = fieldsNamed(batch, [time, ...group], at)
  if (!named.ok) return named
  const [field, ...groupFields] = named.value as [Field, ...Field[]]
  const column = batch.columns.get(time)
  const scale = msPerStep(field)
  if (column?.kind !== 'number' || scale === undefined) {
    return fail(
      notADate({
        at,
        field: time,
        found: `${field.type}${field.unit ? ` (${field.unit})` : ''}`,
        expected: 'timestamp, date, number (s, min, h)',
      }),
    )
  }
  const ms = Float64Array.from((column as NumberColumn).values, (value) => value * scale)
  const quarantined: Rejected[] = []
  for (const [row, id] of batch.ids.entries()) if (Number.isNaN(ms[row])) quarantined.push({ id, reason: 'time-missing', field: time })
  const groups: number[][] = []
  for (const rows of rowsByKey(batch, group).values()) {
    const timed = rows.filter((row) => !Number.isNaN(ms[row])).sort((a, b) => (ms[a] as number) - (ms[b] as number) || a - b)
    if (timed.length > 0) groups.push(timed)
  }
  return succeed({ time: field, groupFields, ms, scale, groups, quarantined })
}
