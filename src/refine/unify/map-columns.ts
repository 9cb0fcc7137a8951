import type { Field } from '../../base/record/index.ts'
import { isNumeric } from '../../base/record/index.ts'
import type { CodeEntry } from './code-spellings.ts'
import { codeOf, codeSpellings } from './code-spellings.ts'
import { kindOf } from './column-profile.ts'
import { editDistance } from './edit-distance.ts'
import { readHeader } from './header.ts'
import { isMissingWord } from './missing-tokens.ts'
import { parseDate } from './parse-date.ts'
import { decideDecimal, readQuantity } from './parse-number.ts'
import { parseTruth } from './truth-words.ts'

/** Why a raw column is taken for a field. */
export type MappingReason = 'same-name' | 'synonym' | 'same-letters' | 'similar-name' | 'same-values'

export interface MappingProposal {
  readonly field: string
  readonly column: string
  /** 0..1; from ACCEPTED on it is taken. */
  readonly score: number
  readonly reason: MappingReason
}

export interface ColumnMapping {
  /** Raw column of each field that has one; one to one. */
  readonly mapping: Readonly<Record<string, string>>
  /** Every proposal, best first. */
  readonly proposals: readonly MappingProposal[]
  /** Proposals that came as close as CLOSE to the one that was taken for the same field. */
  readonly ambiguous: readonly MappingProposal[]
  readonly unmappedColumns: readonly string[]
  readonly unmappedFields: readonly string[]
}

/** Score from which a proposal is taken. */
export const ACCEPTED = 0.7
/** Difference of scores within which a choice is called ambiguous. */
const CLOSE = 0.05
/** Values of a column that are looked at. */
const MAX_SAMPLE = 500
/** Likeness of names below which there is no proposal, and the weight of likeness. */
const MIN_LIKENESS = 0.75
const LIKENESS_WEIGHT = 0.85

export interface MappingOptions {
  readonly codeLists?: Readonly<Record<string, readonly CodeEntry[]>>
  /** Writes traditional characters as simplified ones; see `loadSimplifier`. */
  readonly simplify?: (text: string) => string
}

interface Candidate {
  readonly name: string
  readonly letters: string
  readonly bareLetters: string
  readonly values: readonly unknown[]
}

/** Letters and digits of a name: without case, width, punctuation. */
const lettersOf = (name: string, simplify: (text: string) => string): string =>
  simplify(name.normalize('NFKC').toLowerCase()).replace(/[^\p{L}\p{N}]/gu, '')

function scoreName(field: Field, column: Candidate, simplify: (text: string) => string): Omit<MappingProposal, 'field' | 'column'> {
  if (field.name === column.name) return { score: 1, reason: 'same-name' }
  if (field.from?.includes(column.name)) return { score: 0.98, reason: 'synonym' }
  const spellings = [field.name, ...(field.from ?? [])].map((name) => lettersOf(name, simplify)).filter((letters) => letters !== '')
  if (spellings.includes(column.letters)) return { score: 0.95, reason: 'same-letters' }
  if (spellings.includes(column.bareLetters)) return { score: 0.9, reason: 'same-letters' }
  const likeness = Math.max(0, ...spellings.map((letters) => likenessOf(letters, column.bareLetters)))
  return { score: likeness >= MIN_LIKENESS ? LIKENESS_WEIGHT * likeness : 0, reason: 'similar-name' }
}

/** 1 − edit distance over the longer length; names of one or two letters are alike only when equal. */
function likenessOf(a: string, b: string): number {
  const longest = Math.max(a.length, b.length)
  if (Math.min(a.length, b.length) < 3) return a === b ? 1 : 0
  return 1 - editDistance(a, b) / longest
}

type Test = (value: unknown) => boolean

function numberTest(field: Field, values: readonly unknown[]): Test {
  const { decimal } = decideDecimal(values.filter((value): value is string => typeof value === 'string'))
  // A range is in the field's unit, raw values may be in another.
  const [low, high] = (field.rawUnit === undefined ? field.range : undefined) ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
  return (value) => {
    const number = typeof value === 'number' ? value : (readQuantity(String(value), decimal)?.value ?? Number.NaN)
    return number >= low && number <= high
  }
}

