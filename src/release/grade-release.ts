import type { Pool } from '../base/engine/index.ts'
import type { Recipe } from '../base/recipe/index.ts'
import { readChunk } from '../base/store/index.ts'
import {
  type DatasetFacts,
  fitnessState,
  type Grade,
  gradeDataset,
  type Indicator,
  loadIndicators,
  measureRefinement,
  mergeAccumulations,
  type RefinementLift,
  startAccumulation,
  type TableAccumulation,
} from '../grade/index.ts'
import type { Survey } from '../ingest/index.ts'
import type { LoadedPack, RefinedTable } from '../refine/index.ts'
import { documentAspects } from './documentation.ts'
import { serialFacts } from './facts.ts'
import type { Manifest } from './manifest.ts'
import type { ReleaseRecipe } from './read-release.ts'
import { type SplitRule, splitOf } from './splits.ts'
import { type SerialFacts, tableFacts } from './write-shard.ts'

export interface GradeOptions {
  readonly recipe: Recipe
  readonly pack: LoadedPack | undefined
  readonly survey: Survey
  readonly refined: readonly RefinedTable[]
  readonly manifest: Omit<Manifest, 'files'>
  /** States of each file of each table, in the manifest's order. */
  readonly states: readonly (readonly TableAccumulation[])[]
  readonly software: string
  readonly pool: Pool
  /** How each table was split. */
  readonly rules: readonly SplitRule[]
  /** Data graded as they came: what was refused belongs to them and counts against them. */
  readonly asIs: boolean
}

/** A grade with what it was concluded from. */
export interface GradedRelease {
  readonly grade: Grade
  readonly facts: readonly SerialFacts[]
  readonly aspects: ReadonlyMap<string, string>
  /** What refinement is worth to a model, a table; empty where there was no task. */
  readonly lifts: readonly TableLift[]
}

export interface TableLift extends RefinementLift {
  readonly table: string
}

/** Work of one thread: what refinement is worth to a model of one table. */
export interface LiftTask {
  readonly facts: SerialFacts
  readonly state: TableAccumulation
  /** Chunks of records as they were before the first step. */
  readonly unrefined: readonly string[]
  readonly rule: SplitRule
}

/** The same learner with and without refinement, on the records kept from before the first step; null where no task can be learnt. */
export async function measureLift({ facts, state, unrefined, rule }: LiftTask): Promise<RefinementLift | null> {
  const batches = await Promise.all(unrefined.map(async (path) => (await readChunk(path)).batch))
  const split = batches.map((batch) => ({ batch, splits: splitOf(batch, rule) }))
  return measureRefinement(tableFacts(facts), state, split) ?? null
}

async function measureLifts(
  options: GradeOptions,
  facts: readonly SerialFacts[],
  states: readonly TableAccumulation[],
): Promise<TableLift[]> {
  const tasks = options.refined.flatMap((table, i): (LiftTask & { readonly table: string })[] => {
    const rule = options.rules[i]
    if (!rule || table.unrefined.length === 0) return []
    const [own, state] = [facts[i] as SerialFacts, states[i] as TableAccumulation]
    return [{ table: table.plan.name, facts: own, state: fitnessState(state), unrefined: table.unrefined, rule }]
  })
  const lifts = await options.pool.runAll<LiftTask, RefinementLift | null>('measureLift', tasks)
  return lifts.flatMap((lift, i) => (lift ? [{ table: (tasks[i] as { table: string }).table, ...lift }] : []))
}

/** Grades a release from the statistics that were collected while it was written. */
export async function gradeRelease(options: GradeOptions): Promise<GradedRelease> {
  const { recipe, pack, survey, refined, manifest } = options
  const facts = refined.map((table) => serialFacts(table.plan, recipe, pack))
  const bytesIn = survey.sources.reduce((sum, source) => sum + source.entry.size, 0)
  const aspects = documentAspects({
    recipe,
    tables: manifest.tables,
    refined,
    counts: manifest.counts,
    nSources: survey.sources.length,
    bytesIn,
    software: options.software,
  })
  const indicators = await loadIndicators()
  const states = mergeTables(indicators, facts, options.states)
  // In the pool, while this thread trains for the grade.
  const lifting = measureLifts(options, facts, states)
  const grade = gradeDataset(indicators, datasetFacts(recipe, manifest, facts, aspects, options.asIs), states)
  return { grade, facts, aspects, lifts: await lifting }
}

/** The grade again, from statistics that were collected from the release's files. @param aspects documentation as the release gives it */
export async function regrade(
  release: { readonly manifest: Manifest; readonly recipe: ReleaseRecipe },
  states: readonly (readonly TableAccumulation[])[],
  aspects: ReadonlyMap<string, string>,
): Promise<Grade> {
  const indicators = await loadIndicators()
  const facts = release.recipe.tables.map((table) => table.facts)
  return gradeDataset(
    indicators,
    datasetFacts(release.recipe.recipe, release.manifest, facts, aspects, release.recipe.asIs),
    mergeTables(indicators, facts, states),
  )
}

function mergeTables(
  indicators: readonly Indicator[],
  facts: readonly SerialFacts[],
  states: readonly (readonly TableAccumulation[])[],
): TableAccumulation[] {
  return facts.map((table, i) =>
    (states[i] ?? []).reduce(
      (left, right) => mergeAccumulations(indicators, left, right),
      startAccumulation(indicators, tableFacts(table)),
    ),
  )
}

function datasetFacts(
  recipe: Recipe,
  manifest: Omit<Manifest, 'files'>,
  facts: readonly SerialFacts[],
  aspects: ReadonlyMap<string, string>,
  asIs: boolean,
): DatasetFacts {
  return {
    dataset: manifest.dataset,
    version: manifest.version,
    demand: recipe.demand ?? {},
    tables: facts.map((table) => ({ ...tableFacts(table), records: manifest.tables.find((one) => one.name === table.name)?.records ?? 0 })),
    documentation: aspects,
    generated: recipe.provenance?.generated,
    license: recipe.license,
    provenance: { source: recipe.provenance?.source, details: recipe.provenance?.details },
    refused: asIs ? manifest.counts.quarantined : 0,
  }
}
