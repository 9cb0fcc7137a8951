import { hasHanNumeral, parseChineseNumber } from './chinese-number.ts'
import { foldWidth } from './fold-width.ts'
import { isMissingWord } from './missing-tokens.ts'

/** What parts the fraction from the whole: `1,234.5` or `1.234,5`. Decided once a column. */
export type DecimalMark = '.' | ','

/** A number as written, with what stood after it: `%`, `kg`, `℃`; empty when nothing did or a currency. */
export interface Quantity {
  readonly value: number
  readonly suffix: string
}

const POWERS = Float64Array.from({ length: 16 }, (_, i) => 10 ** i)
/** Digits that a float64 holds without rounding. */
const EXACT_DIGITS = 15
/** Longest text that can be a number. */
const MAX_LENGTH = 64

/** Plain digits with an optional sign and decimal mark; NaN for anything else. Correctly rounded. */
export function parsePlainNumber(text: string, decimal: DecimalMark): number {
  const mark = decimal === '.' ? 46 : 44
  const first = text.charCodeAt(0)
  const magnitude = parseMagnitude(text, first === 45 || first === 43 ? 1 : 0, mark)
  return first === 45 ? -magnitude : magnitude
}

function parseMagnitude(text: string, start: number, mark: number): number {
  let mantissa = 0
  let point = -1
  for (let i = start; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code >= 48 && code <= 57) mantissa = mantissa * 10 + (code - 48)
    else if (code === mark && point < 0) point = i
    else return Number.NaN
  }
  const digits = text.length - start - (point < 0 ? 0 : 1)
  if (digits === 0 || text.length > MAX_LENGTH) return Number.NaN
  if (digits > EXACT_DIGITS) return Number(text.slice(start).replace(',', '.'))
  // Both operands are exact, so that the quotient is rounded once (IEEE 754).
  return point < 0 ? mantissa : mantissa / (POWERS[text.length - point - 1] as number)
}

/** Currency signs and codes that may stand before or after an amount. */
const CURRENCY_BEFORE = /^(?:US\$|HK\$|NT\$|RMB|CNY|USD|EUR|HKD|JPY|GBP|[¥￥$€£])\s*/i
const CURRENCY_AFTER = /^(?:人民币|美元|欧元|港元|港币|日元|英镑|元整?|圆整?|块|RMB|CNY|USD|EUR|HKD|JPY|GBP|[¥￥$€£])$/i
const SIGN = /^(?:-|\u2212|\+)\s*/
const NUMERAL = {
  '.': /^(?:\d{1,3}([, '’])\d{3}(?:\1\d{3})*(?!\d)|\d+|(?=\.\d))(?:\.\d*)?(?:[eE][+-]?\d{1,3}(?!\d))?/,
  ',': /^(?:\d{1,3}([. '’])\d{3}(?:\1\d{3})*(?!\d)|\d+|(?=,\d))(?:,\d*)?(?:[eE][+-]?\d{1,3}(?!\d))?/,
} as const
const CHINESE_BODY = /^[\d.,]*[零〇○一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟萬億貳參陸兩点點负負\d.,]+/

/** The number at the head of a text without sign and currency, and what follows it. */
function readNumeral(body: string, decimal: DecimalMark): Quantity | undefined {
  if (hasHanNumeral(body)) {
    const han = CHINESE_BODY.exec(body)?.[0]
    const value = han === undefined ? Number.NaN : parseChineseNumber(decimal === ',' ? han.replaceAll('.', '').replace(',', '.') : han)
    return han === undefined || Number.isNaN(value) ? undefined : { value, suffix: body.slice(han.length).trim() }
  }
  const match = NUMERAL[decimal].exec(body)
  if (!match) return undefined
  const grouping = match[1]
  let digits = match[0]
  if (grouping) digits = digits.replaceAll(grouping, '')
  return { value: Number(decimal === ',' ? digits.replace(',', '.') : digits), suffix: body.slice(match[0].length).trim() }
}

/**
 * A number as people write it, with the unit that follows: `1,234.5`, `１２３`, `(1,200)`, `¥1,200.00`, `1.2e3`, `三百二十`,
 * `3.5万`, `12.5%`, `36.5℃`. Undefined when the text does not begin with a number (`<0.5`, `trace`, a missing word).
 */
export function readQuantity(text: string, decimal: DecimalMark): Quantity | undefined {
  if (text.length > MAX_LENGTH) return undefined
  let body = foldWidth(text).trim()
  const bracketed = body.startsWith('(') && body.endsWith(')')
  if (bracketed) body = body.slice(1, -1).trim()
  let negative = bracketed
  for (const _ of ['sign', 'currency', 'sign']) {
    const sign = SIGN.exec(body)?.[0]
    if (sign) {
      if (bracketed || negative) return undefined
      negative = sign[0] !== '+'
      body = body.slice(sign.length)
    } else body = body.replace(CURRENCY_BEFORE, '')
  }
  const numeral = readNumeral(body, decimal)
  if (!numeral || !Number.isFinite(numeral.value)) return undefined
  const suffix = CURRENCY_AFTER.test(numeral.suffix) ? '' : numeral.suffix
  return { value: negative ? -numeral.value : numeral.value, suffix }
}

/**
 * A number as people write it; `12.5%` is 12.5. NaN for anything else, also for numbers with a unit.
 * Cost: plain digits about 10 ns a character.
 */
export function parseNumber(text: string, decimal: DecimalMark = '.'): number {
  const plain = parsePlainNumber(text, decimal)
  if (!Number.isNaN(plain)) return plain
  if (isMissingWord(text)) return Number.NaN
  const quantity = readQuantity(text, decimal)
  return quantity && (quantity.suffix === '' || quantity.suffix === '%' || quantity.suffix === '‰') ? quantity.value : Number.NaN
}

/** How often a column's values can only be read with one of the two marks. */
export interface DecimalEvidence {
  readonly decimal: DecimalMark
  readonly points: number
  readonly commas: number
  /** Values such as `1,234` that both readings take. */
  readonly ambiguous: number
}

const BOTH_MARKS = /^[^.,]*([.,])[\d.,]*([.,])\d*[^.,]*$/
const ONE_MARK = /^[^\d.,]*(\d*)([.,])(\d*)([^.,]*)$/

/** Which decimal mark a value tells of: undefined when it tells nothing, null when both readings hold. */
function markOf(text: string): DecimalMark | null | undefined {
  const one = ONE_MARK.exec(text)
  if (one) {
    const groups = one[3]?.length === 3 && (one[1]?.length ?? 0) > 0 && (one[1]?.length ?? 0) <= 3 && !one[1]?.startsWith('0')
    return groups && !/^[eE]/.test(one[4] ?? '') ? null : (one[2] as DecimalMark)
  }
  const both = BOTH_MARKS.exec(text)
  if (!both) return undefined
  if (both[1] !== both[2]) return both[2] as DecimalMark
  return both[1] === ',' ? '.' : ','
}

/** Decides a column's decimal mark from its texts: the majority of those that allow one reading only, else the point. */
export function decideDecimal(texts: Iterable<string>): DecimalEvidence {
  let points = 0
  let commas = 0
  let ambiguous = 0
  for (const text of texts) {
    if (text.length > MAX_LENGTH) continue
    const mark = markOf(foldWidth(text))
    if (mark === '.') points++
    else if (mark === ',') commas++
    else if (mark === null) ambiguous++
  }
  return { decimal: commas > points ? ',' : '.', points, commas, ambiguous }
}
