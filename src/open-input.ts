import { createHash } from 'node:crypto'
import { fail, type Outcome, succeed } from './base/problem/index.ts'
import { type Recipe, readRecipe } from './base/recipe/index.ts'
import {
  basename,
  bucketAndKey,
  dirname,
  exists,
  isFolder,
  isRemote,
  join,
  readText,
  relative,
  resolve,
  writeAtomic,
} from './base/store/index.ts'
import type { Survey, SurveyOptions } from './ingest/index.ts'
import { inputNotFound, inputsApart, packUnknown } from './problems.ts'
import { type LoadedPack, packIds, type RefinedTable, readPack } from './refine/index.ts'
import { relocate, type Whereabouts, whereaboutsPath } from './release/index.ts'

/** File name of a recipe. */
export const RECIPE_FILE = 'highgrade.yaml'

/** What a build starts from. */
export interface OpenedInput {
  readonly recipe: Recipe
  readonly pack: LoadedPack | undefined
  readonly survey: SurveyOptions
  /** Folder of the data set's versions. */
  readonly folder: string
  readonly workspace: string
  readonly mediaFolder: string
  /** Key of pseudonyms, hex. */
  readonly pseudonymKey: string
}

/** Opens a recipe, or a bare folder as a recipe that takes everything in it. */
export async function openInput(options: {
  readonly input: string
  readonly out: string
  readonly pack?: string | undefined
  readonly version?: string | undefined
}): Promise<Outcome<OpenedInput>> {
  const input = resolve(options.input)
  if (!(await exists(input))) return fail(inputNotFound({ at: options.input, found: 'no such file or folder' }))
  const isWhole = await isFolder(input)
  const folder = isWhole ? input : dirname(input)
  const file = isWhole ? join(input, RECIPE_FILE) : input
  const isRecipe = /\.ya?ml$/i.test(file)
  const isWritten = isRecipe && (await exists(file))
  const read = isWritten ? readRecipe(await readText(file), file) : succeed(bareRecipe(isRecipe ? folder : input))
  if (!read.ok) return read
  const recipe = read.value
  const pack = await packOf(options.pack ?? recipe.pack)
  if (!pack.ok) return pack
  const rootedRecipe = rooted(folder, recipe)
  if (!rootedRecipe.ok) return rootedRecipe
  const { root, ...globs } = rootedRecipe.value
  const named: Recipe = { ...recipe, version: options.version ?? recipe.version, ...globs }
  return succeed({
    recipe: named,
    pack: pack.value,
    ...places(named, resolve(options.out)),
    pseudonymKey: pseudonymKey(named),
    survey: surveyOptions(named, root, isRecipe ? { recipe: file } : { single: basename(file) }, resolve(options.out)),
  })
}

async function packOf(id: string | undefined): Promise<Outcome<LoadedPack | undefined>> {
  const pack = id === undefined ? undefined : await readPack(id)
  return id === undefined || pack ? succeed(pack) : fail(packUnknown({ at: id, expected: (await packIds()).join(', ') }))
}

function places(recipe: Recipe, out: string): { folder: string; workspace: string; mediaFolder: string } {
  const workspace = join(out, '.highgrade', recipe.dataset)
  return { folder: join(out, recipe.dataset), workspace, mediaFolder: join(workspace, 'media') }
}

