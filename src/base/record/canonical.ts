import { createHash } from 'node:crypto'
import type { RecordBatch } from './batch.ts'
import type { Field, FieldType } from './field.ts'

/** JSON literal of one numeric value as the canonical record holds it. */
function numberLiteral(type: FieldType, value: number): string {
  switch (type) {
    case 'boolean':
      return value === 0 ? 'false' : 'true'
    case 'timestamp':
      return `"${new Date(value).toISOString()}"`
    case 'date':
      return `"${new Date(value).toISOString().slice(0, 10)}"`
    default:
      // RFC 8785 3.2.2.3: ECMAScript's own number form; negative zero is written 0.
      return value === 0 ? '0' : String(value)
  }
}

/** Does JSON.stringify give the RFC 8785 form of this string? All but lone surrogates, which RFC 8785 forbids. */
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/

/**
 * Canonical JSON (RFC 8785) of each record of a batch: its id and every present field, members sorted by
 * UTF-16 code units. Missing values are left out; a lone surrogate counts as U+FFFD, as in UTF-8 files.
 */
export function canonicalRecords(batch: RecordBatch): string[] {
  const members = [...batch.fields.map((field) => field.name), 'id'].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  const fieldOf = new Map<string, Field>(batch.fields.map((field) => [field.name, field]))
  const texts: string[] = new Array(batch.ids.length).fill('{')
  const first = new Uint8Array(batch.ids.length).fill(1)
  const put = (row: number, key: string, literal: string): void => {
    texts[row] += first[row] ? key + literal : `,${key}${literal}`
    first[row] = 0
  }
  for (const name of members) {
    const key = `${JSON.stringify(name)}:`
    if (name === 'id') {
      for (let row = 0; row < texts.length; row++) put(row, key, JSON.stringify(batch.ids[row]))
      continue
    }
    const field = fieldOf.get(name)
    const column = batch.columns.get(name)
    if (!field || !column) continue
    for (let row = 0; row < texts.length; row++) {
      if (column.kind === 'number') {
        const value = column.values[row] as number
        if (!Number.isNaN(value)) put(row, key, numberLiteral(field.type, value))
      } else {
        const value = column.values[row] ?? null
        if (value !== null) put(row, key, field.type === 'json' ? value : JSON.stringify(wellFormed(value)))
      }
    }
  }
  return texts.map((text) => `${text}}`)
}

/** The string with lone surrogates replaced by U+FFFD. */
export function wellFormed(value: string): string {
  return LONE_SURROGATE.test(value) ? Buffer.from(value, 'utf8').toString('utf8') : value
}

/** SHA-256 of each record's canonical JSON; 32 bytes a record. */
export function recordHashes(batch: RecordBatch): Buffer[] {
  return canonicalRecords(batch).map((text) => createHash('sha256').update(text, 'utf8').digest())
}

/** Canonical JSON of any plain value (RFC 8785). Throws on values that JSON cannot hold. */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean') return JSON.stringify(value)
  if (typeof value === 'string') return JSON.stringify(wellFormed(value))
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new RangeError(`canonicalJson: ${value} has no JSON form`)
    return value === 0 ? '0' : String(value)
  }
  if (typeof value === 'bigint') return value.toString()
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`
  if (value instanceof Date) return JSON.stringify(value.toISOString())
  if (typeof value === 'object') {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined && typeof item !== 'function')
    entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`
  }
  throw new TypeError(`canonicalJson: a ${typeof value} has no JSON form`)
}
