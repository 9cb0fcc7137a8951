import type { Effects } from './base/effects/index.ts'
import type { Pool } from './base/engine/index.ts'
import { fail, type Outcome, succeed } from './base/problem/index.ts'
import type { Recipe } from './base/recipe/index.ts'
import { dirname, exists, isFolder, join, relative, resolve } from './base/store/index.ts'
import { profileMisfits, typeColumn } from './draft/index.ts'
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
  type TableTally,
  withRecords,
} from './ingest/index.ts'
import { datasetName, RECIPE_FILE } from './open-input.ts'
import { inputNotFound, inputsApart } from './problems.ts'
import { type LoadedPack, planTables, revisePlan, type TablePlan, takenBy, type UnshownValues, unshownValues } from './refine/index.ts'

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
  const surveyed = withRecords(found, samples, takenBy(input.recipe))
  // 3. Which tables it makes, and how their values are typed.
  const planned = [input.recipe, surveyed.sources, samples, input.pack, { asIs: options.asIs }] as const
  const first = await planTables(...planned)
  if (!first.ok) return first
  // 4. What all records hold.
  const tally = (tables: readonly ProfiledTable[]): Promise<TableTally[]> =>
    options.sample ? profileSamples(tables, samples, typeColumn) : profileSources(tables, surveyed.sources, pool, 'profileTask', effects)
  const tallies = await tally(first.value.map(profiled))
  const revised = await reviseAll(first.value, tallies, (table, unshown) => revisePlan(table, unshown, ...planned))
  if (!revised.ok) return revised
  // 5. Once more where the records have shown that the samples misled.
  const plans = revised.value
  const changed = plans.filter((plan, i) => plan !== first.value[i])
  const again = changed.length === 0 ? [] : await tally(changed.map(profiled))
  const profiles = plans.map((plan, i) => describeTable(profiled(plan), (again[changed.indexOf(plan)] ?? tallies[i]) as TableTally))
  return succeed({ surveyed, samples, plans, profiles })
}

const profiled = ({ name, fields, sources, mapping, decisions }: TablePlan): ProfiledTable => ({
  name,
  fields,
  sources,
  mapping,
  decisions,
})

/** Plans again the tables that hold values of another kind than their samples; the others are the same objects. */
async function reviseAll(
  plans: readonly TablePlan[],
  tallies: readonly TableTally[],
  revise: (table: string, unshown: UnshownValues) => Promise<Outcome<TablePlan>>,
): Promise<Outcome<TablePlan[]>> {
  const revised: TablePlan[] = []
  for (const [i, plan] of plans.entries()) {
    const tally = tallies[i] as TableTally
    const unshown = unshownValues(plan, profileMisfits(plan.fields, tally), Math.max(1, tally.records))
    const again = Object.keys(unshown).length === 0 ? succeed(plan) : await revise(plan.name, unshown)
    if (!again.ok) return again
    revised.push(again.value)
  }
  return succeed(revised)
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
