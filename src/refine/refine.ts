import type { Effects } from '../base/effects/index.ts'
import { fail, type Outcome, succeed } from '../base/problem/index.ts'
import { readJson } from '../base/store/index.ts'
import { cutUnits } from './cut-units.ts'
import { findDuplicates } from './duplicates/relate-duplicates.ts'
import type { DuplicateReport, DuplicateTask } from './duplicates/resolve-duplicates.ts'
import type { Operator } from './operator.ts'
import { joinedTableUnknown } from './problems.ts'
import type { Piece } from './read-piece.ts'
import type { RefineOptions } from './refine-options.ts'
import type { RefineResult } from './refine-unit.ts'
import { loadOperator } from './registry.ts'
import type { Relation, RightTable } from './relate.ts'
import { replan } from './replan.ts'
import { relate, runUnits } from './run-units.ts'
import { cutSegments, type Segment } from './segments.ts'
import { settlePlan } from './settle-plan.ts'
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
  /** For tables that were reshaped or joined. */
  readonly relation: Relation | undefined
}

/** Records kept of a table from before the first step, where a task is to be learnt, and the fewest of one unit. */
const UNREFINED_RECORDS = 8_000
const UNREFINED_OF_UNIT = 100

/**
 * Raw records become typed, clean, unique ones:
 *
 *   read and type ─ steps up to a barrier ─ fit ─ steps … ─ signatures ─ duplicates
 */
export async function refine(options: RefineOptions, effects: Pick<Effects, 'report'>): Promise<Outcome<RefinedTable[]>> {
  const prepared = await Promise.all(options.plans.map((plan) => prepare(plan, options)))
  const total = prepared.reduce((sum, { units }) => sum + units.flat().reduce((bytes, piece) => bytes + piece.bytes, 0), 0)
  let done = 0
  const onBytes = (bytes: number): void => {
    done += bytes
    effects.report({ stage: 'refine', done, total, unit: 'bytes' })
  }
  const tables: RefinedTable[] = []
  for (const one of prepared) {
    if (isOnlyJoined(one.plan, options.plans)) continue
    const started = await startTable(one, prepared, options, onBytes)
    if (!started.ok) return started
    tables.push(await refineTable(started.value, options))
  }
  return succeed(tables)
}

/** Does the table only feed joins? Its records are counted with the first table that joins it. */
const isOnlyJoined = (plan: TablePlan, plans: readonly TablePlan[]): boolean =>
  plan.auxiliary && plans.some((other) => other.join.some((join) => join.table === plan.name))

/** A table's plan with its operators loaded and its files cut into units. */
interface Prepared {
  readonly plan: TablePlan
  readonly operators: readonly (Operator | undefined)[]
  readonly units: readonly (readonly Piece[])[]
}

const operatorsOf = async (plan: TablePlan): Promise<(Operator | undefined)[]> =>
  (await Promise.all(plan.steps.map((step) => loadOperator(step.use)))).map((loaded) => loaded?.plugin)

async function prepare(plan: TablePlan, options: RefineOptions): Promise<Prepared> {
  const operators = await operatorsOf(plan)
  const sequential = operators.some((operator) => operator?.scope === 'sequence')
  return { plan, operators, units: cutUnits(plan, options.plans, options.sources, sequential) }
}

/** A table whose raw records have been read, and perhaps gone through its first steps. */
interface Started {
  readonly plan: TablePlan
  readonly operators: readonly (Operator | undefined)[]
  readonly results: readonly RefineResult[]
  /** Segments that are done. */
  readonly done: number
  readonly nIn: number
  readonly departures: readonly string[]
  readonly relation?: Relation | undefined
}

const READ_ONLY: Segment = { from: 0, to: 0, fits: [] }

async function startTable(
  one: Prepared,
  all: readonly Prepared[],
  options: RefineOptions,
  onBytes: (bytes: number) => void,
): Promise<Outcome<Started>> {
  const related = one.plan.reshape.length + one.plan.join.length > 0
  const settled = await settlePlan(one.plan, (candidate) => readFirst(candidate, related, options, onBytes), options.revise)
  if (!settled.ok) return settled
  const { plan, results } = settled.value
  const operators = await operatorsOf(plan)
  const departures = results.map((result) => result.departures)
  const nIn = results.reduce((sum, result) => sum + result.counts.in, 0)
  if (!related) return succeed({ plan, operators, results, done: 1, nIn, departures })
  const rights: Record<string, RightTable> = {}
  let nRight = 0
  for (const join of plan.join) {
    const other = all.find((candidate) => candidate.plan.name === join.table)
    if (!other)
      return fail(
        joinedTableUnknown({ at: plan.name, found: join.table, expected: options.plans.map((candidate) => candidate.name).join(', ') }),
      )
    const counted =
      isOnlyJoined(other.plan, options.plans) &&
      options.plans.find((candidate) => candidate.join.some((own) => own.table === join.table))?.name === plan.name
    const right = await settlePlan(
      other.plan,
      (candidate) => readFirst(candidate, true, options, counted ? onBytes : () => {}),
      options.revise,
    )
    if (!right.ok) return right
    const made = right.value.results
    rights[join.table] = {
      fields: right.value.plan.fields,
      chunks: made.flatMap((result) => result.chunks.map((chunk) => chunk.path)),
      counted,
    }
    if (!counted) continue
    departures.push(...made.map((result) => result.departures))
    nRight += made.reduce((sum, result) => sum + result.counts.in - result.counts.kept, 0)
  }
  const relation: Relation = { chunks: results.flatMap((result) => result.chunks.map((chunk) => chunk.path)), rights }
  const made = await relate({ plan, ...relation }, options)
  if (made.problem) return fail(made.problem)
  const replanned = await replan(plan, made.fields)
  if (!replanned.ok) return replanned
  const kept = made.chunks.reduce((sum, chunk) => sum + chunk.records, 0)
  const counts = { in: made.in, kept, merged: 0, quarantined: made.in - kept }
  const whole: RefineResult = {
    chunks: made.chunks,
    departures: made.departures,
    counts,
    runs: [],
    fitStates: {},
    unrefined: null,
    bytesRead: 0,
  }
  const broken = results.reduce((sum, result) => sum + result.counts.in - result.counts.kept, 0)
  return succeed({
    plan: replanned.value,
    operators: await operatorsOf(replanned.value),
    results: [whole],
    done: 0,
    nIn: made.in + broken + nRight,
    departures: [...departures, made.departures],
    relation,
  })
}

