import { convertUnit, unitCode, unitConversion } from '../../base/kernels/units.ts'
import type { Field } from '../../base/record/index.ts'
import type { ColumnDecision } from './coercion-decision.ts'
import type { Fault } from './fault.ts'
import { isMissingWord } from './missing-tokens.ts'
import { parseNumber, readQuantity } from './parse-number.ts'

/** A number with a unit behind it, in the field's unit; NaN when it cannot be. */
function inUnitOf(field: Field, text: string, decision: ColumnDecision): number {
  const quantity = readQuantity(text, decision.decimal?.decimal ?? '.')
  if (!quantity) return Number.NaN
  const unit = unitCode(quantity.suffix)
  if (unit === undefined) return Number.NaN
  const target = field.unit ?? field.rawUnit
  if (target === undefined) return unit === '%' || unit === '[ppth]' ? quantity.value : Number.NaN
  if (unit === target) return quantity.value
  const conversion = unitConversion(unit, target)
  return conversion ? convertUnit(quantity.value, conversion) : Number.NaN
}

/** One text as a number in the field's unit; NaN when it is none. */
function numberOfText(text: string, field: Field, decision: ColumnDecision): number {
  const value = parseNumber(text, decision.decimal?.decimal ?? '.')
  const hasSuffix = Number.isNaN(value) || text.endsWith('%') || text.endsWith('％') || text.endsWith('‰')
  if (hasSuffix) return inUnitOf(field, text, decision)
  return decision.conversion ? convertUnit(value, decision.conversion) : value
}

function numberOfOther(value: unknown, decision: ColumnDecision): number | undefined {
  if (value === null || value === undefined) return undefined
  if (typeof value === 'boolean') return value ? 1 : 0
  if (typeof value === 'bigint') return numberOfOther(Number(value), decision)
  if (typeof value !== 'number') return Number.NaN
  if (!Number.isFinite(value)) return Number.isNaN(value) ? undefined : Number.NaN
  return decision.conversion ? convertUnit(value, decision.conversion) : value
}

/** Reads a column of numbers; NaN where a value is missing or at fault. */
export function coerceNumbers(raw: readonly unknown[], field: Field, decision: ColumnDecision, fault: Fault): Float64Array {
  const numbers = new Float64Array(raw.length)
  const isInteger = field.type === 'integer'
  const mark = decision.decimal?.decimal ?? '.'
  const isPlain = decision.conversion === undefined
  for (let row = 0; row < raw.length; row++) {
    const value = raw[row]
    let number: number | undefined
    if (typeof value === 'string') {
      number = isPlain && value.charCodeAt(value.length - 1) <= 57 ? parseNumber(value, mark) : Number.NaN
      if (Number.isNaN(number)) number = isMissingWord(value) ? undefined : numberOfText(value, field, decision)
    } else number = numberOfOther(value, decision)
    numbers[row] = number ?? Number.NaN
    if (number === undefined) continue
    if (Number.isNaN(number)) fault(row, 'refine/not-a-number', value)
    else if (isInteger && !Number.isSafeInteger(number)) {
      numbers[row] = Number.NaN
      fault(row, 'refine/not-an-integer', value)
    }
  }
  return numbers
}
