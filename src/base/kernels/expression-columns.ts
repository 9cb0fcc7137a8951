import type { RecordBatch } from '../record/index.ts'
import type { Arithmetic, Comparison, Expression, FunctionName } from './expression.ts'

/** A value over the rows of a batch. NaN and null are missing; truth is 1, 0, or NaN when it cannot be told. */
type Reader =
  | { readonly kind: 'number'; readonly isTime: boolean; readonly at: (row: number) => number }
  | { readonly kind: 'text'; readonly literal: string | undefined; readonly at: (row: number) => string | null }

const numbers = (at: (row: number) => number, isTime = false): Reader => ({ kind: 'number', isTime, at })
const texts = (at: (row: number) => string | null, literal?: string): Reader => ({ kind: 'text', literal, at })

const ISO = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})?)?$/

/** Milliseconds of an ISO date or time; a time without zone is UTC. NaN for anything else. */
function isoMs(text: string): number {
  if (!ISO.test(text)) return Number.NaN
  const withT = text.replace(' ', 'T')
  return Date.parse(withT.length > 10 && !/(?:Z|[+-]\d{2}:\d{2})$/.test(withT) ? `${withT}Z` : withT)
}

const numberOf = (text: string | null): number => (text === null || text.trim() === '' ? Number.NaN : Number(text))

/** A reader as numbers: texts that are numbers count, others are missing. */
function asNumber(reader: Reader): (row: number) => number {
  return reader.kind === 'number' ? reader.at : (row) => numberOf(reader.at(row))
}

function asText(reader: Reader): (row: number) => string | null {
  if (reader.kind === 'text') return reader.at
  return (row) => {
    const value = reader.at(row)
    return Number.isNaN(value) ? null : String(value)
  }
}

const ARITHMETIC: Readonly<Record<Arithmetic, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => (b === 0 ? Number.NaN : a / b),
  '%': (a, b) => (b === 0 ? Number.NaN : a % b),
}

const COMPARE: Readonly<Record<Comparison, (a: number | string, b: number | string) => boolean>> = {
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
}

/** Two texts are compared as texts, a moment with an ISO text as moments, anything else as numbers. */
function compare(operator: Comparison, left: Reader, right: Reader): (row: number) => number {
  const holds = COMPARE[operator]
  if (left.kind === 'text' && right.kind === 'text') {
    return (row) => {
      const a = left.at(row)
      const b = right.at(row)
      return a === null || b === null ? Number.NaN : holds(a, b) ? 1 : 0
    }
  }
  const a = besideTime(left, right)
  const b = besideTime(right, left)
  return (row) => {
    const x = a(row)
    const y = b(row)
    return Number.isNaN(x) || Number.isNaN(y) ? Number.NaN : holds(x, y) ? 1 : 0
  }
}

/** A reader as numbers, where an ISO text beside a moment is a moment. */
function besideTime(reader: Reader, other: Reader): (row: number) => number {
  if (reader.kind !== 'text' || other.kind !== 'number' || !other.isTime) return asNumber(reader)
  if (reader.literal !== undefined) {
    const ms = isoMs(reader.literal)
    return () => ms
  }
  return (row) => isoMs(reader.at(row) ?? '')
}

function yearOrMonth(name: 'year' | 'month', ms: number): number {
  if (Number.isNaN(ms)) return ms
  const moment = new Date(ms)
  return name === 'year' ? moment.getUTCFullYear() : moment.getUTCMonth() + 1
}

const ONE_NUMBER: Readonly<Partial<Record<FunctionName, (value: number) => number>>> = {
  abs: Math.abs,
  floor: Math.floor,
  ceil: Math.ceil,
  sqrt: Math.sqrt,
  log: (value) => (value > 0 ? Math.log(value) : Number.NaN),
  year: (value) => yearOrMonth('year', value),
  month: (value) => yearOrMonth('month', value),
}

function callText(name: FunctionName, [first, second]: readonly Reader[]): Reader {
  const text = asText(first as Reader)
  if (name === 'lower') return texts((row) => text(row)?.toLowerCase() ?? null)
  if (name === 'length') return numbers((row) => characters(text(row)))
  if (name === 'date') return numbers((row) => isoMs(text(row) ?? ''), true)
  const part = asText(second as Reader)
  return numbers((row) => {
    const whole = text(row)
    const wanted = part(row)
    return whole === null || wanted === null ? Number.NaN : whole.includes(wanted) ? 1 : 0
  })
}