/** Raw records of a table through its first segment of steps, or only read where they are still to be related. */
async function readFirst(
  plan: TablePlan,
  isOnlyRead: boolean,
  options: RefineOptions,
  onBytes: (bytes: number) => void,
): Promise<RefineResult[]> {
  const { operators, units } = await prepare(plan, options)
  const segments = cutSegments(operators.map((operator) => operator?.fit !== undefined))
  const to = isOnlyRead ? { segment: READ_ONLY, last: false } : { segment: segments[0] as Segment, last: segments.length === 1 }
  return read(plan, units, to, options, onBytes)
}

async function read(
  plan: TablePlan,
  units: Prepared['units'],
  to: { readonly segment: Segment; readonly last: boolean },
  options: RefineOptions,
  onBytes: (bytes: number) => void,
): Promise<RefineResult[]> {
  const shared = {
    plan,
    ...to,
    fitted: {},
    mediaFolder: options.mediaFolder,
    pseudonymKey: options.pseudonymKey,
    chunks: [],
    runs: [],
    unrefined: plan.task ? Math.max(UNREFINED_OF_UNIT, Math.ceil(UNREFINED_RECORDS / units.length)) : 0,
  }
  return runUnits(
    units.map((pieces) => ({ ...shared, pieces })),
    options,
    (result) => onBytes(result.bytesRead),
  )
}

async function refineTable(started: Started, options: RefineOptions): Promise<RefinedTable> {
  const { plan, operators } = started
  const segments = cutSegments(operators.map((operator) => operator?.fit !== undefined))
  const fitted: Record<number, unknown> = {}
  const departures = [...started.departures]
  let results = started.results
  if (started.done === 1) finishFits(segments[0] as Segment, plan, operators, results, fitted)
  for (const [number, segment] of segments.entries()) {
    if (number < started.done) continue
    const shared = {
      plan,
      segment,
      last: number === segments.length - 1,
      fitted: { ...fitted },
      mediaFolder: options.mediaFolder,
      pseudonymKey: options.pseudonymKey,
      pieces: [],
      unrefined: 0,
    }
    const before = results
    const made = await runUnits(
      before.map((result) => ({ ...shared, chunks: result.chunks.map((chunk) => chunk.path), runs: result.runs })),
      options,
      () => {},
    )
    results = made.map((result, i) => ({ ...result, unrefined: before[i]?.unrefined ?? null }))
    departures.push(...results.map((result) => result.departures))
    finishFits(segment, plan, operators, results, fitted)
  }
  return conclude({ plan, fitted, departures, results, nIn: started.nIn, relation: started.relation }, options)
}

interface Finished {
  readonly plan: TablePlan
  readonly fitted: Readonly<Record<number, unknown>>
  readonly departures: readonly string[]
  readonly results: readonly RefineResult[]
  readonly nIn: number
  readonly relation: Relation | undefined
}

/** Duplicates, and the account: every record that came in is kept, merged or in quarantine. */
async function conclude({ plan, fitted, departures, results, nIn, relation }: Finished, options: RefineOptions): Promise<RefinedTable> {
  const chunks = results.flatMap((result) => result.chunks)
  const task: DuplicateTask = { chunks: chunks.map((chunk) => chunk.path), plan, options: options.duplicates(plan) }
  const nRecords = chunks.reduce((sum, chunk) => sum + chunk.records, 0)
  const duplicates = await findDuplicates(task, nRecords, options.pool)
  const left = await countDepartures(departures)
  const found = duplicates.duplicates.length
  const kept = nRecords - found
  const counts = { in: nIn, kept, merged: left.merged + found, quarantined: left.quarantined }
  if (counts.in !== counts.kept + counts.merged + counts.quarantined)
    throw new Error(`refine ${plan.name}: counts do not add up: ${JSON.stringify(counts)}`)
  return { plan, chunks, duplicates, departures, counts, fitted, unrefined: results.flatMap((result) => result.unrefined ?? []), relation }
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
