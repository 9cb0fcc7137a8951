import type { Field, FieldRole, FieldType } from '../../base/record/index.ts'
import { isNumeric } from '../../base/record/index.ts'
import type { ColumnProfile } from './column-profile.ts'
import { profileColumn } from './column-profile.ts'
import type { Header } from './header.ts'
import { readHeader } from './header.ts'
import { inferRoles, isWhole } from './infer-role.ts'
import type { InferredType } from './infer-type.ts'
import { inferType } from './infer-type.ts'
import { isMissingWord } from './missing-tokens.ts'

/** Field names of raw columns: trimmed, NFC, without byte order mark; empty and repeated ones get a number. */
export function fieldNames(names: readonly string[]): string[] {
  const taken = new Set<string>()
  return names.map((raw, i) => {
    const clean =
      raw
        .replace(/^\ufeff/, '')
        .normalize('NFC')
        .trim() || `column_${i + 1}`
    let name = clean
    for (let n = 2; taken.has(name); n++) name = `${clean}_${n}`
    taken.add(name)
    return name
  })
}

/** In a numeric column `-` and 未知 are gaps as well. */
function hasNoMissingWord(type: FieldType, texts: ReadonlyMap<string, number>): boolean {
  if (!isNumeric(type) || type === 'boolean') return true
  for (const text of texts.keys()) if (isMissingWord(text)) return false
  return true
}

/** Whole numbers under a label's name are classes while there are not more. */
const MAX_CLASSES = 50

/** A label is a class: words for true and false stay the words that they are, 0.0 and 1.0 are whole numbers. */
function typeOf({ type, role, profile }: Column): FieldType {
  if (role !== 'label' || profile.kinds.boolean > 0) return type
  if (type === 'number') return profile.texts.size <= MAX_CLASSES && isWhole(profile) ? 'integer' : 'number'
  return type === 'boolean' || type === 'text' ? 'category' : type
}

interface Column extends InferredType {
  readonly name: string
  readonly raw: string
  readonly role: FieldRole | undefined
  readonly header: Header
  readonly profile: ColumnProfile
}

function fieldOf(column: Column): Field {
  const { name, raw, role, header, profile } = column
  const type = typeOf(column)
  const unit = type === 'number' || type === 'integer' ? (column.unit ?? header.unit) : undefined
  const isComplete = profile.n > 0 && profile.present === profile.n && hasNoMissingWord(type, profile.texts)
  return {
    name,
    type,
    ...(name === raw ? {} : { from: [raw] }),
    ...(role ? { role } : {}),
    ...(unit ? { unit } : {}),
    ...(isComplete ? { required: true } : {}),
  }
}

/**
 * Proposes a field for each raw column from a sample of its values: type, unit, role, and whether it must be present.
 * The order of rows does not matter. `required` says that the sample holds no gap, `from` the raw name where it differs.
 * @param columns one array a name, values as a format gives them
 */
export function inferFields(names: readonly string[], columns: readonly (readonly unknown[])[]): Field[] {
  const candidates = names.map((raw, i) => {
    const header = readHeader(raw)
    const profile = profileColumn(columns[i] ?? [])
    return { raw, header, profile, ...inferType(profile, header) }
  })
  const roles = inferRoles(candidates)
  const clean = fieldNames(names)
  return candidates.map((candidate, i) => fieldOf({ ...candidate, name: clean[i] as string, role: roles[i] }))
}
