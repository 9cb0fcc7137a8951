import { unitCode, unitConversion } from '../../base/kernels/index.ts'
import type { FieldType } from '../../base/record/index.ts'
import { compareCodeUnits } from '../../base/record/index.ts'
import type { ColumnProfile } from './column-profile.ts'
import { decideDateOrder } from './date-order.ts'
import { decideEpoch } from './epoch.ts'
import { foldWidth } from './fold-width.ts'
import type { Header } from './header.ts'
import { isMissingWord } from './missing-tokens.ts'
import { readDate } from './parse-date.ts'
import type { DecimalMark } from './parse-number.ts'
import { decideDecimal, readQuantity } from './parse-number.ts'
import { areTruthWords } from './truth-words.ts'

export interface InferredType {
  readonly type: FieldType
  /** UCUM code of the unit that stands behind the numbers in the cells. */
  readonly unit?: string | undefined
}

/** Share of the present values that must be of a type; the rest must look like errors. */
const TYPED_SHARE = 0.98

/** A category has at most this many different values, this long, and each occurs this often on average. */
const MAX_CODES = 100
const MAX_CODE_LENGTH = 80
const MIN_REPEATS = 4
/** Fewest values from which a category is told. */
const MIN_CATEGORY_SAMPLE = 20

/** Longest digit string that a float64 holds exactly. */
const MAX_DIGITS = 15

const TIME_WORDS = /^(?:time|timestamp|datetime|date|ts|epoch|时间|日期|时刻|.*(?:时间|日期))$/
const saysTime = (header: Header): boolean => header.words.some((word) => TIME_WORDS.test(word))

/** Words that stand in for a number that was not measured. */
const ERROR_WORD =
  /^(?:[<>≤≥~≈±].*|.*\d.*|trace|nd|n\.d\.|bdl|lod|err(?:or)?|fail(?:ed)?|over(?:flow|range)?|under(?:range)?|inf(?:inity)?|-inf|out of range|痕量|未检出|错误|超量程|溢出|[^\p{L}\p{N}]*)$/iu

/** Looks like a number that went wrong, not like a word of its own. */
const looksLikeError = (text: string): boolean => text.length <= 32 && ERROR_WORD.test(text.trim())

/** Present texts that are not missing words of numbers, with counts. */
function presentNumbers(profile: ColumnProfile): (readonly [string, number])[] {
  return [...profile.texts].filter(([text]) => !isMissingWord(text))
}

/** Digits that name something: leading zeros, or more than a number can hold. */
function isIdentifierDigits(text: string): boolean {
  return /^\d+$/.test(text) && (text.length > MAX_DIGITS || (text.length > 1 && text.startsWith('0')))
}

interface NumericTally {
  read: number
  other: number
  hasPoint: boolean
  fits: boolean
  readonly suffixes: Map<string, number>
}

function tallyNumbers(texts: readonly (readonly [string, number])[], decimal: DecimalMark): NumericTally {
  const tally: NumericTally = { read: 0, other: 0, hasPoint: false, fits: true, suffixes: new Map() }
  for (const [text, count] of texts) {
    const quantity = /[\d０-９]/.test(text) && !isIdentifierDigits(text) ? readQuantity(text, decimal) : undefined
    const unit = quantity?.suffix === '' ? '' : quantity && unitCode(quantity.suffix)
    if (isIdentifierDigits(text)) tally.fits = false
    if (quantity && unit !== undefined) {
      tally.read += count
      tally.hasPoint ||= !Number.isInteger(quantity.value) || foldWidth(text).includes(decimal) || /[eE]/.test(text)
      tally.suffixes.set(unit, (tally.suffixes.get(unit) ?? 0) + count)
    } else {
      tally.other += count
      tally.fits &&= looksLikeError(text)
    }
  }
  return tally
}

/** The unit behind all numbers: one, or several that convert into each other; null when they do not go together. */
function unitOf(tally: NumericTally): string | undefined | null {
  const ranked = [...tally.suffixes].sort((a, b) => b[1] - a[1] || compareCodeUnits(a[0], b[0]))
  const [first] = ranked[0] ?? ['']
  for (const [unit] of ranked) if (unit !== first && (unit === '' || first === '' || !unitConversion(unit, first))) return null
  return first === '' ? undefined : first
}

