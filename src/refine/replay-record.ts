import { ProblemError } from '../base/problem/index.ts'
import type { RecordBatch } from '../base/record/index.ts'
import type { ByteSource } from '../base/store/index.ts'
import { loadFormat, type RawBatch, type RecordFormat, recordId, type SourceEntry, valueAt, valuesOf } from '../ingest/index.ts'
import { isMedia, mediaName, memoryMedia } from './media-access.ts'
import { readySteps } from './ready-steps.ts'
import { type ReplayedStep, replaySteps, shownValue } from './replay-steps.ts'
import type { ReadyStep } from './run-steps.ts'
import type { TablePlan } from './table-plan.ts'
import { coerceBatch } from './unify/index.ts'

/** A record's way through the operators, run again on its raw form. */
export interface Replay {
  readonly raw: Readonly<Record<string, unknown>>
  readonly typed: Readonly<Record<string, unknown>> | null
  readonly steps: readonly ReplayedStep[]
  /** What broke it off: a raw record that cannot be read or typed. */
  readonly broken: string | null
}

export interface ReplayTask {
  readonly source: ByteSource
  readonly entry: SourceEntry
  readonly plan: TablePlan
  readonly fitted: Readonly<Record<string, unknown>>
  readonly id: string
  readonly pseudonymKey: string
}

/**
 * Runs the operators again over the record's file, up to the record, and tells what each did to it. Operators are
 * deterministic, so this is what happened when the release was built.
 */
export async function replayRecord(task: ReplayTask): Promise<Replay> {
  const { source, entry, id } = task
  // Reshaping and joining need whole tables: here the record is shown as it was read, replayRelation tells the steps.
  const isRelated = task.plan.readFields !== undefined
  const plan = isRelated ? { ...task.plan, fields: task.plan.readFields ?? [], steps: [] } : task.plan
  const format = (await loadFormat(entry.format)) as RecordFormat
  const held = new Map<string, Uint8Array>()
  const steps = await readySteps(plan, { from: 0, to: plan.steps.length, fits: [] }, task.fitted as Record<number, unknown>, {
    pseudonymKey: task.pseudonymKey,
    media: memoryMedia(held),
  })
  const parts = new Set(plan.sources.filter((one) => one.key === entry.key).map((one) => one.part))
  try {
    for await (const raw of format.read(source, entry.parameters)) {
      if (!parts.has(raw.part)) continue
      const found = replayBatch(raw, { ...task, plan, id: originOf(id) }, steps, held)
      if (found) return found
    }
  } catch (error) {
    return { raw: {}, typed: null, steps: [], broken: error instanceof ProblemError ? error.problem.message.en : String(error) }
  }
  return { raw: {}, typed: null, steps: [], broken: `the file holds no record ${id}` }
}

/** Media by their names, as steps meet them; their bytes are held, the last batch's alone. */
function namedMedia(raw: RawBatch, held: Map<string, Uint8Array>): readonly (readonly unknown[])[] {
  held.clear()
  return raw.columns.map((column) =>
    valuesOf(column).map((value) => {
      if (!isMedia(value)) return value
      const name = mediaName(value.media, value.extension)
      held.set(name, value.media)
      return name
    }),
  )
}

/** Id of the raw record: reshaping adds `.<n>` to it. */
const originOf = (id: string): string => id.split('.')[0] as string

const brokenReplay = (raw: Replay['raw'], broken: string): Replay => ({ raw, typed: null, steps: [], broken })

function replayBatch(
  raw: RawBatch,
  { entry, plan, id }: ReplayTask,
  steps: readonly ReadyStep[],
  held: Map<string, Uint8Array>,
): Replay | undefined {
  const broken = raw.broken.find((one) => recordId(entry.key, one.ordinal) === id)
  if (broken) return brokenReplay({}, broken.problem.message.en)
  const ids = raw.ordinals.map((ordinal) => recordId(entry.key, ordinal))
  const row = ids.indexOf(id)
  if (row < 0 && steps.every((step) => step.operator.scope !== 'sequence')) return undefined
  const { batch, rejected } = coerceBatch({ ids, names: raw.names, columns: namedMedia(raw, held) }, plan)
  const shown = Object.fromEntries(raw.names.map((name, i) => [name, showRaw(valueAt(raw.columns[i], row))]))
  const refusal = rejected.find((one) => one.id === id)
  if (refusal) return brokenReplay(shown, `${refusal.reason}${refusal.field ? ` (${refusal.field}: ${refusal.found ?? ''})` : ''}`)
  const replayed = replaySteps(batch, steps, id)
  return row < 0 ? undefined : { raw: shown, typed: recordOf(batch, id), steps: replayed, broken: null }
}

const showRaw = (value: unknown): unknown => (isMedia(value) ? `(media, ${value.media.length} bytes)` : (value ?? null))

function recordOf(batch: RecordBatch, id: string): Record<string, unknown> {
  const row = batch.ids.indexOf(id)
  return Object.fromEntries([...batch.columns].map(([name, column]) => [name, shownValue(column.values[row])]))
}
