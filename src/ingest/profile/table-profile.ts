import type { Problem } from '../../base/problem/index.ts'
import { type Field, isNumeric } from '../../base/record/index.ts'
import { adaptiveBins } from '../../base/statistics/index.ts'
import { type Estimate, estimateCopies } from './estimate.ts'
import { describeField, type FieldProfile } from './field-profile.ts'
import type { ProfiledTable, TableTally } from './table-tally.ts'
import type { TimeSteps } from './time-steps.ts'
import { type TopValue, topOf } from './top-values.ts'

/** What one pass found in a table. Plain JSON. */
export interface TableProfile {
  /** Records that could be read. */
  readonly records: number
  /** Records that could not, by problem. */
  readonly broken: readonly { readonly n: number; readonly example: Problem }[]
  /** Records that equal an earlier one in every field, as typed. */
  readonly copies: Estimate
  readonly fields: readonly FieldProfile[]
  readonly time: TimeProfile | undefined
  /** The most frequent sizes of images. */
  readonly sizes: readonly TopValue[] | undefined
}

export interface TimeProfile {
  readonly field: string
  /** First and last value: milliseconds since 1970 for moments, else as they stand. */
  readonly from: number
  readonly to: number
  readonly isMoment: boolean
  /** The most frequent step from a record to the next in its file, and the share of all steps that it is; undefined without steps. */
  readonly step: { readonly length: number; readonly share: number } | undefined
  /** Steps longer than one and a half times that. */
  readonly gaps: number
  readonly same: number
  readonly backward: number
}

const SIZES_SHOWN = 8
const GAP = 1.5

/** What a tally says of its table. */
export function describeTable(table: ProfiledTable, tally: TableTally): TableProfile {
  const fields = table.fields.map((field, i) =>
    describeField(field, table.mapping[field.name] ?? field.name, tally.fields[i] as TableTally['fields'][number], tally.records),
  )
  return {
    records: tally.records,
    broken: [...tally.broken.values()].map(({ n, example }) => ({ n, example })),
    copies: estimateCopies(tally.rows),
    fields,
    time: tally.steps && describeTime(fields, tally.steps),
    sizes: tally.sizes && topOf(tally.sizes, SIZES_SHOWN).values,
  }
}

const isMoment = ({ type }: Field): boolean => type === 'timestamp' || type === 'date'

function describeTime(fields: readonly FieldProfile[], steps: TimeSteps): TimeProfile | undefined {
  const time = fields.find(({ field }) => field.role === 'time' && isNumeric(field.type))
  if (!time?.numbers) return undefined
  const bins = adaptiveBins(steps.forward)
  const total = bins.reduce((sum, { count }) => sum + count, steps.same + steps.backward)
  const [usual] = [...bins].sort((a, b) => b.count - a.count || a.low - b.low)
  const length = usual ? (usual.low + usual.high) / 2 : 0
  return {
    field: time.field.name,
    from: time.numbers.min,
    to: time.numbers.max,
    isMoment: isMoment(time.field),
    step: usual && { length, share: usual.count / total },
    gaps: usual ? bins.reduce((sum, { low, count }) => sum + (low > GAP * length ? count : 0), 0) : 0,
    same: steps.same,
    backward: steps.backward,
  }
}
