import type { Column, Field } from '../../base/record/index.ts'
import { wellFormed } from '../../base/record/index.ts'

/** A value as JSON holds it: what the canonical record says, as a value; undefined where it is missing. */
export function plainValue(field: Field, column: Column | undefined, row: number): unknown {
  if (column === undefined) return undefined
  if (column.kind === 'number') {
    const value = column.values[row] as number
    return Number.isNaN(value) ? undefined : plainNumber(field, value)
  }
  const text = column.values[row] ?? null
  if (text === null) return undefined
  return field.type === 'json' ? parsed(text) : wellFormed(text)
}

function plainNumber(field: Field, value: number): number | boolean | string {
  switch (field.type) {
    case 'boolean':
      return value !== 0
    case 'timestamp':
      return new Date(value).toISOString()
    case 'date':
      return new Date(value).toISOString().slice(0, 10)
    default:
      return value === 0 ? 0 : value
  }
}

/** The value as text for forms that know nothing else; JSON stays canonical JSON. Null where it is missing. */
export function plainText(field: Field, column: Column | undefined, row: number): string | null {
  if (column?.kind === 'text') {
    const text = column.values[row] ?? null
    return text === null ? null : wellFormed(text)
  }
  const value = plainValue(field, column, row)
  return value === undefined ? null : String(value)
}

/** Members of a JSON value; a text that is no JSON stays a text, so that nothing is lost. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
