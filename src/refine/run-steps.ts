import { type RecordBatch, type Step, valuesDiffer } from '../base/record/index.ts'
import type { Operator, OperatorContext } from './operator.ts'
import { type Departure, markChanged } from './trail.ts'

/** A loaded operator at its place in the table's list of steps. */
export interface ReadyStep {
  readonly index: number
  readonly use: string
  readonly operator: Operator
  readonly parameters: unknown
  readonly context: OperatorContext
}

/** Records on their way through the steps, with where each is from and what has changed it so far. */
export interface Travelling {
  readonly batch: RecordBatch
  readonly places: Float64Array
  readonly trail: Float64Array
}

/**
 * Runs steps over a batch, one after the other, and keeps the account: each record is kept or has a departure.
 * Throws when an operator loses or invents a record: that is a bug in the operator, named here.
 */
export function runSteps(
  start: Travelling,
  part: string,
  stride: number,
  steps: readonly ReadyStep[],
  departures: Departure[],
): Travelling {
  let at = start
  for (const step of steps) {
    if (at.batch.ids.length === 0) break
    const result = step.operator.run(at.batch, step.parameters, step.context)
    at = account(at, result, step, { part, stride, departures })
  }
  return at
}

interface Account {
  readonly part: string
  readonly stride: number
  readonly departures: Departure[]
}

function account(before: Travelling, result: Step, step: ReadyStep, to: Account): Travelling {
  const { kept, merged, quarantined } = result
  const nBefore = before.batch.ids.length
  if (kept.ids.length + merged.length + quarantined.length !== nBefore) {
    throw new Error(
      `${step.use}: ${nBefore} records came in, ${kept.ids.length} kept + ${merged.length} merged + ${quarantined.length} quarantined came out`,
    )
  }
  if (kept.ids === before.batch.ids) {
    markColumns(before.batch, kept, null, before.trail, to.stride, step.index)
    return { ...before, batch: kept }
  }
  const rowOf = new Map<string, number>()
  for (let row = 0; row < nBefore; row++) rowOf.set(before.batch.ids[row] as string, row)
  const rowFor = (id: string): number => {
    const row = rowOf.get(id)
    if (row === undefined) throw new Error(`${step.use}: record ${id} is not one that came in, or came out twice`)
    rowOf.delete(id)
    return row
  }
  const placeOf = (id: string): number => before.places[rowFor(id)] as number
  for (const one of merged)
    to.departures.push({
      id: one.id,
      fate: 'merged',
      place: placeOf(one.id),
      part: to.part,
      step: step.use,
      reason: one.reason,
      into: one.into,
    })
  for (const one of quarantined) {
    to.departures.push({
      id: one.id,
      fate: 'quarantined',
      place: placeOf(one.id),
      part: to.part,
      step: step.use,
      reason: one.reason,
      field: one.field,
      found: one.found,
    })
  }
  const rows = Uint32Array.from(kept.ids, rowFor)
  const trail = takeStrided(before.trail, rows, to.stride)
  markColumns(before.batch, kept, rows, trail, to.stride, step.index)
  return { batch: kept, places: takeStrided(before.places, rows, 1), trail }
}

/** Marks the rows in which a column holds another value than before. @param rows row before of each row now; null when the same */
function markColumns(
  before: RecordBatch,
  after: RecordBatch,
  rows: Uint32Array | null,
  trail: Float64Array,
  stride: number,
  step: number,
): void {
  for (const [name, column] of after.columns) {
    const old = before.columns.get(name)
    if (old === column) continue
    for (let row = 0; row < after.ids.length; row++) {
      if (!old || valuesDiffer(column, row, old, rows === null ? row : (rows[row] as number))) markChanged(trail, stride, row, step)
    }
  }
}

export function takeStrided(values: Float64Array, rows: Uint32Array, stride: number): Float64Array {
  const taken = new Float64Array(rows.length * stride)
  for (let i = 0; i < rows.length; i++) {
    for (let k = 0; k < stride; k++) taken[i * stride + k] = values[(rows[i] as number) * stride + k] as number
  }
  return taken
}
