import { fail, type Outcome, succeed } from '../base/problem/index.ts'
import type { TableRecipe } from '../base/recipe/index.ts'
import type { Field } from '../base/record/index.ts'
import type { Family } from './families.ts'
import { type ChosenSchema, sampleColumns } from './pack-schema.ts'
import type { LoadedPack } from './packs.ts'
import { requiredFieldAbsent } from './plan-problems.ts'
import type { TablePlan } from './table-plan.ts'
import { inferFields, mapColumns } from './unify/index.ts'

/** Names that a release keeps for itself. A raw column of that name becomes `source_<name>`. */
const RESERVED = new Set(['id'])

/**
 * Fields of a table and the raw column of each: what the recipe or the pack declares, with columns found by name,
 * synonym or values; the other raw columns as they are, typed from a sample.
 */
export function planFields(
  family: Family,
  table: TableRecipe | undefined,
  schema: ChosenSchema | undefined,
  pack: LoadedPack | undefined,
): Outcome<Pick<TablePlan, 'fields' | 'mapping' | 'decisions'>> {
  const columns = sampleColumns(family)
  const inferred = inferFields(family.names, columns)
  const declared = (table?.fields ?? schema?.schema.fields ?? []) as readonly Field[]
  const { mapping } = mapColumns(family.names, columns, declared)
  const absent = declared.find((field) => field.required && mapping[field.name] === undefined)
  if (absent) return fail(requiredFieldAbsent({ at: family.name, field: absent.name, found: family.names.slice(0, 20).join(', ') }))
  const fields: Field[] = []
  const all: Record<string, string> = {}
  const taken = new Set<string>()
  const put = (field: Field, raw: string): void => {
    const name = freeName(field.name, taken)
    fields.push(RESERVED.has(field.name) ? { ...field, name, role: field.role ?? 'identifier' } : { ...field, name })
    all[name] = raw
  }
  for (const field of declared) {
    const raw = mapping[field.name]
    if (raw !== undefined) put(labelled(field, schema, pack), raw)
  }
  const used = new Set(Object.values(all))
  const keepOthers = (table?.others ?? 'keep') === 'keep'
  for (const field of inferred.fields) if (keepOthers && !used.has(field.name)) put(field, field.name)
  return succeed({ fields, mapping: all, decisions: inferred.decisions })
}

function freeName(wanted: string, taken: Set<string>): string {
  const base = RESERVED.has(wanted) ? `source_${wanted}` : wanted
  let name = base
  for (let n = 2; taken.has(name); n++) name = `${base}_${n}`
  taken.add(name)
  return name
}

/** A label field takes its values from the schema's label set, a coded one from its code list. */
function labelled(field: Field, schema: ChosenSchema | undefined, pack: LoadedPack | undefined): Field {
  const set = schema?.schema.labels
  if (field.role === 'label' && set !== undefined && field.codes === undefined)
    return { ...field, codes: pack?.labelSets[set]?.labels.map((label) => label.code) }
  const list = field.codeList === undefined ? undefined : pack?.codeLists[field.codeList]
  return list && field.codes === undefined ? { ...field, codes: list.map((code) => code.code) } : field
}
