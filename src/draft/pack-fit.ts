import type { Words } from '../base/problem/index.ts'
import type { Recipe } from '../base/recipe/index.ts'
import { compareCodeUnits } from '../base/record/index.ts'
import type { SourceSample, Survey } from '../ingest/index.ts'
import { type LoadedPack, packIds, planTables, readPack, type TablePlan } from '../refine/index.ts'

/** How well raw files fit a sector pack. */
export interface PackFit {
  readonly pack: string
  readonly title: Words
  readonly tables: readonly SchemaFit[]
}

/** A table that follows a schema of the pack: `found` of its `of` fields are among the columns. */
export interface SchemaFit {
  readonly table: string
  readonly schema: string
  readonly title: Words
  readonly found: number
  readonly of: number
  readonly absent: readonly string[]
}

/** Rows and columns of each sample by which packs are told: no schema of a pack is as wide. */
const ROWS = 100
const COLUMNS = 120

/** The packs whose schemas the tables follow, the best first: most fields found, then the larger share. */
export async function fitPacks(recipe: Recipe, surveyed: Survey, samples: readonly SourceSample[]): Promise<PackFit[]> {
  const thin = samples.map(thinned)
  const bare: Recipe = { dataset: recipe.dataset, version: recipe.version, seed: recipe.seed }
  const fits: PackFit[] = []
  for (const id of await packIds()) {
    const pack = await readPack(id)
    if (!pack) continue
    const plans = await planTables(bare, surveyed.sources, thin, pack, { asIs: true })
    const tables = plans.ok ? plans.value.flatMap((plan) => schemaFit(plan, pack) ?? []) : []
    if (tables.length > 0) fits.push({ pack: id, title: pack.title, tables })
  }
  return fits.sort((a, b) => foundIn(b) - foundIn(a) || shareOf(b) - shareOf(a) || compareCodeUnits(a.pack, b.pack))
}

const foundIn = ({ tables }: PackFit): number => tables.reduce((sum, { found }) => sum + found, 0)
const shareOf = (fit: PackFit): number => foundIn(fit) / fit.tables.reduce((sum, { of }) => sum + of, 0)

/** The schema that a plan follows, if any; a plan takes its title from the schema. */
export function schemaFit(plan: TablePlan, pack: LoadedPack): SchemaFit | undefined {
  const followed = Object.entries(pack.schemas).find(([, { title }]) => title === plan.title)
  if (!followed) return undefined
  const [schema, { title, fields }] = followed
  const present = new Set(plan.fields.map(({ name }) => name))
  const absent = fields.map(({ name }) => name).filter((name) => !present.has(name))
  return { table: plan.name, schema, title, found: fields.length - absent.length, of: fields.length, absent }
}

function thinned(sample: SourceSample): SourceSample {
  const parts = sample.parts.map((part) => {
    const step = Math.max(1, Math.ceil((part.columns[0]?.length ?? 0) / ROWS))
    const columns = part.columns.slice(0, COLUMNS).map((column) => column.filter((_, row) => row % step === 0))
    return { ...part, names: part.names.slice(0, COLUMNS), columns }
  })
  return { ...sample, parts }
}
