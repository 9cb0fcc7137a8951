import { createHash } from 'node:crypto'
import type { Effects } from '../base/effects/index.ts'
import type { Pool } from '../base/engine/index.ts'
import { canonicalJson } from '../base/record/index.ts'
import { exists, readJson } from '../base/store/index.ts'
import type { ReadableSource } from '../ingest/index.ts'
import { cutUnits } from './cut-units.ts'
import type { DuplicateOptions, DuplicateReport, DuplicateTask } from './duplicates/resolve-duplicates.ts'
import type { Operator } from './operator.ts'
import type { Piece } from './read-piece.ts'
import { RESULT, type RefineResult, type RefineTask } from './refine-unit.ts'
import { loadOperator } from './registry.ts'
import { cutSegments, type Segment } from './segments.ts'
import type { TablePlan } from './table-plan.ts'

/** A table after refinement: its records in chunks on disk, and what became of those that left. */
export interface RefinedTable {
  readonly plan: TablePlan
  /** Chunks in order of record id. */
  readonly chunks: readonly { readonly path: string; readonly records: number; readonly bytes: number }[]
  readonly duplicates: DuplicateReport
  /** Files with the departures of each unit. */
  readonly departures: readonly string[]
  readonly counts: { readonly in: number; readonly kept: number; readonly merged: number; readonly quarantined: number }
  /** What steps were fitted to, by number of the step. */
  readonly fitted: Readonly<Record<number, unknown>>
  /** Samples of records as they were before the first step. */
  readonly unrefined: readonly string[]
}

export interface RefineOptions {
  readonly plans: readonly TablePlan[]
  readonly sources: readonly ReadableSource[]
  /** Folder whose content is keyed by what it was made from; what is there is not made again. */
  readonly workspace: string
  readonly mediaFolder: string
  readonly pool: Pool
  readonly duplicates: (plan: TablePlan) => DuplicateOptions
  /** Key of pseudonyms, hex. */
  readonly pseudonymKey: string
  readonly software: string
}

/** Records kept per unit from before the first step, where a task is to be learnt. */
const UNREFINED_RECORDS = 4_000

/**
 * Raw records become typed, clean, unique ones:
 *
 *   read and type ─ steps up to a barrier ─ fit ─ steps … ─ signatures ─ duplicates
 */
export async function refine(options: RefineOptions, effects: Pick<Effects, 'report'>): Promise<RefinedTable[]> {
  const prepared = await Promise.all(options.plans.map((plan) => prepare(plan, options)))
  const total = prepared.reduce((sum, { units }) => sum + units.flat().reduce((bytes, piece) => bytes + piece.bytes, 0), 0)
  let done = 0
  const onBytes = (bytes: number): void => {
    done += bytes
    effects.report({ stage: 'refine', done, total, unit: 'bytes' })
  }
  const tables: RefinedTable[] = []
  for (const one of prepared) tables.push(await refineTable(one, options, onBytes))
  return tables
}

/** A table's plan with its operators loaded and its files cut into units. */
interface Prepared {
  readonly plan: TablePlan
  readonly operators: readonly (Operator | undefined)[]
  readonly units: readonly (readonly Piece[])[]
}

async function prepare(plan: TablePlan, options: RefineOptions): Promise<Prepared> {
  const operators = (await Promise.all(plan.steps.map((step) => loadOperator(step.use)))).map((loaded) => loaded?.plugin)
  const sequential = operators.some((operator) => operator?.scope === 'sequence')
  return { plan, operators, units: cutUnits(plan, options.plans, options.sources, sequential) }
}

async function refineTable(
  { plan, operators, units }: Prepared,
  options: RefineOptions,
  onBytes: (bytes: number) => void,
): Promise<RefinedTable> {
  const segments = cutSegments(operators.map((operator) => operator?.fit !== undefined))
  const fitted: Record<number, unknown> = {}
  const departures: string[] = []
  let results: RefineResult[] = []
  let nIn = 0
  for (const [number, segment] of segments.entries()) {
    const shared = {
      plan,
      segment,
      last: number === segments.length - 1,
      fitted: { ...fitted },
      mediaFolder: options.mediaFolder,
      pseudonymKey: options.pseudonymKey,
    }
    const tasks: Omit<RefineTask, 'folder'>[] =
      number === 0
        ? units.map((pieces) => ({ ...shared, pieces, chunks: [], unrefined: plan.task ? UNREFINED_RECORDS : 0 }))
        : results.map((before) => ({ ...shared, pieces: [], chunks: before.chunks.map((chunk) => chunk.path), unrefined: 0 }))
    const unrefined = results.map((before) => before.unrefined)
    const made = await runUnits(tasks, options, (result) => onBytes(result.bytesRead))
    results = made.map((result, i) => ({ ...result, unrefined: result.unrefined ?? unrefined[i] ?? null }))
    departures.push(...results.map((result) => result.departures))
    if (number === 0) nIn = results.reduce((sum, result) => sum + result.counts.in, 0)
    finishFits(segment, plan, operators, results, fitted)
  }
  return conclude({ plan, fitted, departures, results, nIn }, options)
}

