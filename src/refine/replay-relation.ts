import type { RecordBatch } from '../base/record/index.ts'
import { compareCodeUnits, takeRecords } from '../base/record/index.ts'
import { exists } from '../base/store/index.ts'
import { sourceKeyOf } from '../ingest/index.ts'
import { holdMedia } from './media-access.ts'
import { readySteps } from './ready-steps.ts'
import { type Relation, readTable, relateStepwise } from './relate.ts'
import { changesBetween, type ReplayedStep, replaySteps } from './replay-steps.ts'
import type { TablePlan } from './table-plan.ts'
import type { Reshaped } from './unify/index.ts'

export interface RelationTask {
  readonly plan: TablePlan
  readonly relation: Relation
  readonly fitted: Readonly<Record<string, unknown>>
  readonly id: string
  readonly pseudonymKey: string
  readonly mediaFolder: string
}

interface Stage {
  readonly step: string
  readonly before: RecordBatch
  readonly made: Reshaped
}

/**
 * Reshapes and joins the table again, from the typed records that the build has left in its workspace, and tells what each step of it and
 * each operator after it did to one record. Undefined where the workspace is gone.
 */
export async function replayRelation(task: RelationTask): Promise<ReplayedStep[] | undefined> {
  const { plan, relation, id } = task
  const chunks = [...relation.chunks, ...Object.values(relation.rights).flatMap((right) => right.chunks)]
  for (const chunk of chunks) if (!(await exists(chunk))) return undefined
  const left = await readTable(plan.readFields ?? plan.fields, relation.chunks)
  const readRight = async (table: string): Promise<RecordBatch> => {
    const right = relation.rights[table]
    return (await readTable(right?.fields ?? [], right?.chunks ?? [])).batch
  }
  const stages: Stage[] = []
  const related = await relateStepwise(plan, left.batch, readRight, (step, before, made) => stages.push({ step, before, made }))
  if (!related.ok) return undefined
  const way = wayOf(stages, id)
  return related.value.ids.includes(id) ? [...way, ...(await operatorSteps(task, related.value))] : way
}

/** From the last step back to the first: what the record continues, up to the one that was read. */
function wayOf(stages: readonly Stage[], id: string): ReplayedStep[] {
  const way: ReplayedStep[] = []
  let name = id
  for (const { step, before, made } of stages.toReversed()) {
    const left = [...made.quarantined, ...made.merged].find((one) => one.id === name)
    const at = made.batch.ids.indexOf(name)
    if (left) way.push({ use: step, changed: [], outcome: `left: ${left.reason}` })
    else if (at >= 0) {
      const origin = made.origins[at] as string
      const changed = changesBetween(before, origin, made.batch, name)
      way.push({ use: step, changed, outcome: changed.length > 0 ? 'changed' : 'passed' })
      name = origin
    }
  }
  return way.reverse()
}

/** Operators that remember see the records of the same raw file, in their order. */
async function operatorSteps({ plan, fitted, id, pseudonymKey, mediaFolder }: RelationTask, batch: RecordBatch): Promise<ReplayedStep[]> {
  const key = sourceKeyOf(id)
  const rows = [...batch.ids.keys()].filter((row) => sourceKeyOf(batch.ids[row] as string) === key)
  rows.sort((a, b) => compareCodeUnits(batch.ids[a] as string, batch.ids[b] as string))
  const media = holdMedia(mediaFolder)
  const means = { pseudonymKey, media: media.access }
  const steps = await readySteps(plan, { from: 0, to: plan.steps.length, fits: [] }, fitted as Record<number, unknown>, means)
  const own = takeRecords(batch, Uint32Array.from(rows))
  if (steps.some((step) => step.operator.usesMedia)) await media.fetch(own)
  return replaySteps(own, steps, id)
}
