import { shapeFault } from '../base/kernels/index.ts'
import type { Column, Field, Shape } from '../base/record/index.ts'
import type { TableFacts } from './indicator.ts'

/** What a value can break; of a shape, where in it: `shape [].media_type`. */
export type FieldRule = 'type' | 'range' | 'code' | 'required' | `shape${string}`

const DAY_MS = 86_400_000
/** Last instant that ECMAScript dates can hold. */
const LAST_INSTANT_MS = 8.64e15
const MEDIA_NAME = /^[0-9a-f]{64}\.[a-z0-9]{1,8}$/

function isNumberOfType(type: Field['type'], value: number): boolean {
  switch (type) {
    case 'integer':
      return Number.isInteger(value)
    case 'boolean':
      return value === 0 || value === 1
    case 'timestamp':
      return Math.abs(value) <= LAST_INSTANT_MS
    case 'date':
      return Math.abs(value) <= LAST_INSTANT_MS && value % DAY_MS === 0
    default:
      return Number.isFinite(value)
  }
}

/** A JSON value against a shape; without one any JSON passes. */
function jsonFault(json: string, shape: Shape): FieldRule | undefined {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    return 'type'
  }
  const fault = shapeFault(value, shape)
  return fault && (fault.at === '' ? 'shape' : `shape ${fault.at}`)
}

/** Values that a field may take, or undefined where any may. */
export function allowedCodes(field: Field, table: TableFacts): ReadonlySet<string> | undefined {
  if (field.codes) return new Set(field.codes)
  return field.codeList === undefined ? undefined : table.codeLists.get(field.codeList)
}

type Judge<V> = (value: V) => FieldRule | undefined

function numberJudge(field: Field): Judge<number> {
  const [low, high] = field.range ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
  return (value) => {
    if (!isNumberOfType(field.type, value)) return 'type'
    return value < low || value > high ? 'range' : undefined
  }
}

/** Undefined where every text passes. */
function textJudge(field: Field, table: TableFacts): Judge<string> | undefined {
  if (field.type === 'json') return (value) => jsonFault(value, field.shape ?? {})
  if (field.type === 'media') return (value) => (MEDIA_NAME.test(value) ? undefined : 'type')
  const codes = allowedCodes(field, table)
  return codes && ((value) => (codes.has(value) ? undefined : 'code'))
}

type Found = (row: number, rule: FieldRule) => void

function checkNumbers(values: Float64Array, judge: Judge<number>, missing: FieldRule | undefined, found: Found): void {
  for (let row = 0; row < values.length; row++) {
    const value = values[row] as number
    const rule = Number.isNaN(value) ? missing : judge(value)
    if (rule) found(row, rule)
  }
}

function checkTexts(
  values: readonly (string | null)[],
  judge: Judge<string> | undefined,
  missing: FieldRule | undefined,
  found: Found,
): void {
  for (let row = 0; row < values.length; row++) {
    const value = values[row] ?? null
    const rule = value === null ? missing : judge?.(value)
    if (rule) found(row, rule)
  }
}

/**
 * Checks one field over a batch against its schema: type, range, codes, presence where required.
 * @param column undefined where the batch lacks the field  @param found called for each row that breaks a rule
 */
export function checkField(field: Field, column: Column | undefined, rows: number, table: TableFacts, found: Found): void {
  const missing = field.required ? 'required' : undefined
  if (column?.kind === 'number') {
    checkNumbers(column.values, numberJudge(field), missing, found)
    return
  }
  const judge = textJudge(field, table)
  if (judge || missing) checkTexts(column?.values ?? new Array<null>(rows).fill(null), judge, missing, found)
}