/** Characters of a text, counted as code points. */
function characters(text: string | null): number {
  if (text === null) return Number.NaN
  let n = 0
  for (const _ of text) n++
  return n
}

function call(name: FunctionName, of: readonly Reader[]): Reader {
  if (name === 'length' || name === 'lower' || name === 'contains' || name === 'date') return callText(name, of)
  const values = of.map(asNumber)
  const [first, second] = values as [(row: number) => number, ((row: number) => number)?]
  const single = ONE_NUMBER[name]
  if (single) return numbers((row) => single(first(row)))
  if (name === 'round') {
    return numbers((row) => {
      const scale = 10 ** (second?.(row) ?? 0)
      return Math.round(first(row) * scale) / scale
    })
  }
  const fold = name === 'min' ? Math.min : Math.max
  return numbers((row) => values.reduce((least, value) => fold(least, value(row)), first(row)))
}

function readField(batch: RecordBatch, name: string): Reader {
  const column = batch.columns.get(name)
  if (column?.kind === 'number') {
    const type = batch.fields.find((field) => field.name === name)?.type
    return numbers((row) => column.values[row] as number, type === 'timestamp' || type === 'date')
  }
  return column ? texts((row) => column.values[row] ?? null) : numbers(() => Number.NaN)
}

/** Kleene's three-valued logic: what decides alone decides. */
function logic(kind: 'and' | 'or', left: (row: number) => number, right: (row: number) => number): Reader {
  const decides = kind === 'and' ? 0 : 1
  return numbers((row) => {
    const a = truth(left(row))
    if (a === decides) return a
    const b = truth(right(row))
    return b === decides || Number.isNaN(a) ? (b === decides ? b : a) : b
  })
}

const truth = (value: number): number => (Number.isNaN(value) ? value : value === 0 ? 0 : 1)

function isMissingReader(reader: Reader): Reader {
  return reader.kind === 'text'
    ? numbers((row) => (reader.at(row) === null ? 1 : 0))
    : numbers((row) => (Number.isNaN(reader.at(row)) ? 1 : 0))
}

function compile(expression: Expression, batch: RecordBatch): Reader {
  const inner = (one: Expression): Reader => compile(one, batch)
  switch (expression.kind) {
    case 'number':
      return numbers(() => expression.value)
    case 'text':
      return texts(() => expression.value, expression.value)
    case 'field':
      return readField(batch, expression.name)
    case 'negative': {
      const of = asNumber(inner(expression.of))
      return numbers((row) => -of(row))
    }
    case 'arithmetic': {
      const [left, right, apply] = [asNumber(inner(expression.left)), asNumber(inner(expression.right)), ARITHMETIC[expression.operator]]
      return numbers((row) => apply(left(row), right(row)))
    }
    case 'comparison':
      return numbers(compare(expression.operator, inner(expression.left), inner(expression.right)))
    case 'and':
    case 'or':
      return logic(expression.kind, asNumber(inner(expression.left)), asNumber(inner(expression.right)))
    case 'not': {
      const of = asNumber(inner(expression.of))
      return numbers((row) => 1 - truth(of(row)))
    }
    case 'missing':
      return isMissingReader(inner(expression.of))
    case 'in': {
      const of = inner(expression.of)
      return expression.items
        .map((item) => numbers(compare('==', of, inner(item))))
        .reduce((left, right) => logic('or', asNumber(left), asNumber(right)))
    }
    case 'call':
      return call(expression.name, expression.of.map(inner))
  }
}

/**
 * Prepares a condition for a batch. @returns for a row 1 when it holds, 0 when it does not, NaN when a missing value (or a
 * field that the batch lacks) leaves it open. Times are milliseconds; beside one, an ISO text is a time.
 */
export function conditionOver(expression: Expression, batch: RecordBatch): (row: number) => number {
  const at = asNumber(compile(expression, batch))
  return (row) => truth(at(row))
}
