import { join } from 'node:path'
import { type Effects, realEffects } from './base/effects/index.ts'
import { defaultMemoryBytes, openPool, threadsFor } from './base/engine/index.ts'
import { fail, type Outcome } from './base/problem/index.ts'
import { remove } from './base/store/index.ts'
import { sampleSources, survey, withRecords } from './ingest/index.ts'
import { openInput, rememberInput } from './open-input.ts'
import { inputNotFound, nothingToRelease } from './problems.ts'
import { DEFAULT_DUPLICATES, NO_DUPLICATES, planTables, refine, writeQuarantine } from './refine/index.ts'
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
 * Same input, recipe and version give the same bytes, on any number of threads, and after any interruption.
 */
export async function build(options: BuildOptions, effects: Effects = realEffects): Promise<Outcome<Released>> {
  // 1. What is to be built: a recipe, or a bare folder that gets a default one.
  const opened = await openInput(options)
  if (!opened.ok) return opened
  const input = opened.value
  const pool = openPool(TASKS, threadsFor(options.threads ?? 0, options.memoryBytes ?? defaultMemoryBytes()))
  try {
    if (options.fresh) await remove(input.workspace)
    // 2. What lies there: every file recognised, hashed, archives unpacked.
    const found = await survey(input.survey, effects)
    if (found.sources.length + found.refused.length === 0) return fail(inputNotFound({ at: options.input, found: 'no files' }))
    // 3. What is in it: some records of each file; files without any are refused.
    const samples = await sampleSources(found, pool, effects)
    const surveyed = withRecords(found, samples)
    await rememberInput(input, surveyed)
    // 4. How each table is made: schema, mapping, steps.
    const plans = await planTables(input.recipe, surveyed.sources, samples, input.pack, {
      asIs: options.asIs ?? false,
      everyRecord: options.asIs,
    })
    if (!plans.ok) return plans
    // 5. Raw records become typed, clean, unique ones.
    const { workspace, mediaFolder, pseudonymKey } = input
    const tables = await refine(
      {
        plans: plans.value,
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
    await writeQuarantine(join(workspace, 'quarantine.jsonl'), surveyed.refused, refined)
    const quarantined = refined.reduce((sum, table) => sum + table.counts.quarantined, surveyed.refused.length)
    if (refined.every((table) => table.counts.kept === 0)) return fail(nothingToRelease({ at: options.input, found: quarantined }))
    // 6. Clean records become a graded, signed version.
    return await release({ ...input, survey: surveyed, refined, pool, software: SOFTWARE, asIs: options.asIs ?? false }, effects)
  } finally {
    await pool.close()
  }
}
