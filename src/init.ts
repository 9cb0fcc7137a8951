import { type Effects, realEffects } from './base/effects/index.ts'
import { defaultMemoryBytes, openPool, threadsFor } from './base/engine/index.ts'
import { defineProblem, fail, type Outcome, succeed } from './base/problem/index.ts'
import { readRecipe } from './base/recipe/index.ts'
import { exists, isFolder, join, resolve, writeAtomic } from './base/store/index.ts'
import type { DraftTable } from './draft/index.ts'
import { draftRecipe, fitPacks, schemaFit } from './draft/index.ts'
import { bareInput, type Examined, examine } from './examine.ts'
import type { TableProfile } from './ingest/index.ts'
import { RECIPE_FILE } from './open-input.ts'
import { inputNotFound, packUnknown } from './problems.ts'
import { type LoadedPack, packIds, readPack } from './refine/index.ts'
import { TASKS } from './tasks-module.ts'

export const recipeExists = defineProblem<{ at: string }>('init/recipe-exists', {
  zh: (p) => `${p.at}：配方已存在，未作改动。`,
  en: (p) => `${p.at}: there is a recipe already; it was left as it is.`,
  advice: { zh: '加上 --force 以覆盖它，或改名保存。', en: 'Overwrite it with --force, or give it another name first.' },
})

/** What to draft a recipe for. */
export interface InitOptions {
  /** Folder of raw files; the recipe is written into it. */
  readonly folder: string
  /** Sector whose schemas apply. */
  readonly pack?: string | undefined
  /** Overwrite a recipe that is there. */
  readonly force?: boolean | undefined
  /** An empty folder for members of archives, for the caller to remove. */
  readonly scratch: string
  /** Worker threads; 0 for all cores. */
  readonly threads?: number | undefined
}

/** A recipe that was written. */
export interface Drafted {
  readonly file: string
  readonly tables: readonly {
    readonly name: string
    readonly fields: number
    readonly records: number
    readonly schema: string | undefined
  }[]
  readonly refused: number
  /** Packs that the files would fit, the likeliest first. */
  readonly fits: readonly { readonly pack: string }[]
}

/**
 * Drafts a commented recipe from a folder of raw files; building it makes the tables that the bare folder makes:
 *
 *   raw files ─ survey ─ sample ─ plan ─ profile ─ highgrade.yaml
 */
export async function init(options: InitOptions, effects: Effects = realEffects): Promise<Outcome<Drafted>> {
  // 1. Where the recipe goes.
  const file = join(resolve(options.folder), RECIPE_FILE)
  if (!(await isFolder(options.folder))) return fail(inputNotFound({ at: options.folder, found: 'no such folder' }))
  if ((await exists(file)) && !options.force) return fail(recipeExists({ at: file }))
  const pack = options.pack === undefined ? undefined : await readPack(options.pack)
  if (options.pack !== undefined && !pack) return fail(packUnknown({ at: options.pack, expected: (await packIds()).join(', ') }))
  const input = await bareInput([options.folder], options.scratch, pack)
  if (!input.ok) return input
  const pool = openPool(TASKS, threadsFor(options.threads ?? 0, defaultMemoryBytes()))
  try {
    // 2. What the files hold.
    const examined = await examine(options.folder, input.value, { sample: false, asIs: false }, pool, effects)
    if (!examined.ok) return examined
    const { surveyed, samples } = examined.value
    const fits = pack ? [] : await fitPacks(input.value.recipe, surveyed, samples)
    // 3. The recipe that says so, read back before it is written.
    const tables = draftTables(examined.value, pack)
    const text = await draftRecipe({ recipe: input.value.recipe, pack: pack?.id, fits, tables, refused: surveyed.refused })
    const read = readRecipe(text, file)
    if (!read.ok) throw new Error(`init: ${read.problem.message.en}`)
    await writeAtomic(file, text)
    const told = tables.map(({ plan, profile, schema }) => ({
      name: plan.name,
      fields: plan.fields.length,
      records: profile.records,
      schema: schema?.schema,
    }))
    return succeed({ file, tables: told, refused: surveyed.refused.length, fits: fits.map(({ pack: id }) => ({ pack: id })) })
  } finally {
    await pool.close()
  }
}

function draftTables({ surveyed, plans, profiles }: Examined, pack: LoadedPack | undefined): DraftTable[] {
  const pathOf = new Map(surveyed.sources.map(({ entry }) => [entry.key, entry.path]))
  return plans.map((plan, i) => ({
    plan,
    profile: profiles[i] as TableProfile,
    files: plan.sources.map(({ key, part }) => ({ path: pathOf.get(key) as string, part })),
    schema: pack && schemaFit(plan, pack),
  }))
}
