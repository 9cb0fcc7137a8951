import type { Recipe } from '../base/recipe/index.ts'
import { canonicalJson, type Field } from '../base/record/index.ts'
import { join, writeAtomic } from '../base/store/index.ts'
import { ASPECTS, renderGradeHtml } from '../grade/index.ts'
import type { Survey } from '../ingest/index.ts'
import { planAssumptions, type RefinedTable } from '../refine/index.ts'
import { cardText } from './card.ts'
import { croissantText } from './croissant.ts'
import type { GradedRelease } from './grade-release.ts'
import type { Manifest } from './manifest.ts'
import { provenanceText } from './provenance.ts'
import { ASPECTS_FILE, RECIPE, type ReleaseRecipe, type ReleaseSources, SOURCES } from './read-release.ts'
import { recordFlow } from './record-flow.ts'

export interface DocumentOptions {
  readonly recipe: Recipe
  readonly survey: Survey
  readonly refined: readonly RefinedTable[]
  readonly staged: string
  readonly manifest: Omit<Manifest, 'files'>
  readonly graded: GradedRelease
  readonly software: string
  readonly asIs: boolean
  /** Names of the media that lie in the release as files. */
  readonly media: readonly string[]
}

/** Date of publication where the recipe gives none: Croissant wants one, and a release knows no clock. */
const NO_DATE = '1970-01-01'

/** Writes what stands beside the data: grade, card, Croissant, provenance, recipe, sources. */
export async function writeDocuments(options: DocumentOptions): Promise<void> {
  const { recipe, survey, refined, staged, manifest, graded, software } = options
  const full: Manifest = { ...manifest, files: [] }
  const fields = new Map<string, readonly Field[]>(refined.map((table) => [table.plan.name, table.plan.fields]))
  const title = recipe.title ?? { zh: recipe.dataset, en: recipe.dataset }
  const description = recipe.description ?? {
    zh: `由 Highgrade 构建的数据集 ${recipe.dataset}。`,
    en: `Data set ${recipe.dataset}, built by Highgrade.`,
  }
  const shared = { license: recipe.license ?? 'not stated', publisher: recipe.publisher?.name ?? 'not stated', fields }
  const documentation = Object.values(ASPECTS)
    .flat()
    .flatMap((aspect) => (graded.aspects.has(aspect.key) ? [{ name: aspect.title, text: graded.aspects.get(aspect.key) ?? '' }] : []))
  const put = (name: string, text: string): Promise<void> => writeAtomic(join(staged, name), text)
  await put('grade.json', `${canonicalJson({ ...graded.grade, refinement: graded.lifts })}\n`)
  const flow = await recordFlow(manifest.counts, survey.refused, refined)
  const context = {
    title,
    publisher: shared.publisher,
    license: shared.license,
    releaseHash: manifest.root,
    verifyCommand: `highgrade verify ${manifest.dataset}/${manifest.version}`,
    flow,
    ...(graded.lifts[0] ? { comparison: graded.lifts[0] } : {}),
  }
  await put('grade.html', await renderGradeHtml(graded.grade, graded.facts, context))
  await put(ASPECTS_FILE, `${canonicalJson(Object.fromEntries(graded.aspects))}\n`)
  await put(
    'README.md',
    cardText(full, graded.grade, {
      ...shared,
      assumptions: new Map(refined.map(({ plan }) => [plan.name, planAssumptions(plan)])),
      title,
      description,
      contact: recipe.publisher?.contact ?? '',
      languages: ['zh', 'en'],
      documentation,
      generated: recipe.provenance?.generated ?? false,
    }),
  )
  await put(
    'croissant.json',
    croissantText(full, {
      ...shared,
      media: options.media,
      title: title.en,
      description: description.en,
      url: recipe.publisher?.url ?? `urn:highgrade:${manifest.root}`,
      datePublished: recipe.provenance?.lastModifiedTime ?? NO_DATE,
    }),
  )
  await put(
    'provenance.json',
    provenanceText(
      manifest,
      survey.sources.map((source) => source.entry),
      refined.map((table) => table.plan),
      software,
    ),
  )
  const made: ReleaseRecipe = {
    software,
    asIs: options.asIs,
    recipe,
    tables: refined.map((table, i) => ({
      plan: table.plan,
      facts: graded.facts[i] as GradedRelease['facts'][number],
      fitted: table.fitted as Record<string, unknown>,
    })),
  }
  await put(RECIPE, `${canonicalJson(made)}\n`)
  const sources: ReleaseSources = {
    containers: survey.containers,
    sources: survey.sources.map((source) => source.entry),
    refused: survey.refused.map(({ entry, problem }) => ({ entry, code: problem.code })),
  }
  await put(SOURCES, `${canonicalJson(sources)}\n`)
}
