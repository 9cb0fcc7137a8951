import { defineProblem, fail, type Outcome, succeed } from '../base/problem/index.ts'
import type { Recipe } from '../base/recipe/index.ts'
import { exists, isStoreFailure, join, readJson, readText } from '../base/store/index.ts'
import type { SourceEntry } from '../ingest/index.ts'
import type { TablePlan } from '../refine/index.ts'
import { MANIFEST, type Manifest } from './manifest.ts'
import type { SerialFacts } from './write-shard.ts'

export const notARelease = defineProblem<{ at: string; found: string }>('release/not-a-release', {
  zh: (p) => `${p.at}：不是 Highgrade 发布（${p.found}）。`,
  en: (p) => `${p.at}: not a Highgrade release (${p.found}).`,
  advice: { zh: '给出含有 manifest.json 的发布文件夹。', en: 'Give the folder of a release, which holds manifest.json.' },
})

/** `recipe.json`: how the release was made, in full: a stranger can recompute from it. */
export interface ReleaseRecipe {
  readonly software: string
  /** Records as they came: what was refused counts against the grade. */
  readonly asIs: boolean
  readonly recipe: Recipe
  readonly tables: readonly { readonly plan: TablePlan; readonly facts: SerialFacts; readonly fitted: Readonly<Record<string, unknown>> }[]
}

/** `sources.json`: every raw file, also those that gave no record. */
export interface ReleaseSources {
  readonly sources: readonly SourceEntry[]
  /** Archives that were unpacked. */
  readonly containers: readonly SourceEntry[]
  readonly refused: readonly { readonly entry: SourceEntry; readonly code: string }[]
}

/** A release as it lies in a folder. */
export interface OpenRelease {
  readonly folder: string
  readonly manifest: Manifest
  /** The manifest's bytes as they are. */
  readonly manifestText: string
  readonly recipe: ReleaseRecipe
  readonly sources: ReleaseSources
}

export const RECIPE = 'recipe.json'
export const SOURCES = 'sources.json'

/** Opens a release; checks no hash. */
export async function readRelease(folder: string): Promise<Outcome<OpenRelease>> {
  const path = join(folder, MANIFEST)
  if (!(await exists(path))) return fail(notARelease({ at: folder, found: `no ${MANIFEST}` }))
  try {
    const manifestText = await readText(path)
    const manifest = JSON.parse(manifestText) as Manifest
    if (manifest.format !== 'highgrade-release/1') return fail(notARelease({ at: folder, found: `format ${String(manifest.format)}` }))
    return succeed({
      folder,
      manifest,
      manifestText,
      recipe: await readJson<ReleaseRecipe>(join(folder, RECIPE)),
      sources: await readJson<ReleaseSources>(join(folder, SOURCES)),
    })
  } catch (error) {
    if (isStoreFailure(error)) throw error
    return fail(notARelease({ at: folder, found: error instanceof Error ? error.message : String(error) }))
  }
}

/** Paths of raw files by key. */
export const sourcePaths = (sources: ReleaseSources): Record<string, string> =>
  Object.fromEntries(sources.sources.map((entry) => [entry.key, entry.path]))

/** Is this the folder of a release? */
export const isRelease = async (folder: string): Promise<boolean> =>
  (await exists(join(folder, MANIFEST))) && (await exists(join(folder, RECIPE)))

export const ASPECTS_FILE = 'documentation.json'

/** Documentation aspects as the release gives them. */
export const readAspects = async (folder: string): Promise<Map<string, string>> =>
  new Map(Object.entries(await readJson<Record<string, string>>(join(folder, ASPECTS_FILE))))

/** The page that shows a release's grade. */
export const renderGrade = (folder: string): Promise<string> => readText(join(folder, 'grade.html'))