interface Finished {
  readonly plan: TablePlan
  readonly fitted: Readonly<Record<number, unknown>>
  readonly departures: readonly string[]
  readonly results: readonly RefineResult[]
  readonly nIn: number
}

/** Duplicates, and the account: every record that came in is kept, merged or in quarantine. */
async function conclude({ plan, fitted, departures, results, nIn }: Finished, options: RefineOptions): Promise<RefinedTable> {
  const chunks = results.flatMap((result) => result.chunks)
  const task: DuplicateTask = { chunks: chunks.map((chunk) => chunk.path), plan, options: options.duplicates(plan) }
  const [duplicates] = (await options.pool.runAll<DuplicateTask, DuplicateReport>('resolveDuplicates', [task])) as [DuplicateReport]
  const left = await countDepartures(departures)
  const found = duplicates.duplicates.length
  const kept = chunks.reduce((sum, chunk) => sum + chunk.records, 0) - found
  const counts = { in: nIn, kept, merged: left.merged + found, quarantined: left.quarantined }
  if (counts.in !== counts.kept + counts.merged + counts.quarantined)
    throw new Error(`refine ${plan.name}: counts do not add up: ${JSON.stringify(counts)}`)
  return { plan, chunks, duplicates, departures, counts, fitted, unrefined: results.flatMap((result) => result.unrefined ?? []) }
}

function finishFits(
  segment: Segment,
  plan: TablePlan,
  operators: Prepared['operators'],
  results: readonly RefineResult[],
  fitted: Record<number, unknown>,
): void {
  for (const step of segment.fits) {
    const fit = operators[step]?.fit
    if (!fit) continue
    const states = results.map((result) => result.fitStates[step])
    const parameters = plan.steps[step]?.parameters
    const merged = states.length === 0 ? fit.start(parameters) : states.reduce((left, right) => fit.merge(left, right))
    fitted[step] = fit.finish(merged, parameters)
  }
}

async function countDepartures(paths: readonly string[]): Promise<{ merged: number; quarantined: number }> {
  const counts = { merged: 0, quarantined: 0 }
  for (const path of paths) for (const one of await readJson<{ fate: 'merged' | 'quarantined' }[]>(path)) counts[one.fate]++
  return counts
}

/** Runs units that have no result yet. A unit's folder is named by everything that its result depends on. */
async function runUnits(
  tasks: readonly Omit<RefineTask, 'folder'>[],
  options: RefineOptions,
  onDone: (result: RefineResult) => void,
): Promise<RefineResult[]> {
  const hashes = new Map(options.sources.map((source) => [source.entry.key, source.entry.sha256]))
  const keyed: RefineTask[] = tasks.map((task) => ({ ...task, folder: `${options.workspace}/refine/${unitKey(task, hashes, options)}` }))
  const results: (RefineResult | undefined)[] = []
  for (const task of keyed)
    results.push(exists(`${task.folder}/${RESULT}`) ? await readJson<RefineResult>(`${task.folder}/${RESULT}`) : undefined)
  const open = [...results.keys()].filter((index) => results[index] === undefined)
  for (const result of results) if (result) onDone(result)
  await options.pool.runAll<RefineTask, RefineResult>(
    'refineUnit',
    open.map((index) => keyed[index] as RefineTask),
    (result, at) => {
      results[open[at] as number] = result
      onDone(result)
    },
  )
  return results.map((result, index) => located(result as RefineResult, (keyed[index] as RefineTask).folder))
}

/** A result with paths from the root, wherever the workspace lies now. */
const located = (result: RefineResult, folder: string): RefineResult => ({
  ...result,
  chunks: result.chunks.map((chunk) => ({ ...chunk, path: `${folder}/${chunk.path}` })),
  departures: `${folder}/${result.departures}`,
  unrefined: result.unrefined === null ? null : `${folder}/${result.unrefined}`,
})

function unitKey(task: Omit<RefineTask, 'folder'>, hashes: ReadonlyMap<string, string>, options: RefineOptions): string {
  const { plan, segment, last, fitted, pieces, chunks, unrefined } = task
  const { name: _name, title: _title, sources: _sources, ...made } = plan
  const inputs = pieces.map((piece) => ({
    key: piece.key,
    sha256: hashes.get(piece.key),
    part: piece.part,
    range: piece.range,
    parameters: piece.parameters,
    reportsBreak: piece.reportsBreak,
  }))
  const chunkNames = chunks.map((path) => path.split('/').slice(-2).join('/'))
  const key = canonicalJson({
    software: options.software,
    made,
    segment,
    last,
    fitted,
    inputs,
    chunkNames,
    unrefined,
    pseudonymKey: options.pseudonymKey,
  })
  return createHash('sha256').update(key, 'utf8').digest('hex').slice(0, 32)
}
