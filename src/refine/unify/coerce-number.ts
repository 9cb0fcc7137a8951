import { convertUnit, unitCode, unitConversion } from '../../base/kernels/index.ts'
import type { Field } from '../../base/record/index.ts'
import type { ColumnDecision } from './coercion-decision.ts'
import type { Fault } from './fault.ts'
import { isMissingWord } from './missing-tokens.ts'
import type { Quantity } from './parse-number.ts'
import { parsePlainNumber, readQuantity } from './parse-number.ts'

/** A value with a unit behind it, in the field's unit; NaN when it cannot be. */
function inUnitOf(field: Field, { value, suffix }: Quantity): number {
  const unit = unitCode(suffix)
  const target = field.unit ?? field.rawUnit
  if (unit === undefined) return Number.NaN
  if (target === undefined) return unit === '%' || unit === '[ppth]' ? value : Number.NaN
  const conversion = unit === target ? undefined : unitConversion(unit, target)
  return unit === target ? value : conversion ? convertUnit(value, conversion) : Number.NaN
}

/** One text as a number in the field's unit; undefined when it is missing, NaN when it is none. */
function numberOfText(text: string, field: Field, decision: ColumnDecision): number | undefined {
  if (isMissingWord(text)) return undefined
  const quantity = readQuantity(text, decision.decimal?.decimal ?? '.')
  if (!quantity) return Number.NaN
  if (quantity.suffix !== '') return inUnitOf(field, quantity)
  return decision.conversion ? convertUnit(quantity.value, decision.conversion) : quantity.value
}

function numberOfOther(value: unknown, decision: ColumnDecision): number | undefined {
  if (value === null || value === undefined) return undefined
  if (typeof value === 'boolean') return value ? 1 : 0
  if (typeof value === 'bigint') return numberOfOther(Number(value), decision)
  if (typeof value !== 'number') return Number.NaN
  if (!Number.isFinite(value)) return Number.isNaN(value) ? undefined : Number.NaN
  return decision.conversion ? convertUnit(value, decision.conversion) : value
}

const ZERO = 48
const EXACT_DIGITS = 15

/** Reads a column of numbers; NaN where a value is missing or at fault. */
export function coerceNumbers(raw: readonly unknown[], field: Field, decision: ColumnDecision, fault: Fault): Float64Array {
  const numbers = new Float64Array(raw.length)
  const isInteger = field.type === 'integer'
  const mark = decision.decimal?.decimal ?? '.'
  const isPlain = decision.conversion === undefined
  const isTold = decision.inferred === true
  for (let row = 0; row < raw.length; row++) {
    const value = raw[row]
    let number: number | undefined = Number.NaN
    if (typeof value !== 'string') number = numberOfOther(value, decision)
    else {
      if (isPlain) number = parsePlainNumber(value, mark)
      if (isTold && namesSomething(value)) number = Number.NaN
      else if (Number.isNaN(number)) number = numberOfText(value, field, decision)
    }
    numbers[row] = checked(number, row, value, isInteger, fault)
  }
  return numbers
}

/** Digits that a number would cut: leading zeros, more than it holds. */
const namesSomething = (text: string): boolean =>
  (text.length > EXACT_DIGITS || (text.length > 1 && text.charCodeAt(0) === ZERO)) && /^\d+$/.test(text)

function checked(number: number | undefined, row: number, found: unknown, isInteger: boolean, fault: Fault): number {
  if (number === undefined) return Number.NaN
  if (Number.isNaN(number)) fault(row, 'refine/not-a-number', found)
  if (!isInteger || Number.isNaN(number) || Number.isSafeInteger(number)) return number
  fault(row, 'refine/not-an-integer', found)
  return Number.NaN
}
