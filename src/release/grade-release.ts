import type { Recipe } from '../base/recipe/index.ts'
import { type Accumulated, type DatasetFacts, type Grade, gradeDataset, mergeAccumulations, startAccumulation } from '../grade/index.ts'
import type { Survey } from '../ingest/index.ts'
import type { LoadedPack, RefinedTable } from '../refine/index.ts'
import { documentAspects } from './documentation.ts'
import { serialFacts } from './facts.ts'
import type { Manifest } from './manifest.ts'
import type { ReleaseRecipe } from './read-release.ts'
import { type SerialFacts, tableFacts } from './write-shard.ts'

export interface GradeOptions {
  readonly recipe: Recipe
  readonly pack: LoadedPack | undefined
  readonly survey: Survey
  readonly refined: readonly RefinedTable[]
  readonly manifest: Omit<Manifest, 'files'>
  /** States of each file of each table, in the manifest's order. */
  readonly states: readonly (readonly Accumulated[])[]
  readonly software: string
}

/** A grade with what it was concluded from. */
export interface GradedRelease {
  readonly grade: Grade
  readonly facts: readonly SerialFacts[]
  readonly aspects: ReadonlyMap<string, string>
}

/** Grades a release from the statistics that were collected while it was written. */
export function gradeRelease(options: GradeOptions): GradedRelease {
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
  const states = mergeTables(facts, options.states)
  return { grade: gradeDataset(datasetFacts(recipe, manifest, facts, aspects), states), facts, aspects }
}

/** The grade again, from statistics that were collected from the release's files. @param aspects documentation as the release gives it */
export function regrade(
  release: { readonly manifest: Manifest; readonly recipe: ReleaseRecipe },
  states: readonly (readonly Accumulated[])[],
  aspects: ReadonlyMap<string, string>,
): Grade {
  const facts = release.recipe.tables.map((table) => table.facts)
  return gradeDataset(datasetFacts(release.recipe.recipe, release.manifest, facts, aspects), mergeTables(facts, states))
}

function mergeTables(facts: readonly SerialFacts[], states: readonly (readonly Accumulated[])[]): Accumulated[] {
  return facts.map((table, i) => (states[i] ?? []).reduce(mergeAccumulations, startAccumulation(tableFacts(table))))
}

function datasetFacts(
  recipe: Recipe,
  manifest: Omit<Manifest, 'files'>,
  facts: readonly SerialFacts[],
  aspects: ReadonlyMap<string, string>,
): DatasetFacts {
  return {
    dataset: manifest.dataset,
    version: manifest.version,
    demand: recipe.demand ?? {},
    tables: facts.map((table) => ({ ...tableFacts(table), records: manifest.tables.find((one) => one.name === table.name)?.records ?? 0 })),
    documentation: aspects,
    generated: recipe.provenance?.generated,
    license: recipe.license,
  }
}