function surveyOptions(
  recipe: Recipe,
  root: string,
  input: { readonly recipe: string } | { readonly single: string },
  out: string,
): SurveyOptions {
  const tables = Object.values(recipe.tables ?? {})
  const inside = (path: string): string[] => {
    const way = relative(root, path)
    return way === '' || way.startsWith('..') ? [] : [way]
  }
  return {
    folder: root,
    license: recipe.license,
    only: 'single' in input ? [input.single] : recipeGlobs(recipe).map((glob) => glob.replace(/#.*$/, '')),
    except: [...('recipe' in input ? inside(input.recipe) : []), ...inside(out)],
    unpackInto: join(out, '.highgrade', recipe.dataset, 'members'),
    formats: tables.flatMap((table) =>
      table.format === undefined ? [] : [{ globs: table.from, format: table.format, options: table.options ?? {} }],
    ),
  }
}

/** All globs of a recipe: of its tables (`file#part` among them) and of files that hold nothing to read. */
export const recipeGlobs = ({ tables, refused }: Recipe): string[] => [
  ...Object.values(tables ?? {}).flatMap((table) => table.from),
  ...(tables ? (refused ?? []) : []),
]

type Rooted = { readonly root: string } & Pick<Recipe, 'tables' | 'refused'>

/** Where a recipe's files lie: below its own folder, or in the bucket that all its globs name. */
function rooted(folder: string, recipe: Recipe): Outcome<Rooted> {
  const globs = recipeGlobs(recipe)
  const remote = globs.filter(isRemote)
  if (remote.length === 0) return succeed(rootedHere(folder, recipe))
  // The bucket and no folder in it: a record keeps its id when another table's files lie elsewhere.
  const roots = new Set(remote.map((glob) => `s3://${bucketAndKey(glob).bucket}`))
  const [root = ''] = roots
  if (roots.size > 1 || remote.length < globs.length) return fail(inputsApart({ at: globs.join(' ') }))
  return succeed({ root, ...withGlobs(recipe, (glob) => bucketAndKey(glob).key) })
}

const withGlobs = ({ tables, refused }: Recipe, change: (glob: string) => string): Pick<Recipe, 'tables' | 'refused'> => ({
  ...(tables && {
    tables: Object.fromEntries(Object.entries(tables).map(([name, table]) => [name, { ...table, from: table.from.map(change) }])),
  }),
  ...(refused && { refused: refused.map(change) }),
})

/** Globs may climb out of the recipe's folder (`../../node_modules/x/*.csv`): the root moves up as far as they climb, and globs are told from there. */
function rootedHere(folder: string, recipe: Recipe): Rooted {
  const climbs = (glob: string): number => (/^(?:\.\.\/)*/.exec(glob)?.[0].length ?? 0) / 3
  const up = Math.max(0, ...recipeGlobs(recipe).map(climbs))
  const root = resolve(folder, ...Array.from({ length: up }, () => '..'))
  const base = relative(root, folder)
  const fromRoot = (glob: string): string => normalise(base === '' ? glob : `${base}/${glob}`)
  return { root, ...withGlobs(recipe, fromRoot) }
}

/** `a/b/../c` → `a/c`. */
function normalise(path: string): string {
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.') parts.push(part)
  }
  return parts.join('/')
}

/** A recipe that takes everything in a folder, or one file. */
const bareRecipe = (input: string): Recipe => ({ dataset: datasetName(input), version: '0.1.0', seed: 20260601 })

/** Name of a data set after its folder or file. */
export function datasetName(input: string): string {
  const name = basename(input)
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/^[^\p{L}\p{N}]+/u, '')
  return name || 'data'
}

/**
 * Key of pseudonyms: HIGHGRADE_PSEUDONYM_KEY, so that the same person gets the same pseudonym in all data sets of its
 * owner; without it one that only hides the identifier from those who do not guess.
 */
function pseudonymKey(recipe: Recipe, environment: Readonly<Record<string, string | undefined>> = process.env): string {
  const secret = environment['HIGHGRADE_PSEUDONYM_KEY'] ?? recipe.dataset
  return createHash('sha256').update(`pseudonym ${secret}`, 'utf8').digest('hex')
}

/** Notes in the workspace where the raw files lie on this machine, and what reshaped and joined tables were made from, for `explain`. */
export async function rememberInput(input: OpenedInput, surveyed: Survey, refined: readonly RefinedTable[] = []): Promise<void> {
  const files = Object.fromEntries(surveyed.sources.map((source) => [source.entry.key, source.file]))
  const fromWorkspace = (path: string): string => relative(input.workspace, path)
  const relations = Object.fromEntries(
    refined.flatMap(({ plan, relation }) => (relation ? [[plan.name, relocate(relation, fromWorkspace)] as const] : [])),
  )
  const whereabouts: Whereabouts = { files, pseudonymKey: input.pseudonymKey, relations }
  await writeAtomic(whereaboutsPath(join(input.folder, input.recipe.version), input.recipe.dataset), JSON.stringify(whereabouts))
}
