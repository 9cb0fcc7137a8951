import { type Effects, realEffects } from './base/effects/index.ts'
import { defaultMemoryBytes, openPool, threadsFor } from './base/engine/index.ts'
import { asOutcome, fail, type Outcome, type Problem, succeed, type Words } from './base/problem/index.ts'
import type { Modality } from './base/recipe/index.ts'
import { compareCodeUnits } from './base/record/index.ts'
import { exists, isFolder, join } from './base/store/index.ts'
import { fitPacks, type PackFit } from './draft/index.ts'
import { bareInput, type Examined, examine, type RawInput } from './examine.ts'
import type { SourceSample, TableProfile } from './ingest/index.ts'
import { openInput, RECIPE_FILE } from './open-input.ts'
import { packUnknown } from './problems.ts'
import { packIds, planAssumptions, readPack, type TablePlan } from './refine/index.ts'
import { TASKS } from './tasks-module.ts'

/** What to look at. */
export interface InspectOptions {
  /** Folders, files, or one recipe. */
  readonly paths: readonly string[]
  /** Sector whose schemas the columns are read by; the recipe's own by default. */
  readonly pack?: string | undefined
  /** Look at samples alone: fast on anything, figures of a few thousand records a file. */
  readonly sample?: boolean | undefined
  /** An empty folder for members of archives, for the caller to remove. */
  readonly scratch: string
  /** Worker threads; 0 for all cores. */
  readonly threads?: number | undefined
}

/** What raw files hold. Plain JSON. */
export interface Inspection {
  readonly paths: readonly string[]
  readonly sampled: boolean
  readonly files: number
  readonly bytes: number
  readonly records: RecordCount
  readonly tables: readonly InspectedTable[]
  readonly refused: readonly RefusedInput[]
  /** Sector packs that the tables fit, the likeliest first. */
  readonly packs: readonly PackFit[]
}

/** `counted` by reading all, `estimated` from the lines of the file, or `at-least` where reading stopped. */
export interface RecordCount {
  readonly count: number
  readonly how: 'counted' | 'estimated' | 'at-least'
}

export interface InspectedTable {
  readonly name: string
  readonly title: Words
  readonly modality: Modality
  readonly files: number
  /** Bytes of the files that feed it, each whole. */
  readonly bytes: number
  readonly formats: readonly { readonly format: string; readonly files: number }[]
  readonly encodings: readonly { readonly encoding: string; readonly files: number }[]
  /** The first files by path. */
  readonly paths: readonly string[]
  readonly records: RecordCount
  /** What was assumed in reading values that leave a choice. */
  readonly assumptions: readonly Words[]
  readonly profile: TableProfile
}

/** A file that gives no records. */
export interface RefusedInput {
  readonly path: string
  readonly bytes: number
  readonly problem: Problem
}

/**
 * Profiles raw files and changes nothing:
 *
 *   raw files ─ survey ─ sample ─ plan ─ profile ─ packs
 */
export const inspect = (options: InspectOptions, effects: Effects = realEffects): Promise<Outcome<Inspection>> =>
  asOutcome(() => inspectFiles(options, effects))

async function inspectFiles(options: InspectOptions, effects: Effects): Promise<Outcome<Inspection>> {
  const pool = openPool(TASKS, threadsFor(options.threads ?? 0, defaultMemoryBytes()))
  try {
    // 1. What is to be looked at: files and folders as they lie, or what a recipe names.
    const input = await inputOf(options)
    if (!input.ok) return input
    // 2. What it holds.
    const sampled = options.sample ?? false
    const examined = await examine(options.paths.join(' '), input.value, { sample: sampled, asIs: true }, pool, effects)
    if (!examined.ok) return examined
    // 3. Which sector it is of.
    const packs = await fitPacks(input.value.recipe, examined.value.surveyed, examined.value.samples)
    return succeed(inspectionOf(options.paths, sampled, examined.value, packs))
  } finally {
    await pool.close()
  }
}

