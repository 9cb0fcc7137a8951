import { expressionFields, parseExpression } from '../base/kernels/index.ts'
import type { PackSchema, StepRecipe } from '../base/recipe/index.ts'
import type { Field } from '../base/record/index.ts'
import type { Family } from './families.ts'
import { mappingOptions } from './mapping-options.ts'
import type { LoadedPack } from './packs.ts'
import { mapColumns } from './unify/index.ts'
import { withUnshown } from './unshown-values.ts'

/** A schema of a pack that a family of files follows. */
export interface ChosenSchema {
  readonly name: string
  readonly schema: PackSchema
}

/** Share of a schema's fields that must be found among the raw columns for files to count as following it. */
const FOUND_SHARE = 0.5

/**
 * The schema of a pack that a family follows: the one that is named, else the one most of whose fields are among its
 * columns, all required ones included.
 */
export async function schemaOf(pack: LoadedPack, family: Family, named: string | undefined): Promise<ChosenSchema | undefined> {
  if (named !== undefined) {
    const schema = pack.schemas[named]
    return schema ? { name: named, schema } : undefined
  }
  const columns = sampleColumns(family)
  const options = await mappingOptions(family.names, pack)
  let best: ChosenSchema | undefined
  let bestShare = FOUND_SHARE
  for (const [name, schema] of Object.entries(pack.schemas)) {
    const { mapping } = mapColumns(family.names, columns, schema.fields, options)
    const found = schema.fields.filter((field) => mapping[field.name] !== undefined)
    const share = found.length / schema.fields.length
    if (share > bestShare && schema.fields.every((field) => !field.required || mapping[field.name] !== undefined)) {
      best = { name, schema }
      bestShare = share
    }
  }
  return best
}

/** Values a column that a family's members are judged by. */
const SAMPLE_VALUES = 8_000

/** Sampled values of each of the family's names, taken evenly from its members. */
export function sampleColumns(family: Family): unknown[][] {
  const share = Math.max(1, Math.floor(SAMPLE_VALUES / Math.max(1, family.members.length)))
  const columns = family.names.map((name) =>
    family.members.flatMap((member) => {
      const column = member.columns[member.names.indexOf(name)]
      const rows = member.columns[0]?.length ?? 0
      const step = Math.max(1, Math.ceil(rows / share))
      const taken: unknown[] = []
      for (let row = 0; row < rows; row += step) taken.push(column?.[row] ?? null)
      return taken
    }),
  )
  return family.unshown ? withUnshown(family.names, columns, family.unshown) : columns
}

/** Steps that a schema adds to the modality's own: its checks, its de-identification, what else it names. */
export function packSteps(schema: PackSchema, fields: readonly Field[]): StepRecipe[] {
  const present = new Set(fields.map((field) => field.name))
  const hidden = schema.deidentify
    .filter((rule) => present.has(rule.field))
    .map((rule) => ({ use: 'table/mask-columns', columns: [rule.field], action: rule.action }))
  const checks = schema.checks
    .filter((check) => namesOnly(check.rule, present))
    .map((check) => ({ use: 'table/cross-field', rule: check.rule, reason: check.reason }))
  return [...hidden, ...checks, ...schema.steps]
}

/** Does the rule name only fields that the table has? A check on a field that is not there says nothing. */
function namesOnly(rule: string, present: ReadonlySet<string>): boolean {
  const parsed = parseExpression(rule)
  return parsed.ok && expressionFields(parsed.expression).every((name) => present.has(name))
}
