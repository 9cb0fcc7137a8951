import { fail, type Outcome, succeed, type Words } from '../base/problem/index.ts'
import type { Demand, Modality, Recipe, TableRecipe } from '../base/recipe/index.ts'
import type { Field } from '../base/record/index.ts'
import { compareCodeUnits } from '../base/record/index.ts'
import { loadFormats, matchesAny, type ReadableSource, type SourceSample } from '../ingest/index.ts'
import { defaultSteps } from './default-steps.ts'
import { type Family, formatGroup, groupFamilies, type Member } from './families.ts'
import { modalityOf } from './modality.ts'
import { packSteps, schemaOf } from './pack-schema.ts'
import type { LoadedPack } from './packs.ts'
import { freeName, planFields } from './plan-fields.ts'
import { planSteps } from './plan-steps.ts'
import { tableWithoutFiles } from './problems.ts'
import type { TablePlan } from './table-plan.ts'
import type { UnshownValues } from './unshown-values.ts'

export interface PlanOptions {
  /** Plan no steps: the records as they came, only typed. */
  readonly asIs: boolean
  /** With `asIs`: records that cannot be typed are kept, with what is wrong with them in a column of their own. */
  readonly keepsFaults?: boolean
  /** By table, values that its sample did not show. */
  readonly unshown?: Readonly<Record<string, UnshownValues>> | undefined
}

/**
 * Decides how each table is made: which files feed it, its fields, how raw columns map to them, which steps run.
 * Without tables in the recipe each family of files (one format, one schema) becomes a table.
 */
export async function planTables(
  recipe: Recipe,
  sources: readonly ReadableSource[],
  samples: readonly SourceSample[],
  pack: LoadedPack | undefined,
  options: PlanOptions = { asIs: false },
): Promise<Outcome<TablePlan[]>> {
  const modalities = new Map(
    (await loadFormats()).map(({ id, plugin }) => [id, plugin.kind === 'records' ? plugin.modality : ('auto' as const)]),
  )
  const families: (Family & { readonly table?: TableRecipe | undefined })[] = []
  if (recipe.tables === undefined) families.push(...groupFamilies(sources, samples))
  for (const [name, table] of Object.entries(recipe.tables ?? {})) {
    const family = familyOf(name, table, sources, samples)
    if (!family) return fail(tableWithoutFiles({ at: name, found: table.from.join(', ') }))
    families.push({ ...family, table })
  }
  const plans: TablePlan[] = []
  for (const family of families) {
    const told = { ...family, unshown: options.unshown?.[family.name] }
    const modality = family.table?.modality ?? formatModality(family, modalities)
    const plan = await planTable(told, { recipe, pack, modality, everyRecord: options.keepsFaults ?? false })
    if (!plan.ok) return plan
    plans.push(options.asIs ? asItCame(plan.value, options.keepsFaults ?? false) : plan.value)
  }
  return succeed(plans)
}

/** The plan of one table again, with values that its sample did not show. */
export async function revisePlan(
  table: string,
  unshown: UnshownValues,
  ...[recipe, sources, samples, pack, options]: Required<Parameters<typeof planTables>>
): Promise<Outcome<TablePlan>> {
  const plans = await planTables(recipe, sources, samples, pack, { ...options, unshown: { [table]: unshown } })
  return plans.ok ? succeed(plans.value.find((plan) => plan.name === table) as TablePlan) : plans
}

/** Column of what is wrong with a record. */
const FAULTS = 'type_faults'

/** A plan without steps, in which every record that can be read is kept, with what is wrong with it. */
function asItCame(plan: TablePlan, keepsFaults: boolean): TablePlan {
  const bare = { ...plan, steps: [], ownSteps: true }
  // Where rows are joined or reshaped there is no record left that a fault could stay with.
  if (!keepsFaults || plan.reshape.length + plan.join.length > 0) return bare
  const faults = freeName(FAULTS, new Set(plan.fields.map(({ name }) => name)))
  return { ...bare, faults, fields: [...plan.fields, { name: faults, type: 'json', role: 'note' }] }
}

function formatModality(family: Family, modalities: ReadonlyMap<string, Modality | 'auto'>): Modality | 'auto' {
  return modalities.get(family.members[0]?.format ?? '') ?? 'auto'
}

const isNamed = ({ from }: TableRecipe, path: string, part: string): boolean =>
  matchesAny(from, path) || matchesAny(from, `${path}#${part}`)

/** Whether a table of the recipe takes a file, or one of its parts; a recipe without tables takes all. */
export const takenBy =
  ({ tables }: Recipe) =>
  (path: string, parts: readonly string[]): boolean =>
    tables === undefined || Object.values(tables).some((table) => parts.some((part) => isNamed(table, path, part)))

/** The members that a recipe's table names; `file#part` names a part. */
function familyOf(
  name: string,
  table: TableRecipe,
  sources: readonly ReadableSource[],
  samples: readonly SourceSample[],
): Family | undefined {
  const byKey = new Map(samples.map((sample) => [sample.key, sample]))
  const members: Member[] = sources
    .flatMap(({ entry }) =>
      (byKey.get(entry.key)?.parts ?? []).map((part) => ({ ...part, key: entry.key, path: entry.path, format: entry.format })),
    )
    .filter(({ path, part }) => isNamed(table, path, part))
    .sort((a, b) => compareCodeUnits(a.path, b.path))
  const [first] = members
  if (!first) return undefined
  return { name, format: formatGroup(first.format), members, names: [...new Set(members.flatMap((member) => member.names))] }
}

interface Planning {
  readonly recipe: Recipe
  readonly pack: LoadedPack | undefined
  /** What the recipe or the format says. */
  readonly modality: Modality | 'auto'
  readonly everyRecord: boolean
}

async function planTable(
  family: Family & { readonly table?: TableRecipe | undefined },
  { recipe, pack, modality: declared, everyRecord }: Planning,
): Promise<Outcome<TablePlan>> {
  const { table } = family
  const schema = pack ? await schemaOf(pack, family, table?.schema) : undefined
  const fields = await planFields(family, table, schema, pack, everyRecord)
  if (!fields.ok) return fields
  const modality = table?.modality ?? schema?.schema.modality ?? modalityOf(fields.value.fields, declared)
  const ofPack = schema ? packSteps(schema.schema, fields.value.fields) : []
  const steps = await planSteps(family.name, table?.steps ?? [...defaultSteps(modality, fields.value.fields), ...ofPack])
  if (!steps.ok) return steps
  const title: Words = table?.title ?? schema?.schema.title ?? { zh: family.name, en: family.name }
  return succeed({
    name: family.name,
    title,
    modality,
    sources: family.members.map(({ key, part }) => ({ key, part })),
    ...fields.value,
    steps: steps.value,
    ownSteps: table?.steps !== undefined,
    packSteps: ofPack,
    reshape: table?.reshape ?? [],
    join: table?.join ?? [],
    auxiliary: table?.auxiliary ?? false,
    task: taskOf(family.name, recipe, fields.value.fields, (table?.join ?? table?.reshape) !== undefined),
  })
}

/** The recipe's task when it is this table's; a table with a label and no task in the recipe is asked to predict the label. */
function taskOf(name: string, recipe: Recipe, fields: readonly Field[], related: boolean): Demand['task'] {
  const task = recipe.demand?.task
  if (task) return (task.table ?? name) === name && (related || fields.some((field) => field.name === task.target)) ? task : undefined
  const label = fields.find((field) => field.role === 'label')
  if (!label) return undefined
  return { kind: label.type === 'number' ? 'regression' : 'classification', target: label.name }
}
