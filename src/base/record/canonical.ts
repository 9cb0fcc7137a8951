import type { RecordBatch } from './batch.ts'
import { compareCodeUnits } from './code-units.ts'
import type { FieldType } from './field.ts'

/** JSON literal of one numeric value as the canonical record holds it. */
export function numberLiteral(type: FieldType, value: number): string {
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

/** JSON of one text value as the canonical record holds it; fields of type json hold canonical JSON already. */
export const jsonText = (type: FieldType, value: string): string => (type === 'json' ? value : JSON.stringify(wellFormed(value)))

/** Writes one member of each record: a present value of a field, or the id. */
type PutMember = (row: number, literal: string) => void

function putNumbers(values: Float64Array, type: FieldType, put: PutMember): void {
  for (let row = 0; row < values.length; row++) {
    const value = values[row] as number
    if (!Number.isNaN(value)) put(row, numberLiteral(type, value))
  }
}

function putTexts(values: readonly (string | null)[], type: FieldType, put: PutMember): void {
  for (let row = 0; row < values.length; row++) {
    const value = values[row] ?? null
    if (value !== null) put(row, jsonText(type, value))
  }
}

/**
 * Canonical JSON (RFC 8785) of each record of a batch: its id and every present field, members sorted by
 * UTF-16 code units. Missing values are left out; a lone surrogate counts as U+FFFD, as in UTF-8 files.
 */
export function canonicalRecords(batch: RecordBatch): string[] {
  const types = new Map<string, FieldType>(batch.fields.map((field) => [field.name, field.type]))
  const members = [...types.keys(), 'id'].sort(compareCodeUnits)
  const texts: string[] = new Array(batch.ids.length).fill('')
  for (const name of members) {
    const key = `${JSON.stringify(name)}:`
    const put: PutMember = (row, literal) => {
      texts[row] += texts[row] === '' ? key + literal : `,${key}${literal}`
    }
    const column = name === 'id' ? undefined : batch.columns.get(name)
    if (name === 'id') putTexts(batch.ids, 'text', put)
    else if (column?.kind === 'number') putNumbers(column.values, types.get(name) ?? 'number', put)
    else if (column) putTexts(column.values, types.get(name) ?? 'text', put)
  }
  return texts.map((text) => `{${text}}`)
}

/** The string with lone surrogates replaced by U+FFFD. */
export function wellFormed(value: string): string {
  return LONE_SURROGATE.test(value) ? Buffer.from(value, 'utf8').toString('utf8') : value
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
    entries.sort(([a], [b]) => compareCodeUnits(a, b))
    return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`
  }
  throw new TypeError(`canonicalJson: a ${typeof value} has no JSON form`)
}
