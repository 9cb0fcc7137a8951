import type { RecordBatch } from '../base/record/index.ts'

/** Largest moment that a Date holds (ECMA-262 21.4.1.1). */
const MAX_MOMENT_MS = 8.64e15

/** A number of a field as people read it in quarantine: moments and dates as ISO 8601. */
export function shownNumber(batch: RecordBatch, name: string, value: number): string {
  const type = batch.fields.find((field) => field.name === name)?.type
  if ((type !== 'timestamp' && type !== 'date') || !(Math.abs(value) <= MAX_MOMENT_MS)) return String(value)
  const iso = new Date(value).toISOString()
  return type === 'date' ? iso.slice(0, 10) : iso
}
