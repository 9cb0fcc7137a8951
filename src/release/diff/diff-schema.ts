import { canonicalJson, type Field } from '../../base/record/index.ts'
import type { ExportTable } from '../export-form.ts'
import { declaredCodes } from '../export-parts/class-names.ts'

/** A field that is new, gone, or described differently. */
export type FieldChange =
  | { readonly field: string; readonly change: 'added' | 'removed'; readonly type: string }
  | { readonly field: string; readonly change: 'changed'; readonly what: string; readonly before: unknown; readonly after: unknown }
  | { readonly field: string; readonly change: 'codes'; readonly added: readonly string[]; readonly removed: readonly string[] }

/** What of a field makes a difference to who uses it. */
const DESCRIBED = ['type', 'role', 'unit', 'range', 'codeList', 'required', 'key'] as const

/** How the fields of a table differ, by name. */
export function diffSchema(before: ExportTable | undefined, after: ExportTable | undefined): FieldChange[] {
  const [left, right] = [byName(before), byName(after)]
  const names = [...new Set([...left.keys(), ...right.keys()])].sort()
  return names.flatMap((name): FieldChange[] => {
    const [a, b] = [left.get(name), right.get(name)]
    if (!a) return [{ field: name, change: 'added', type: b?.type ?? '' }]
    if (!b) return [{ field: name, change: 'removed', type: a.type }]
    const changes = DESCRIBED.filter((what) => canonicalJson(a[what] ?? null) !== canonicalJson(b[what] ?? null)).map(
      (what): FieldChange => ({ field: name, change: 'changed', what, before: a[what] ?? null, after: b[what] ?? null }),
    )
    return before && after ? [...changes, ...diffCodes(name, declaredCodes(before, a), declaredCodes(after, b))] : changes
  })
}

const byName = (table: ExportTable | undefined): ReadonlyMap<string, Field> => new Map(table?.fields.map((field) => [field.name, field]))

function diffCodes(field: string, before: readonly string[], after: readonly string[]): FieldChange[] {
  const [left, right] = [new Set(before), new Set(after)]
  const added = after.filter((code) => !left.has(code))
  const removed = before.filter((code) => !right.has(code))
  return added.length + removed.length > 0 ? [{ field, change: 'codes', added, removed }] : []
}
