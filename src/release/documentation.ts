import type { Recipe } from '../base/recipe/index.ts'
import type { RefinedTable } from '../refine/index.ts'
import type { Counts, ManifestTable } from './manifest.ts'

/** What the machine knows by itself, for the aspects of documentation that no one needs to write. */
export interface KnownFacts {
  readonly recipe: Recipe
  readonly tables: readonly ManifestTable[]
  readonly refined: readonly RefinedTable[]
  readonly counts: Counts
  readonly nSources: number
  readonly bytesIn: number
  readonly software: string
}

/**
 * Documentation aspects (TC609-5-2025-04 0101–0104) that are present: what the recipe says, else what follows from the
 * data themselves. What neither gives is absent, and lowers the score.
 */
export function documentAspects(known: KnownFacts): Map<string, string> {
  const aspects = new Map<string, string>()
  const put = (key: string, text: string | undefined): void => {
    if (text !== undefined && text.trim() !== '' && !aspects.has(key)) aspects.set(key, text)
  }
  for (const [key, value] of Object.entries(known.recipe.documentation ?? {})) {
    if (typeof value === 'object') put(key, `${value.en} ${value.zh === value.en ? '' : value.zh}`.trim())
    else if (typeof value === 'string') put(key, value)
  }
  fromData(known, put)
  fromRecipe(known.recipe, put)
  return aspects
}

type Put = (key: string, text: string | undefined) => void

function fromData({ tables, refined, counts, nSources, bytesIn, software }: KnownFacts, put: Put): void {
  const names = tables.map((table) => table.name).join(', ')
  const fields = refined.reduce((sum, table) => sum + table.plan.fields.length, 0)
  const labels = refined.flatMap((table) =>
    table.plan.fields.filter((field) => field.role === 'label').map((field) => `${table.plan.name}.${field.name}`),
  )
  const steps = [...new Set(refined.flatMap((table) => table.plan.steps.map((step) => step.use)))]
  put('scale', `${counts.out} records in ${tables.length} tables, from ${nSources} files of ${bytesIn} bytes`)
  put('format', `Parquet (zstd), UTF-8; ${fields} fields with types, units and code lists in this card and in the files' metadata`)
  put(
    'structure',
    `data/<table>/<split>-<shard>.parquet for the tables ${names}; media by content hash under media/; trail/ tells the way of each record`,
  )
  put('modality', [...new Set(tables.map((table) => table.modality))].join(', '))
  put('distribution', 'distributions of all fields are in grade.html')
  if (labels.length > 0) put('label-statistics', `counts per label of ${labels.join(', ')} are in grade.html`)
  put('samples', 'the first records of each table can be read with any Parquet reader; typical values are in grade.html')
  put(
    'processing',
    steps.length > 0
      ? `steps: ${steps.join(', ')}; exact and near duplicates merged; every record's way can be explained`
      : 'typed and deduplicated; every record can be explained',
  )
  put(
    'version-record',
    `built by ${software}; recipe.json, manifest.json and provenance.json record inputs, steps and hashes of this version`,
  )
}

function fromRecipe(recipe: Recipe, put: Put): void {
  put('license', recipe.license)
  put('support', recipe.publisher?.contact ? `${recipe.publisher.name}: ${recipe.publisher.contact}` : undefined)
  put('access', recipe.publisher?.url)
  put('source', recipe.provenance?.details ?? recipe.provenance?.source)
  put('collection', recipe.provenance?.collected)
  put('scenarios', recipe.demand?.scenario ? `${recipe.demand.scenario.en} ${recipe.demand.scenario.zh}` : undefined)
  const task = recipe.demand?.task
  put(
    'evaluation-method',
    task
      ? `${task.kind} of ${task.target}, ${task.metric ?? 'default metric'}, baseline learner on fixed splits with several seeds (indicator 0305)`
      : undefined,
  )
}
