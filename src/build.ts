import { type Effects, realEffects } from './base/effects/index.ts'
import { defaultMemoryBytes, openPool, openSpark, type Pool, type SparkOptions, threadsFor } from './base/engine/index.ts'
import { asOutcome, fail, type Outcome, succeed } from './base/problem/index.ts'
import { join, remove } from './base/store/index.ts'
import { sampleSources, survey, withRecords } from './ingest/index.ts'
import { type OpenedInput, openInput, rememberInput } from './open-input.ts'
import { inputNotFound, nothingToRelease } from './problems.ts'
import { DEFAULT_DUPLICATES, NO_DUPLICATES, planTables, refine, revisePlan, takenBy, writeQuarantine } from './refine/index.ts'
import { type Released, release } from './release/index.ts'
import { SOFTWARE } from './software.ts'
import { TASKS } from './tasks-module.ts'

/** What to build from and where to. */
export interface BuildOptions {
  /** A folder of raw files, or a recipe. */
  readonly input: string
  /** Sector whose schemas, checks and labels apply. */
  readonly pack?: string | undefined
  /** Folder that releases and the workspace go into. */
  readonly out: string
  readonly version?: string | undefined
  /** Worker threads; 0 for all cores. */
  readonly threads?: number | undefined
  /** Bytes to stay within; half of the machine's memory by default. */
  readonly memoryBytes?: number | undefined
  /** Run the heavy steps on an existing Apache Spark instead of on this machine's cores. */
  readonly spark?: SparkOptions | undefined
  /** Ignore what earlier runs left in the workspace. */
  readonly fresh?: boolean | undefined
  /** Take the records as they came: no steps, no merging. What refinement is worth is seen beside this. */
  readonly asIs?: boolean | undefined
}

/**
 * Turns raw files into a graded, signed, immutable release:
 *
 *   raw files ─ survey ─ sample ─ plan ─ refine ─ release
 *
 * Same input, recipe and version give the same bytes, on any number of threads, on any engine, and after any interruption.
 */
export const build = (options: BuildOptions, effects: Effects = realEffects): Promise<Outcome<Released>> =>
  asOutcome(() => buildRelease(options, effects))

async function buildRelease(options: BuildOptions, effects: Effects): Promise<Outcome<Released>> {
  // What is to be built: a recipe, or a bare folder that gets a default one.
  const opened = await openInput(options)
  if (!opened.ok) return opened
  if (options.fresh) await remove(opened.value.workspace)
  // Where the heavy steps run: worker threads, or the executors of a cluster.
  const engine = await openEngine(options, opened.value.workspace)
  if (!engine.ok) return engine
  try {
    return await buildOn(engine.value, opened.value, options, effects)
  } finally {
    await engine.value.close()
  }
}

async function openEngine(options: BuildOptions, workspace: string): Promise<Outcome<Pool>> {
  if (options.spark) return openSpark(TASKS, workspace, options.spark)
  const memoryBytes = options.memoryBytes ?? defaultMemoryBytes()
  return succeed(openPool(TASKS, threadsFor(options.threads ?? 0, memoryBytes), memoryBytes))
}

async function buildOn(pool: Pool, input: OpenedInput, options: BuildOptions, effects: Effects): Promise<Outcome<Released>> {
  // 1. What lies there: every file recognised, hashed, archives unpacked.
  const found = await survey(input.survey, effects)
  if (found.sources.length + found.refused.length === 0) return fail(inputNotFound({ at: options.input, found: 'no files' }))
  // 2. What is in it: some records of each file; files without any are refused.
  const samples = await sampleSources(found, pool, effects)
  const surveyed = withRecords(found, samples, takenBy(input.recipe))
  await rememberInput(input, surveyed)
  // 3. How each table is made: schema, mapping, steps.
  const planned = [
    input.recipe,
    surveyed.sources,
    samples,
    input.pack,
    { asIs: options.asIs ?? false, keepsFaults: options.asIs ?? false },
  ] as const
  const plans = await planTables(...planned)
  if (!plans.ok) return plans
  // 4. Raw records become typed, clean, unique ones.
  const { workspace, mediaFolder, pseudonymKey } = input
  const tables = await refine(
    {
      plans: plans.value,
      revise: (table, unshown) => revisePlan(table, unshown, ...planned),
      sources: surveyed.sources,
      workspace,
      mediaFolder,
      pool,
      duplicates: () => (options.asIs ? NO_DUPLICATES : DEFAULT_DUPLICATES),
      pseudonymKey,
      software: SOFTWARE,
    },
    effects,
  )
  if (!tables.ok) return tables
  const refined = tables.value
  await rememberInput(input, surveyed, refined)
  await writeQuarantine(join(workspace, 'quarantine.jsonl'), surveyed.refused, refined)
  const quarantined = refined.reduce((sum, table) => sum + table.counts.quarantined, surveyed.refused.length)
  if (refined.every((table) => table.counts.kept === 0)) return fail(nothingToRelease({ at: options.input, found: quarantined }))
  // 5. Clean records become a graded, signed version.
  return await release({ ...input, survey: surveyed, refined, pool, software: SOFTWARE, asIs: options.asIs ?? false }, effects)
}
