import { createHmac } from 'node:crypto'
import type { RecordBatch, Step } from '../../record/index.ts'
import { canonicalJson, mapText, Trait } from '../../record/index.ts'
import { findIdentifiers } from './find-identifiers.ts'
import { foldText } from './fold-text.ts'
import type { Identifier, IdentifierKind } from './identifier.ts'
import { canonicalPhone } from './phone.ts'

/**
 * What takes the place of an identifier: `mask` a tag such as `<PHONE>`; `pseudonym` the same tag with 16 hexadecimal
 * digits that are the same wherever the same identifier stands; `drop` nothing.
 */
export const IDENTIFIER_ACTIONS = ['mask', 'pseudonym', 'drop'] as const
export type IdentifierAction = (typeof IDENTIFIER_ACTIONS)[number]

export const IDENTIFIER_TAGS: Readonly<Record<IdentifierKind, string>> = {
  secret: 'SECRET',
  email: 'EMAIL',
  'resident-id': 'RESIDENT-ID',
  uscc: 'USCC',
  'bank-card': 'BANK-CARD',
  phone: 'PHONE',
  passport: 'PASSPORT',
  plate: 'PLATE',
  ip: 'IP',
}

export interface Replacement {
  readonly kinds: readonly IdentifierKind[]
  readonly action: IdentifierAction
  /** What a mask writes, by kind; `<KIND>` where it says nothing. */
  readonly masks?: Readonly<Partial<Record<IdentifierKind, string>>>
  readonly oldResidentId?: boolean
}

/** Hexadecimal digits of a pseudonym: 64 bits, one chance in 4 billion that two of 100,000 people share one. */
const PSEUDONYM_DIGITS = 16

/** One spelling for all ways in which an identifier is written. */
function canonicalForm({ kind, text }: Identifier): string {
  const folded = foldText(text).text
  switch (kind) {
    case 'phone':
      return canonicalPhone(folded)
    case 'email':
    case 'ip':
      return folded.toLowerCase()
    case 'secret':
      return text
    default:
      return folded.replace(/[^\p{L}\p{N}]/gu, '').toUpperCase()
  }
}

/** Pseudonym of an identifier: HMAC-SHA-256 (RFC 2104) of its kind and canonical form under the recipe's key. */
export function pseudonymOf(identifier: Identifier, key: Uint8Array): string {
  const digest = createHmac('sha256', key)
    .update(`${identifier.kind}\0${canonicalForm(identifier)}`, 'utf8')
    .digest('hex')
  return `<${IDENTIFIER_TAGS[identifier.kind]}:${digest.slice(0, PSEUDONYM_DIGITS)}>`
}

/** The text with its identifiers replaced; the same string when there is none. */
export function replaceIdentifiers(text: string, replacement: Replacement, key: Uint8Array): string {
  const found = findIdentifiers(text, replacement.kinds, { oldResidentId: replacement.oldResidentId ?? false })
  if (found.length === 0) return text
  const pieces: string[] = []
  let at = 0
  for (const identifier of found) {
    pieces.push(text.slice(at, identifier.start), inPlaceOf(identifier, replacement, key))
    at = identifier.end
  }
  pieces.push(text.slice(at))
  return pieces.join('')
}

function inPlaceOf(identifier: Identifier, { action, masks }: Replacement, key: Uint8Array): string {
  if (action === 'drop') return ''
  if (action === 'pseudonym') return pseudonymOf(identifier, key)
  return masks?.[identifier.kind] ?? `<${IDENTIFIER_TAGS[identifier.kind]}>`
}

/**
 * Replaces identifiers in the named columns. In a column of canonical JSON only the values inside change, and a
 * whole number that is an identifier becomes a string; names of media files are left.
 */
export function replaceInColumns(batch: RecordBatch, columns: readonly string[], replacement: Replacement, key: Uint8Array): Step {
  const typeOf = new Map(batch.fields.map((field) => [field.name, field.type]))
  const named = (wanted: (type: string | undefined) => boolean): string[] => columns.filter((name) => wanted(typeOf.get(name)))
  const replace = (text: string): string => replaceIdentifiers(text, replacement, key)
  const plain = mapText(
    batch,
    named((type) => type !== 'media' && type !== 'json'),
    replace,
    Trait.IDENTIFIER,
  )
  const json = named((type) => type === 'json')
  return json.length === 0 ? plain : mapText(plain.kept, json, (text) => replaceInJson(text, replace))
}

function replaceInJson(text: string, replace: (text: string) => string): string {
  // An escape may hide where an identifier begins, as in "\\n138…"; without one the text shows what its values hold.
  if (!text.includes('\\') && replace(text) === text) return text
  try {
    const value: unknown = JSON.parse(text, (_, item: unknown) => {
      if (typeof item === 'string') return replace(item)
      if (typeof item !== 'number' || !Number.isInteger(item)) return item
      const written = String(item)
      const replaced = replace(written)
      return replaced === written ? item : replaced
    })
    return canonicalJson(value)
  } catch {
    // Not JSON after all, or nested deeper than the stack: the text as such.
    return replace(text)
  }
}
