import { fail, type Outcome, succeed } from '../base/problem/index.ts'
import type { TableRecipe } from '../base/recipe/index.ts'
import type { Field } from '../base/record/index.ts'
import type { Family } from './families.ts'
import { mappingOptions } from './mapping-options.ts'
import { type ChosenSchema, sampleColumns } from './pack-schema.ts'
import { codeListsOf, type LoadedPack, labelList } from './packs.ts'
import { requiredFieldAbsent } from './problems.ts'
import { recordFormatFields } from './record-format.ts'
import type { TablePlan } from './table-plan.ts'
import { decideCoercion, inferFields, mapColumns } from './unify/index.ts'

/** Names that a release keeps for itself. A raw column of that name becomes `source_<name>`. */
const RESERVED = new Set(['id'])

/**
 * Fields of a table and the raw column of each: what the recipe, the pack or the national record format declares, with
 * columns found by name, synonym or values; the other raw columns as they are, typed from a sample.
 * @param everyRecord data are graded as they came: a declared field without a column is one that every record lacks
 */
export async function planFields(
  family: Family,
  table: TableRecipe | undefined,
  schema: ChosenSchema | undefined,
  pack: LoadedPack | undefined,
  everyRecord: boolean,
): Promise<Outcome<Pick<TablePlan, 'fields' | 'mapping' | 'decisions'>>> {
  const columns = sampleColumns(family)
  const inferred = inferFields(family.names, columns)
  const declared = (table?.fields ?? schema?.schema.fields ?? recordFormatFields(family.names, everyRecord)) as readonly Field[]
  const found = mapColumns(family.names, columns, declared, await mappingOptions(family.names, pack)).mapping
  const mapping = new Map(declared.flatMap((field) => columnOf(field, found, everyRecord)))
  const absent = declared.find((field) => field.required && !mapping.has(field.name))
  if (absent) return fail(requiredFieldAbsent({ at: family.name, field: absent.name, found: family.names.slice(0, 20).join(', ') }))
  const fields: Field[] = []
  const all: Record<string, string> = {}
  const taken = new Set<string>()
  const put = (field: Field, raw: string): void => {
    const name = freeName(field.name, taken)
    // Recordings are media too, and no pictures.
    const { role, ...bare } = field
    const isRecording = field.type === 'media' && family.format === 'audio'
    fields.push(
      isRecording ? { ...bare, name } : RESERVED.has(field.name) ? { ...field, name, role: role ?? 'identifier' } : { ...field, name },
    )
    all[name] = raw
  }
  for (const field of declared) {
    const raw = mapping.get(field.name)
    if (raw !== undefined) put(labelled(field, schema), raw)
  }
  const used = new Set(Object.values(all))
  const nDeclared = fields.length
  const keepOthers = (table?.others ?? 'keep') === 'keep'
  for (const [i, { required: _seen, ...field }] of inferred.entries()) {
    // A sample without gaps is no promise: what it has not seen must not cost a record.
    const raw = family.names[i] as string
    if (keepOthers && !used.has(raw) && !isBare(family, columns[i])) put(field, raw)
  }
  const samples = Object.fromEntries(
    fields.map((field) => [field.name, columns[family.names.indexOf(all[field.name] ?? field.name)] ?? []]),
  )
  const decisions = await decideCoercion(fields, samples, codeListsOf(pack), family.name)
  if (!decisions.ok) return decisions
  const told = fields.slice(nDeclared).map(({ name }) => [name, { ...decisions.value[name], inferred: true }])
  return succeed({ fields, mapping: all, decisions: { ...decisions.value, ...Object.fromEntries(told) } })
}

/**
 * The raw column of a declared field, as an entry. An exact field is not guessed: its column bears its name. Of data graded
 * as they came, a field that a record must have is there even without a column.
 */
function columnOf(field: Field, found: Readonly<Record<string, string>>, everyRecord: boolean): [name: string, raw: string][] {
  const { name, exact, required, from } = field
  const raw = Object.hasOwn(found, name) ? found[name] : undefined
  if (raw !== undefined && (!exact || [name, ...(from ?? [])].includes(raw))) return [[name, raw]]
  return everyRecord && (required || exact) ? [[name, name]] : []
}

/** A name that no other field has. */
export function freeName(wanted: string, taken: Set<string>): string {
  const base = RESERVED.has(wanted) ? `source_${wanted}` : wanted
  let name = base
  for (let n = 2; taken.has(name); n++) name = `${base}_${n}`
  taken.add(name)
  return name
}

/** A label field takes its values from the schema's label set. */
function labelled(field: Field, schema: ChosenSchema | undefined): Field {
  const set = schema?.schema.labels
  const bare = field.codes === undefined && field.codeList === undefined
  return field.role === 'label' && set !== undefined && bare ? { ...field, codeList: labelList(set) } : field
}

/** Media formats give the same columns for every file; those that no file fills say nothing. */
const FIXED_COLUMNS: ReadonlySet<string> = new Set(['image', 'audio', 'dicom'])

const isBare = (family: Family, values: readonly unknown[] | undefined): boolean =>
  FIXED_COLUMNS.has(family.format) && (values ?? []).every((value) => value === null || value === undefined)
