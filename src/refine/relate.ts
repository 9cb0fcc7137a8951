import { type Outcome, type Problem, succeed } from '../base/problem/index.ts'
import type { ReshapeRecipe } from '../base/recipe/index.ts'
import {
  compareCodeUnits,
  concatBatches,
  type Field,
  type Merge,
  type RecordBatch,
  type Rejected,
  takeRecords,
} from '../base/record/index.ts'
import { readChunk, writeAtomic, writeChunk } from '../base/store/index.ts'
import type { TablePlan } from './table-plan.ts'
import { type Departure, trailStride } from './trail.ts'
import { joinTables, melt, pivot, type Reshaped, resample, slideWindows, splitDocuments } from './unify/index.ts'

/** A table whose columns are brought in. */
export interface RightTable {
  readonly fields: readonly Field[]
  readonly chunks: readonly string[]
  /** Its records are counted here: it only feeds this join and is not released itself. */
  readonly counted: boolean
}

/** What a table was made from by reshaping and joining: typed records in chunks. */
export interface Relation {
  readonly chunks: readonly string[]
  readonly rights: Readonly<Record<string, RightTable>>
}

/** Work of one thread: the typed records of a table, reshaped and joined. */
export interface RelateTask extends Relation {
  readonly plan: TablePlan
  readonly folder: string
}

export interface RelateResult {
  readonly problem: Problem | null
  readonly fields: readonly Field[]
  /** Names within the folder. */
  readonly chunks: readonly { readonly path: string; readonly records: number; readonly bytes: number }[]
  readonly departures: string
  /** Records that came in, those of counted tables and those that were made from one among them. */
  readonly in: number
}

const CHUNK_ROWS = 16_384

/**
 * Reshapes a table and joins others to it, in memory. Records that several are made from one keep its id with a suffix;
 * every record that is no more has a departure.
 */
export async function relateTable(task: RelateTask): Promise<RelateResult> {
  const { plan } = task
  const left = await readTable(plan.fields, task.chunks)
  const account: Account = { places: new Map(left.places), departures: [], nIn: left.batch.ids.length }
  const readRight = async (table: string): Promise<RecordBatch> => {
    const right = task.rights[table] as RightTable
    const other = await readTable(right.fields, right.chunks)
    if (right.counted) {
      account.nIn += other.batch.ids.length
      for (const [id, place] of other.places) account.places.set(id, place)
    }
    return other.batch
  }
  const related = await relateStepwise(plan, left.batch, readRight, (step, _, made) => settle(made, step, account))
  return related.ok ? write(task, related.value, account) : broken(related.problem)
}

/**
 * Reshapes and joins records, one step of the recipe after the other.
 * @param each is told what every step made of the records before it
 */
export async function relateStepwise(
  plan: Pick<TablePlan, 'reshape' | 'join'>,
  left: RecordBatch,
  readRight: (table: string) => Promise<RecordBatch>,
  each: (step: string, before: RecordBatch, made: Reshaped) => void,
): Promise<Outcome<RecordBatch>> {
  let batch = left
  for (const recipe of plan.reshape) {
    const made = reshape(batch, recipe)
    if (!made.ok) return made
    each(`unify/${recipe.kind}`, batch, made.value)
    batch = made.value.batch
  }
  for (const recipe of plan.join) {
    const made = joinTables(batch, await readRight(recipe.table), recipe)
    if (!made.ok) return made
    each('unify/join', batch, made.value)
    batch = made.value.batch
  }
  return succeed(batch)
}

/** Where the records are from that are counted here, and which of them are no more. */
interface Account {
  readonly places: Map<string, number>
  readonly departures: Departure[]
  nIn: number
}

/** Enters what reshaping or joining did. Records of a table that is counted elsewhere have no place here and no departure. */
function settle(made: Reshaped, step: string, account: Account): void {
  const { places, departures } = account
  const depart = (one: Merge | Rejected, fate: Departure['fate']): void => {
    const place = places.get(one.id)
    if (place !== undefined) departures.push({ ...one, fate, place, part: '', step })
  }
  for (const one of made.merged) depart(one, 'merged')
  for (const one of made.quarantined) depart(one, 'quarantined')
  for (const [at, id] of made.batch.ids.entries()) places.set(id, places.get(made.origins[at] as string) ?? 0)
  account.nIn += made.batch.ids.length - new Set(made.origins).size
}

const broken = (problem: Problem): RelateResult => ({ problem, fields: [], chunks: [], departures: '', in: 0 })

function reshape(batch: RecordBatch, recipe: ReshapeRecipe): Outcome<Reshaped> {
  switch (recipe.kind) {
    case 'melt':
      return melt(batch, recipe)
    case 'pivot':
      return pivot(batch, recipe)
    case 'resample':
      return resample(batch, recipe)
    case 'window':
      return slideWindows(batch, recipe)
    case 'split':
      return splitDocuments(batch, recipe.field, recipe)
  }
}

export async function readTable(
  fields: readonly Field[],
  chunks: readonly string[],
): Promise<{ batch: RecordBatch; places: [string, number][] }> {
  const batches: RecordBatch[] = []
  const places: [string, number][] = []
  for (const path of chunks) {
    const { batch, side } = await readChunk(path)
    batches.push(batch)
    for (const [row, id] of batch.ids.entries()) places.push([id, side['places']?.[row] ?? 0])
  }
  return { batch: concatBatches(fields, batches), places }
}

async function write(task: RelateTask, batch: RecordBatch, { places, departures, nIn }: Account): Promise<RelateResult> {
  const order = Uint32Array.from(batch.ids.keys()).sort((a, b) => compareCodeUnits(batch.ids[a] as string, batch.ids[b] as string))
  const stride = trailStride(task.plan.steps.length)
  const chunks: { path: string; records: number; bytes: number }[] = []
  for (let from = 0; from < order.length; from += CHUNK_ROWS) {
    const part = takeRecords(batch, order.subarray(from, from + CHUNK_ROWS))
    const side = { places: Float64Array.from(part.ids, (id) => places.get(id) ?? 0), trail: new Float64Array(part.ids.length * stride) }
    const path = `part-${String(chunks.length).padStart(5, '0')}.chunk`
    await writeChunk(`${task.folder}/${path}`, { batch: part, side })
    chunks.push({ path, records: part.ids.length, bytes: part.ids.length * 8 * part.fields.length })
  }
  await writeAtomic(`${task.folder}/departures.json`, JSON.stringify(departures))
  const result: RelateResult = { problem: null, fields: batch.fields, chunks, departures: 'departures.json', in: nIn }
  await writeAtomic(`${task.folder}/result.json`, JSON.stringify(result))
  return result
}