async function inputOf({ paths, pack, scratch }: InspectOptions): Promise<Outcome<RawInput>> {
  const [only] = paths
  if (only !== undefined && paths.length === 1 && (await isRecipe(only))) return await openInput({ input: only, out: scratch, pack })
  const loaded = pack === undefined ? undefined : await readPack(pack)
  if (pack !== undefined && !loaded) return fail(packUnknown({ at: pack, expected: (await packIds()).join(', ') }))
  return await bareInput(paths, scratch, loaded)
}

const isRecipe = async (path: string): Promise<boolean> =>
  (await isFolder(path)) ? exists(join(path, RECIPE_FILE)) : path.endsWith(RECIPE_FILE) && (await exists(path))

function inspectionOf(paths: readonly string[], sampled: boolean, examined: Examined, packs: PackFit[]): Inspection {
  const { surveyed, plans, profiles } = examined
  const tables = plans.map((plan, i) => tableOf(plan, profiles[i] as TableProfile, sampled, examined))
  const files = [...surveyed.sources, ...surveyed.refused]
  return {
    paths,
    sampled,
    files: files.length,
    bytes: files.reduce((sum, { entry }) => sum + entry.size, 0),
    records: sumCounts(tables.map(({ records }) => records)),
    tables,
    refused: surveyed.refused.map(({ entry, problem }) => ({ path: entry.path, bytes: entry.size, problem })),
    packs,
  }
}

const PATHS_SHOWN = 20

function tableOf(plan: TablePlan, profile: TableProfile, sampled: boolean, { surveyed, samples }: Examined): InspectedTable {
  const keys = new Set(plan.sources.map(({ key }) => key))
  const fed = surveyed.sources.filter(({ entry }) => keys.has(entry.key))
  const paths = fed.map(({ entry }) => entry.path).sort(compareCodeUnits)
  const encodings = fed.flatMap(({ entry }) => encodingOf(entry.parameters) ?? [])
  return {
    name: plan.name,
    title: plan.title,
    modality: plan.modality,
    files: fed.length,
    bytes: fed.reduce((sum, { entry }) => sum + entry.size, 0),
    formats: counted(fed.map(({ entry }) => entry.format)).map(([format, files]) => ({ format, files })),
    encodings: counted(encodings).map(([encoding, files]) => ({ encoding, files })),
    paths: paths.slice(0, PATHS_SHOWN),
    assumptions: planAssumptions(plan),
    records: sampled ? estimateRecords(plan, fed, samples) : { count: profile.records, how: 'counted' },
    profile: sampled ? { ...profile, time: profile.time && { ...profile.time, step: undefined, gaps: 0, same: 0, backward: 0 } } : profile,
  }
}

const encodingOf = (parameters: unknown): string | undefined => {
  const { encoding } = parameters as { readonly encoding?: unknown }
  return typeof encoding === 'string' ? encoding : undefined
}

/** Different values with their numbers, the most frequent first. */
function counted(values: readonly string[]): [string, number][] {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1] || compareCodeUnits(a[0], b[0]))
}

/** Records of a table by its samples: all where a file was read to its end, else by its lines where they were counted. */
function estimateRecords(plan: TablePlan, fed: Examined['surveyed']['sources'], samples: readonly SourceSample[]): RecordCount {
  const byKey = new Map(samples.map((sample) => [sample.key, sample]))
  const sources = new Map(fed.map((source) => [source.entry.key, source]))
  return sumCounts(
    plan.sources.map(({ key, part }) => {
      const sample = byKey.get(key)
      const count = sample?.parts.find((one) => one.part === part)?.records ?? 0
      if (sample?.complete) return { count, how: 'counted' }
      const last = sources.get(key)?.ranges.at(-1)
      if (!last || last.firstOrdinal === 0) return { count, how: 'at-least' }
      return { count: Math.round((last.firstOrdinal * last.end) / last.start), how: 'estimated' }
    }),
  )
}

function sumCounts(counts: readonly RecordCount[]): RecordCount {
  const how = (['at-least', 'estimated', 'counted'] as const).find((one) => counts.some((count) => count.how === one)) ?? 'counted'
  return { count: counts.reduce((sum, { count }) => sum + count, 0), how }
}
