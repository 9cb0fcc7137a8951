import type { Field, FieldType } from '../base/record/index.ts'
import type { TableTally } from '../ingest/index.ts'
import { type Misfit, readQuantity } from '../refine/index.ts'

const REASONS: Readonly<Partial<Record<FieldType, Misfit['reason']>>> = {
  number: 'refine/not-a-number',
  date: 'refine/not-a-date',
  timestamp: 'refine/not-a-date',
  boolean: 'refine/not-a-boolean',
}

/** What a profile has met that does not fit its fields, as a build would name it; counts are shared out among the values that were kept. */
export function profileMisfits(fields: readonly Field[], tally: TableTally): Misfit[] {
  return fields.flatMap(({ name, type }, i) => {
    const { misfits = 0, misfitExamples = [] } = tally.fields[i] ?? {}
    return misfitExamples.flatMap((found) => {
      const reason = type === 'integer' ? ofInteger(found) : REASONS[type]
      return reason === undefined ? [] : [{ field: name, reason, found, count: misfits / misfitExamples.length }]
    })
  })
}

const ofInteger = (found: string): Misfit['reason'] => (readQuantity(found, '.') ? 'refine/not-an-integer' : 'refine/not-a-number')
