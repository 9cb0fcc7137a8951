import type { RecordBatch } from '../base/record/index.ts'
import type { ReadyStep } from './run-steps.ts'

/** One operator's work on one record. */
export interface ReplayedStep {
  readonly use: string
  readonly changed: readonly { readonly field: string; readonly before: unknown; readonly after: unknown }[]
  /** `passed`, `changed`, or why the record left here. */
  readonly outcome: string
}

/** Runs all steps over the batch, for those that remember earlier records, and tells what each did to one record. */
export function replaySteps(batch: RecordBatch, steps: readonly ReadyStep[], id: string): ReplayedStep[] {
  const replayed: ReplayedStep[] = []
  let at = batch
  for (const step of steps) {
    const { kept, merged, quarantined } = step.operator.run(at, step.parameters, step.context)
    if (at.ids.includes(id)) {
      const left = quarantined.find((one) => one.id === id) ?? merged.find((one) => one.id === id)
      const changed = left ? [] : changesBetween(at, id, kept, id)
      replayed.push({ use: step.use, changed, outcome: left ? `left: ${left.reason}` : changed.length > 0 ? 'changed' : 'passed' })
    }
    at = kept
  }
  return replayed
}

/** A typed value as it is shown: missing ones as null. */
export const shownValue = (value: string | number | null | undefined): unknown =>
  typeof value === 'number' && Number.isNaN(value) ? null : (value ?? null)

/** Fields in which a record differs from the one that it continues. */
export function changesBetween(before: RecordBatch, origin: string, after: RecordBatch, id: string): ReplayedStep['changed'] {
  const from = before.ids.indexOf(origin)
  const to = after.ids.indexOf(id)
  const names = new Set([...before.columns.keys(), ...after.columns.keys()])
  return [...names].flatMap((field) => {
    const old = shownValue(before.columns.get(field)?.values[from])
    const now = shownValue(after.columns.get(field)?.values[to])
    return Object.is(old, now) ? [] : [{ field, before: old, after: now }]
  })
}