function inferNumber(profile: ColumnProfile): InferredType | undefined {
  const texts = presentNumbers(profile)
  const { decimal } = decideDecimal(texts.map(([text]) => text))
  const tally = tallyNumbers(texts, decimal)
  const total = tally.read + tally.other
  if (tally.read === 0 || !tally.fits || tally.read < TYPED_SHARE * total) return undefined
  const unit = unitOf(tally)
  if (unit === null) return undefined
  return { type: tally.hasPoint || tally.suffixes.size > 1 ? 'number' : 'integer', unit }
}

/** Are all texts dates of eight or fourteen digits? Without a header that says so, ten different ones must agree. */
function areCompactDates(texts: readonly (readonly [string, number])[], header: Header): boolean {
  if (texts.length === 0 || (texts.length < 10 && !saysTime(header))) return false
  return texts.every(([text]) => {
    const ms = /^(?:\d{8}|\d{14})$/.test(text) ? readDate(text, 'mdy')?.ms : undefined
    return ms !== undefined && ms >= Date.UTC(1900, 0) && ms < Date.UTC(2100, 0)
  })
}

function inferDate(profile: ColumnProfile, header: Header): InferredType | undefined {
  const texts = presentNumbers(profile)
  if (areCompactDates(texts, header)) return { type: texts.some(([text]) => text.length > 8) ? 'timestamp' : 'date' }
  const { order } = decideDateOrder(texts.map(([text]) => text))
  const readings = texts.map(([text, count]) => ({
    text,
    count,
    reading: /^\d+(?:\.\d+)?$/.test(text) ? undefined : readDate(text, order),
  }))
  const total = readings.reduce((sum, { count }) => sum + count, 0)
  const read = readings.reduce((sum, { count, reading }) => sum + (reading ? count : 0), 0)
  if (read === 0 || read < TYPED_SHARE * total) return undefined
  if (!readings.every(({ text, reading }) => reading || looksLikeError(text))) return undefined
  return { type: readings.some(({ reading }) => reading?.hasTime) ? 'timestamp' : 'date' }
}

function inferText(profile: ColumnProfile): InferredType {
  const { texts, present } = profile
  const isShort = [...texts.keys()].every((text) => text.length <= MAX_CODE_LENGTH)
  const few = texts.size <= MAX_CODES && present >= MIN_CATEGORY_SAMPLE && texts.size * MIN_REPEATS <= present
  return { type: isShort && few ? 'category' : 'text' }
}

/** Type of values that a format gave as something else than text or number. */
function inferNative({ kinds, moments, present }: ColumnProfile): InferredType | undefined {
  const isMostly = (count: number): boolean => count > 0 && count >= TYPED_SHARE * present
  if (isMostly(kinds.media)) return { type: 'media' }
  if (kinds.json > 0) return { type: 'json' }
  if (isMostly(kinds.moment)) return { type: moments.every((ms) => ms % 86_400_000 === 0) ? 'date' : 'timestamp' }
  if (kinds.boolean === present) return { type: 'boolean' }
  return kinds.text + kinds.number < present ? { type: 'text' } : undefined
}

/** Whole numbers under a name that says time, all between 2000 and 2100 as seconds or parts of them. */
function isEpoch(profile: ColumnProfile, header: Header): boolean {
  return saysTime(header) && decideEpoch([...profile.texts.keys()].map(Number).filter(Number.isFinite)) !== undefined
}

/** Type of a column from a sample of its values; mixed columns are text, so that nothing is lost. */
export function inferType(profile: ColumnProfile, header: Header): InferredType {
  if (profile.present === 0) return { type: 'text' }
  const native = inferNative(profile)
  if (native) return native
  if (profile.kinds.number === 0 && areTruthWords(new Set(profile.texts.keys()))) return { type: 'boolean' }
  const date = inferDate(profile, header)
  if (date && profile.kinds.text > 0) return date
  const number = inferNumber(profile)
  if (number?.type === 'integer' && isEpoch(profile, header)) return { type: 'timestamp' }
  return number ?? date ?? inferText(profile)
}
