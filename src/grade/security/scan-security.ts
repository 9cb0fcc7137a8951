import { findIdentifiers, type IdentifierKind } from '../../base/kernels/index.ts'
import type { Field, RecordBatch } from '../../base/record/index.ts'
import { isMissing } from '../../base/record/index.ts'
import type { TableFacts } from '../indicator.ts'
import type { KeywordMatcher } from './keyword-matcher.ts'
import { compileKeywords } from './keyword-matcher.ts'
import { RISK_CATEGORIES } from './risk-words.ts'

/** Identifiers of persons; company codes and addresses of machines are not. */
export const PERSONAL_KINDS: readonly IdentifierKind[] = ['secret', 'email', 'resident-id', 'bank-card', 'phone', 'passport', 'plate']

/** Name of the code list by which an organisation adds its own risk words. */
export const OWN_RISK_WORDS = 'risk-words'
const OWN_CATEGORY = 'own risk words'

const SCANNED_TYPES: ReadonlySet<string> = new Set(['text', 'category', 'json'])
/** Digests that hold no words. */
const DIGESTS: ReadonlySet<string> = new Set(['thumbnail', 'phash'])
const PHONE_NAME = /phone|mobile|手机|电话|联系方式/i

/** Fields whose values are read. */
export const scannedFields = (table: TableFacts): Field[] =>
  table.fields.filter(
    ({ type, name }) =>
      (SCANNED_TYPES.has(type) && !DIGESTS.has(name)) || ((type === 'integer' || type === 'number') && PHONE_NAME.test(name)),
  )

export interface RiskSieve {
  readonly matcher: KeywordMatcher
  /** Category of each word. */
  readonly categories: readonly string[]
}

/** The built-in words, and those of the table's code list `risk-words`. */
export function riskSieve(table: TableFacts): RiskSieve {
  const own = [...(table.codeLists.get(OWN_RISK_WORDS) ?? [])].filter((word) => word !== '')
  const words = [...RISK_CATEGORIES.flatMap((category) => category.words), ...own]
  const categories = [...RISK_CATEGORIES.flatMap(({ key, words: list }) => list.map(() => key)), ...own.map(() => OWN_CATEGORY)]
  return { matcher: compileKeywords(words), categories }
}

const sieves = new WeakMap<TableFacts, RiskSieve>()

/** Compiled once a table. */
function sieveOf(table: TableFacts): RiskSieve {
  const known = sieves.get(table)
  if (known) return known
  const made = riskSieve(table)
  sieves.set(table, made)
  return made
}

/** What one value holds: kinds of identifiers, and the category of a risk word. */
function findingsIn(value: string, sieve: RiskSieve): readonly string[] {
  const identifiers = findIdentifiers(value, PERSONAL_KINDS)
  const word = sieve.matcher.find(value)
  if (identifiers.length === 0 && word < 0) return NOTHING
  const kinds = new Set<string>(identifiers.map(({ kind }) => kind))
  if (word >= 0) kinds.add(sieve.categories[word] as string)
  return [...kinds]
}

const NOTHING: readonly string[] = []

/** Makes a reader of one field's values; values of categories, which repeat, are looked at once. */
function reader(field: Field, sieve: RiskSieve): (value: string) => readonly string[] {
  if (field.type === 'text') return (value) => findingsIn(value, sieve)
  const repeated = new Map<string, readonly string[]>()
  return (value) => {
    const known = repeated.get(value)
    if (known) return known
    const findings = findingsIn(value, sieve)
    repeated.set(value, findings)
    return findings
  }
}

/** Calls `found` for each row and each kind of finding in it; a row with a kind in two fields is told twice. */
export function scanSecurity(batch: RecordBatch, table: TableFacts, found: (row: number, kind: string) => void): void {
  const sieve = sieveOf(table)
  for (const field of scannedFields(table)) {
    const column = batch.columns.get(field.name)
    const read = reader(field, sieve)
    for (let row = 0; column && row < batch.ids.length; row++) {
      if (isMissing(column, row)) continue
      for (const kind of read(String(column.values[row]))) found(row, kind)
    }
  }
}
