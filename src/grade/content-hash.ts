import { hashRows } from '../base/kernels/index.ts'
import type { Field, RecordBatch } from '../base/record/index.ts'
import type { TableFacts } from './indicator.ts'

/** Hashes already made of a batch, so that two indicators share the work; dies with the batch. */
const made = new WeakMap<RecordBatch, Map<string, Float64Array>>()

/** Hash of each record over the named fields, two numbers a row. Not secure against forged collisions. */
export function contentHashes(batch: RecordBatch, fields: readonly Field[]): Float64Array {
  const names = fields.map(({ name }) => name)
  const key = JSON.stringify(names)
  const known = made.get(batch)?.get(key)
  if (known) return known
  const result = hashRows(
    names.map((name) => batch.columns.get(name)),
    batch.ids.length,
  )
  const ofBatch = made.get(batch) ?? new Map<string, Float64Array>()
  made.set(batch, ofBatch.set(key, result))
  return result
}

/** A uniform whole number below 2⁵³ from a short string such as an id. Source: cyrb53 (bryc, public domain). */
export function hashOfText(text: string): number {
  let a = 0xdeadbeef
  let b = 0x41c6ce57
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    a = Math.imul(a ^ unit, 2654435761)
    b = Math.imul(b ^ unit, 1597334677)
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909)
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909)
  return 2 ** 32 * (0x1fffff & b) + (a >>> 0)
}

/** The texts of a table's records: fields of role text (JSON too: chats, the national record format), else all of type text. */
export function textFieldsOf(table: Pick<TableFacts, 'fields'>): Field[] {
  const main = table.fields.filter(({ role, type }) => role === 'text' && (type === 'text' || type === 'category' || type === 'json'))
  return main.length > 0 ? main : table.fields.filter(({ type, role }) => type === 'text' && role !== 'note' && role !== 'identifier')
}

const NAMING_ROLES: ReadonlySet<string> = new Set(['identifier', 'note', 'split'])

/**
 * Fields whose equality makes two records the same thing: the texts, the medium, or every field that does not merely
 * name the record.
 */
export function sameThingFields(table: Pick<TableFacts, 'fields' | 'modality'>): Field[] {
  const media = table.fields.filter(({ type }) => type === 'media')
  if ((table.modality === 'image' || table.modality === 'audio') && media.length > 0) return media
  const texts = table.modality === 'text' ? textFieldsOf(table) : []
  return texts.length > 0 ? texts : table.fields.filter(({ role }) => !NAMING_ROLES.has(role ?? ''))
}
