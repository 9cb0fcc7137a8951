import type { Dimension, UnitAtom } from './unit-atoms.ts'
import { UNIT_ATOMS, UNIT_PREFIXES } from './unit-atoms.ts'
import { ucumOfSpelling } from './unit-spellings.ts'

/** `to = (from · factor) + offset`. */
export interface UnitConversion {
  readonly factor: number
  readonly offset: number
}

interface Unit {
  readonly factor: number
  readonly offset: number
  readonly dimension: Dimension
}

/** One factor of a unit term: an integer, or an atom with its exponent; annotations in braces count as 1. */
const FACTOR =
  /^(?<annotation>\{[^{}]*\})|^(?<power>10[*^])(?<tens>[+-]?\d{1,2})?|^(?<number>\d{1,9})(?![\d*^])|^(?<symbol>(?:[A-Za-z%里亩斤两]|\[[^[\]]*\])+)(?<exponent>[+-]?\d)?(?:\{[^{}]*\})?/u

/** Longest unit code that is read; longer ones are no units. */
const MAX_CODE_LENGTH = 64

function atomOf(symbol: string): UnitAtom | undefined {
  const whole = UNIT_ATOMS.get(symbol)
  if (whole) return whole
  for (const length of [1, 2]) {
    const scale = UNIT_PREFIXES.get(symbol.slice(0, length))
    const atom = UNIT_ATOMS.get(symbol.slice(length))
    if (scale !== undefined && atom?.metric && atom.offset === undefined) return { ...atom, factor: atom.factor * scale }
  }
  return undefined
}

const ONE: UnitAtom = { factor: 1, dimension: [0, 0, 0, 0, 0, 0, 0, 0], metric: false }

function factorOf(groups: Record<string, string | undefined>): { atom: UnitAtom; exponent: number } | undefined {
  if (groups['annotation']) return { atom: ONE, exponent: 1 }
  if (groups['number']) return { atom: { ...ONE, factor: Number(groups['number']) }, exponent: 1 }
  if (groups['power']) return { atom: { ...ONE, factor: 10 }, exponent: Number(groups['tens'] ?? 1) }
  const atom = atomOf(groups['symbol'] ?? '')
  return atom && { atom, exponent: Number(groups['exponent'] ?? 1) }
}

/** Factors of a unit term from left to right; undefined when one is not in the table. Parentheses are not read. */
function readFactors(code: string): { atom: UnitAtom; exponent: number }[] | undefined {
  const factors: { atom: UnitAtom; exponent: number }[] = []
  let divides = code.startsWith('/')
  let rest = divides ? code.slice(1) : code
  for (;;) {
    const match = FACTOR.exec(rest)
    const read = match?.groups && factorOf(match.groups)
    if (!match || !read) return undefined
    factors.push({ atom: read.atom, exponent: divides ? -read.exponent : read.exponent })
    rest = rest.slice(match[0].length)
    if (rest === '') return factors
    if (rest[0] !== '.' && rest[0] !== '/') return undefined
    divides = rest[0] === '/'
    rest = rest.slice(1)
  }
}

/** Reads a UCUM code; undefined when it holds an atom that the table lacks. */
function readUnit(code: string): Unit | undefined {
  if (code.length === 0 || code.length > MAX_CODE_LENGTH) return undefined
  const factors = readFactors(code)
  if (!factors) return undefined
  const dimension: [number, number, number, number, number, number, number, number] = [0, 0, 0, 0, 0, 0, 0, 0]
  let factor = 1
  for (const { atom, exponent } of factors) {
    factor *= atom.factor ** exponent
    for (const [i, power] of atom.dimension.entries()) dimension[i] = (dimension[i] as number) + exponent * power
  }
  // Only a degree that stands alone has a zero of its own; in W/(m2.Cel) it is a difference.
  const alone = factors.length === 1 && factors[0]?.exponent === 1 ? factors[0].atom : undefined
  return { factor, offset: alone?.offset ?? 0, dimension }
}

/** UCUM code of a unit given as a UCUM code or as people write it; undefined when it is neither. */
export function unitCode(spelling: string): string | undefined {
  const known = ucumOfSpelling(spelling)
  if (known !== undefined) return known
  const code = spelling.trim()
  return code !== '1' && /[A-Za-z%里亩斤两]/u.test(code) && readUnit(code) ? code : undefined
}

/** UCUM code as `convertUnit` takes it: a known spelling is replaced, anything else stays. */
const canonical = (code: string): string => ucumOfSpelling(code) ?? code

/**
 * Conversion between two units of one dimension, e.g. `[degF]` → `Cel`, `kg/亩` → `t/har`; `1` is the number itself.
 * @returns undefined when a unit is not in the table or the dimensions differ
 */
export function unitConversion(from: string, to: string): UnitConversion | undefined {
  if (from === to) return { factor: 1, offset: 0 }
  const source = readUnit(canonical(from))
  const target = readUnit(canonical(to))
  if (!source || !target) return undefined
  for (let i = 0; i < source.dimension.length; i++) if (source.dimension[i] !== target.dimension[i]) return undefined
  return { factor: source.factor / target.factor, offset: (source.offset - target.offset) / target.factor }
}

/**
 * A value in the other unit, to 15 significant digits: 98.6 °F is 37 °C, not 37.00000000000001.
 * A float64 holds 15 decimal digits of any value, so nothing measured is lost.
 */
export function convertUnit(value: number, conversion: UnitConversion): number {
  const exact = value * conversion.factor + conversion.offset
  return Number.isFinite(exact) ? Number(exact.toPrecision(15)) : Number.NaN
}
