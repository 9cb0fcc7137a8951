import type { Column, Field } from '../../base/record/index.ts'
import { isMissing } from '../../base/record/index.ts'
import type { TableFacts } from '../indicator.ts'

const GOLD = /^(?:gold|review|verified|adjudicated)(?:_|$)|_(?:gold|review|verified|adjudicated)$|复核|审核|金标准|质检/i

/** Is it a verified copy of a label, which no model may see? */
export const isGoldName = (name: string): boolean => GOLD.test(name)

/** A label and the field that holds its verified values, or the verdicts of a review. */
export interface VerifiedLabel {
  readonly label: Field
  readonly gold: Field
}

const GOLD_WORD =
  /^(?:gold|review|verified|adjudicated|复核|审核|金标准|质检)_?|_?(?:gold|review|verified|adjudicated|复核|审核|金标准|质检)$/g

/** By the name: `gold`, `review`, `gold_<label>`, `<label>_review`, 复核 … */
export function verifiedLabel(table: TableFacts): VerifiedLabel | undefined {
  const label = table.fields.find(({ role }) => role === 'label')
  if (!label) return undefined
  const about = (name: string): string => name.toLowerCase().replace(GOLD_WORD, '')
  const gold = table.fields.find(
    ({ name }) => name !== label.name && isGoldName(name) && ['', label.name.toLowerCase()].includes(about(name)),
  )
  return gold && { label, gold }
}

const RIGHT: ReadonlySet<string> = new Set(
  'correct right accepted accept approved approve pass passed ok yes true 正确 通过 合格 准确 无误 是'.split(' '),
)
const WRONG: ReadonlySet<string> = new Set(
  'incorrect wrong rejected reject fail failed no false 错误 不正确 未通过 不通过 不合格 不准确 有误 否'.split(' '),
)

const wordAt = (column: Column, row: number, { type }: Field): string => {
  const value = String(column.values[row])
  return type === 'boolean' ? (value === '1' ? 'true' : 'false') : value.trim().toLowerCase()
}

/**
 * Does the label stand, by its verified value or a reviewer's verdict (正确, rejected …)? A label that is itself such a word
 * is compared with the value as it is. @param row one in which `gold` has a value
 */
export function isVerified(fields: VerifiedLabel, label: Column | undefined, gold: Column, row: number): boolean {
  if (!label || isMissing(label, row)) return false
  const verdict = wordAt(gold, row, fields.gold)
  const said = wordAt(label, row, fields.label)
  const isVerdict = (RIGHT.has(verdict) || WRONG.has(verdict)) && !RIGHT.has(said) && !WRONG.has(said)
  return isVerdict ? RIGHT.has(verdict) : String(label.values[row]) === String(gold.values[row])
}
