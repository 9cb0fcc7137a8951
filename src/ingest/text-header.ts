import { cellLabel, type Row } from './cell.ts'
import { isHeaderName } from './header-words.ts'

/** Longest name of a column. */
const MAX_NAME = 60
const NAME_LIKE = /^[\p{L}_#*][\p{L}\p{N}_ .:()/%#*&-]*$/u
/** Words from which on a label is a sentence. */
const SENTENCE_WORDS = 6
/** Share of a column's values that makes a trait one of the column. */
const NEARLY_ALL = 0.8
/** Rows below a possible header that are looked at, and characters of their values. */
const ROWS = 1000
const CHARACTERS = 200
/** Values from which on a column has traits. */
const FEW_VALUES = 2

/**
 * Is the first row of a table of text alone its header? Names are unlike each other and found nowhere below; each column then speaks for or
 * against: a name that columns are often given, a form (case, script, digits, a code's pattern, length) that its values have and the name has
 * not, or values that repeat. Pure; O(cells).
 * @param first the row that may be the header  @param body the rows below it
 */
export function isTextHeader(first: Row, body: readonly Row[]): boolean {
  const names = first.map(cellLabel)
  while (names.at(-1) === '') names.pop()
  if (names.length === 0 || new Set(names).size < names.length) return false
  if (!names.every((name, column) => isNameLike(name) || (name === '' && column === 0))) return false
  const some = body.slice(0, ROWS)
  const below = names.map((_, column) => some.map((row) => cellLabel(row[column]).slice(0, CHARACTERS)).filter((value) => value !== ''))
  if (names.some((name, column) => name !== '' && below[column]?.includes(name))) return false
  return names.reduce((sum, name, column) => sum + speaks(name, below[column] as string[]), 0) > 0
}

const isNameLike = (name: string): boolean =>
  name.length <= MAX_NAME && NAME_LIKE.test(name) && !/[a-z]{2}[.:]$|: |\d:\d/.test(name) && name.split(' ').length < SENTENCE_WORDS

/** How much a column speaks for (above 0) or against its first cell being its name. */
function speaks(name: string, values: readonly string[]): number {
  if (name === '') return 0
  const known = isHeaderName(name) ? (share(values, isHeaderName) < 0.5 ? 2 : 0.5) : 0
  if (values.length < FEW_VALUES) return known
  return known + ofTraits(name, values) + ofLengths(name, values) + (repeats(values) ? 1 : 0)
}

const share = (values: readonly string[], has: (value: string) => boolean): number => values.filter(has).length / Math.max(1, values.length)

interface Trait {
  readonly has: (label: string) => boolean
  /** Weight of the values having it and the name not; and of both having it. */
  readonly differs: number
  readonly agrees: number
}

const TRAITS: readonly Trait[] = [
  { has: (label) => /\d/.test(label), differs: 2, agrees: -3 },
  { has: (label) => /[@/\\]|\.[a-z]{2,4}$|^\w+:/i.test(label), differs: 1, agrees: -2 },
  { has: (label) => /^\P{Script=Han}+$/u.test(label), differs: 1.5, agrees: 0 },
  { has: (label) => /\p{Script=Han}/u.test(label), differs: 1.5, agrees: 0 },
  { has: (label) => /^\p{Lu}/u.test(label), differs: 1.5, agrees: -0.5 },
  { has: (label) => /^\P{Lu}*$/u.test(label) && /\p{Ll}/u.test(label), differs: 1.5, agrees: -0.25 },
  { has: (label) => /^\P{Ll}*\p{Lu}\P{Ll}*$/u.test(label), differs: 1, agrees: -1 },
  { has: (label) => / /.test(label), differs: 0.5, agrees: -0.5 },
]

function ofTraits(name: string, values: readonly string[]): number {
  let sum = 0
  for (const { has, differs, agrees } of TRAITS) {
    const found = share(values, has)
    if (found >= NEARLY_ALL) sum += has(name) ? agrees : differs
    else if (found === 0 && has(name)) sum += differs / 2
  }
  return sum
}

/** Texts far longer than a name; values of one length, of which the name is or is not. */
function ofLengths(name: string, values: readonly string[]): number {
  const lengths = values.map((value) => value.length).sort((a, b) => a - b)
  const median = lengths[lengths.length >> 1] ?? 0
  if (median >= 12 && median >= 3 * name.length) return 1.5
  const isEven = lengths[0] === lengths.at(-1)
  return isEven ? (name.length === median ? -0.5 : 0.5) : 0
}

/** Few values that come again and again. */
const repeats = (values: readonly string[]): boolean => values.length >= 4 && new Set(values).size <= values.length / 2
