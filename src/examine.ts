import type { Effects } from './base/effects/index.ts'
import type { Pool } from './base/engine/index.ts'
import { fail, type Outcome, succeed } from './base/problem/index.ts'
import type { Recipe } from './base/recipe/index.ts'
import { dirname, exists, isFolder, join, relative, resolve } from './base/store/index.ts'
import { typeColumn } from './draft/index.ts'
import {
  describeTable,
  type ProfiledTable,
  profileSamples,
  profileSources,
  type SourceSample,
  type Survey,
  type SurveyOptions,
  sampleSources,
  survey,
  type TableProfile,
  withRecords,
} from './ingest/index.ts'
import { datasetName, RECIPE_FILE } from './open-input.ts'
import { inputNotFound, inputsApart } from './problems.ts'
import { type LoadedPack, planTables, type TablePlan } from './refine/index.ts'

/** Raw files that are to be looked at, and how tables are told. */
export interface RawInput {
  readonly recipe: Recipe
  readonly pack: LoadedPack | undefined
  readonly survey: SurveyOptions
}

/** What raw files hold: one profile a plan. */
export interface Examined {
  readonly surveyed: Survey
  readonly samples: readonly SourceSample[]
  readonly plans: readonly TablePlan[]
  readonly profiles: readonly TableProfile[]
}

export interface ExamineOptions {
  /** Profile samples instead of all records. */
  readonly sample: boolean
  /** Plan no steps. */
  readonly asIs: boolean
}

/** Surveys, samples, plans and profiles raw files, and changes none of them. @param at the input, for messages */
export async function examine(
  at: string,
  input: RawInput,
  options: ExamineOptions,
  pool: Pool,
  effects: Effects,
): Promise<Outcome<Examined>> {
  // 1. What lies there.
  const found = await survey(input.survey, effects)
  if (found.sources.length + found.refused.length === 0) return fail(inputNotFound({ at, found: 'no files' }))
  // 2. What is in it, by samples.
  const samples = await sampleSources(found, pool, effects)
  const surveyed = withRecords(found, samples)
  // 3. Which tables it makes, and how their values are typed.
  const plans = await planTables(input.recipe, surveyed.sources, samples, input.pack, { asIs: options.asIs })
  if (!plans.ok) return plans
  // 4. What all records hold.
  const tables: ProfiledTable[] = plans.value.map(({ name, fields, sources, mapping, decisions }) => ({
    name,
    fields,
    sources,
    mapping,
    decisions,
  }))
  const tallies = options.sample
    ? await profileSamples(tables, samples, typeColumn)
    : await profileSources(tables, surveyed.sources, pool, 'profileTask', effects)
  const profiles = tables.map((table, i) => describeTable(table, tallies[i] as (typeof tallies)[number]))
  return succeed({ surveyed, samples, plans: plans.value, profiles })
}

/** Files and folders as an input that takes everything in them. @param scratch where members of archives are unpacked */
export async function bareInput(paths: readonly string[], scratch: string, pack: LoadedPack | undefined): Promise<Outcome<RawInput>> {
  const kinds: { readonly path: string; readonly isWhole: boolean }[] = []
  for (const path of paths) {
    if (!(await exists(path))) return fail(inputNotFound({ at: path, found: 'no such file or folder' }))
    kinds.push({ path: resolve(path), isWhole: await isFolder(path) })
  }
  const [first] = kinds
  if (!first) return fail(inputNotFound({ at: '(none)', found: 'no such file or folder' }))
  const root = kinds.length === 1 && first.isWhole ? first.path : sharedFolder(kinds.map(({ path }) => path))
  if (root === undefined) return fail(inputsApart({ at: paths.join(' ') }))
  const inside = kinds.filter(({ path }) => path !== root)
  const globs = inside.map(({ path, isWhole }) => (isWhole ? `${relative(root, path)}/**` : relative(root, path)))
  return succeed({
    recipe: { dataset: datasetName(root), version: '0.1.0', seed: 20260601 },
    pack,
    survey: {
      folder: root,
      only: inside.length < kinds.length ? [] : globs,
      except: [RECIPE_FILE],
      unpackInto: join(scratch, 'members'),
      formats: [],
    },
  })
}

/** The deepest folder that holds all the paths; undefined when none does, as of two buckets. */
function sharedFolder(paths: readonly string[]): string | undefined {
  let shared = dirname(paths[0] as string)
  for (const path of paths) {
    while (relative(shared, path).startsWith('..')) {
      const above = dirname(shared)
      if (above === shared) return undefined
      shared = above
    }
  }
  return shared
}