function testOf(field: Field, values: readonly unknown[], spellings: Readonly<Record<string, string>> | undefined): Test {
  if (spellings) return (value) => codeOf(spellings, String(value)) !== undefined
  switch (field.type) {
    case 'boolean':
      return (value) => typeof value === 'boolean' || !Number.isNaN(parseTruth(String(value)))
    case 'timestamp':
    case 'date':
      return (value) => value instanceof Date || typeof value === 'number' || !Number.isNaN(parseDate(String(value)))
    case 'integer':
    case 'number':
      return numberTest(field, values)
    case 'media':
      return (value) => kindOf(value) === 'media'
    default:
      return () => true
  }
}

/** Share of a column's present values that can be of the field's type, code list and range; undefined without values. */
function fitOf(field: Field, values: readonly unknown[], spellings: Readonly<Record<string, string>> | undefined): number | undefined {
  const isGap = (value: unknown): boolean => isNumeric(field.type) && typeof value === 'string' && isMissingWord(value)
  const present = values.filter((value) => kindOf(value) !== undefined && !isGap(value))
  return present.length === 0 ? undefined : present.filter(testOf(field, present, spellings)).length / present.length
}

/** Different values from which an agreement with a code list alone speaks for a column. */
const MIN_CODES = 3

function propose(
  field: Field,
  column: Candidate,
  spellings: Readonly<Record<string, string>> | undefined,
  simplify: (text: string) => string,
): MappingProposal {
  const { score, reason } = scoreName(field, column, simplify)
  const fit = fitOf(field, column.values, spellings)
  const place = { field: field.name, column: column.name }
  // What people wrote down holds whatever the values are: they are rejected one by one, with their reason.
  if (score >= 0.98) return { ...place, score, reason }
  const isListed = spellings !== undefined && new Set(column.values).size >= MIN_CODES && (fit ?? 0) >= 0.95
  if (isListed && score < 0.75) return { ...place, score: 0.75, reason: 'same-values' }
  return { ...place, score: score * (fit === undefined ? 0.95 : 0.5 + 0.5 * fit), reason }
}

/**
 * Proposes which raw column feeds which declared field: by name, synonym, letters, likeness of names, and agreement of
 * values with type, range and code list. One to one, greedy by score; ties by order of fields, then of columns.
 * @param columns sample values, one array a name
 */
export function mapColumns(
  names: readonly string[],
  columns: readonly (readonly unknown[])[],
  fields: readonly Field[],
  options: MappingOptions = {},
): ColumnMapping {
  const { codeLists = {}, simplify = (text) => text } = options
  const candidates = names.map((name, i): Candidate => {
    return {
      name,
      letters: lettersOf(name, simplify),
      bareLetters: lettersOf(readHeader(name).base, simplify),
      values: (columns[i] ?? []).slice(0, MAX_SAMPLE),
    }
  })
  const proposals = fields
    .flatMap((field) => {
      const list = field.codeList !== undefined && Object.hasOwn(codeLists, field.codeList) ? codeLists[field.codeList] : undefined
      const entries = list ?? field.codes?.map((code) => ({ code, zh: '', en: '', aliases: [] }))
      const spellings = entries && codeSpellings(entries)
      return candidates.map((column) => propose(field, column, spellings, simplify))
    })
    .filter(({ score }) => score > 0.3)
    .sort((a, b) => b.score - a.score)
  return assign(names, fields, proposals)
}

function assign(names: readonly string[], fields: readonly Field[], proposals: readonly MappingProposal[]): ColumnMapping {
  const taken = new Map<string, MappingProposal>()
  const used = new Set<string>()
  for (const proposal of proposals) {
    if (proposal.score < ACCEPTED || taken.has(proposal.field) || used.has(proposal.column)) continue
    taken.set(proposal.field, proposal)
    used.add(proposal.column)
  }
  const ambiguous = proposals.filter((proposal) => {
    const winner = taken.get(proposal.field)
    return winner !== undefined && winner !== proposal && !used.has(proposal.column) && winner.score - proposal.score <= CLOSE
  })
  return {
    mapping: Object.fromEntries(fields.flatMap(({ name }) => (taken.has(name) ? [[name, taken.get(name)?.column as string]] : []))),
    proposals,
    ambiguous,
    unmappedColumns: names.filter((name) => !used.has(name)),
    unmappedFields: fields.filter(({ name }) => !taken.has(name)).map(({ name }) => name),
  }
}
