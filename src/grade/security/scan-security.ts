import { createWordSearch, findIdentifiers, foldWord, type IdentifierKind, type WordSearch } from '../../base/kernels/index.ts'
import type { Field, RecordBatch } from '../../base/record/index.ts'
import { ANY_TRAIT, isMissing, Trait, traitsOf } from '../../base/record/index.ts'
import type { TableFacts } from '../indicator.ts'
import { isOffered } from './offers.ts'
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

interface RiskWord {
  readonly category: string
  /** A phrase counts by itself, a thing where it is offered. */
  readonly kind: 'words' | 'goods' | 'wares'
}

interface RiskSieve {
  readonly search: WordSearch
  /** By the word as the search tells it. */
  readonly words: ReadonlyMap<string, RiskWord>
}

/** The built-in words, and those of the table's code list `risk-words`. */
function riskSieve(table: TableFacts): RiskSieve {
  const own = [...(table.codeLists.get(OWN_RISK_WORDS) ?? [])]
  const entries = [
    ...RISK_CATEGORIES.flatMap((category) =>
      (['wares', 'goods', 'words'] as const).flatMap((kind) =>
        (category[kind] ?? []).map((word): readonly [string, RiskWord] => [word, { category: category.key, kind }]),
      ),
    ),
    ...own.map((word): readonly [string, RiskWord] => [word, { category: OWN_CATEGORY, kind: 'words' }]),
  ]
  return {
    search: createWordSearch(entries.map(([word]) => word)),
    words: new Map(entries.map(([word, entry]) => [foldWord(word), entry])),
  }
}

/** Categories of the risk words in a text. */
function risksIn(text: string, { search, words }: RiskSieve): readonly string[] {
  const found = search.find(text, MAX_WORDS)
  if (found.length === 0) return NOTHING
  return found.flatMap(({ word, at }) => {
    const entry = words.get(word)
    return entry && (entry.kind === 'words' || isOffered(text, at, word.length, entry.kind)) ? [entry.category] : []
  })
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
function findingsIn(value: string, sieve: RiskSieve, mayIdentify: boolean): readonly string[] {
  const identifiers = mayIdentify ? findIdentifiers(value, PERSONAL_KINDS) : []
  const risks = risksIn(value, sieve)
  if (identifiers.length + risks.length === 0) return NOTHING
  return [...new Set([...identifiers.map(({ kind }) => kind), ...risks])]
}

/** Risk words of one value that are looked at. */
const MAX_WORDS = 100

const NOTHING: readonly string[] = []

/** The strings in a JSON value as they read; the value itself where nothing in it is escaped. */
function unescaped(json: string): string {
  if (!json.includes('\\')) return json
  const strings: string[] = []
  try {
    JSON.parse(json, (_, value: unknown) => {
      if (typeof value === 'string') strings.push(value)
      return null
    })
  } catch {
    return json
  }
  return strings.join('\n')
}

/** Makes a reader of one field's values; values of categories, which repeat, are looked at once. */
function reader(field: Field, sieve: RiskSieve): (value: string, mayIdentify: boolean) => readonly string[] {
  if (field.type === 'text') return (value, mayIdentify) => findingsIn(value, sieve, mayIdentify)
  if (field.type === 'json') return (value) => findingsIn(unescaped(value), sieve, true)
  const repeated = new Map<string, readonly string[]>()
  return (value) => {
    const known = repeated.get(value)
    if (known) return known
    const findings = findingsIn(value, sieve, true)
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
    const traits = column?.kind === 'text' && field.type === 'text' ? traitsOf(column) : undefined
    for (let row = 0; column && row < batch.ids.length; row++) {
      if (isMissing(column, row)) continue
      const mayIdentify = ((traits?.[row] ?? ANY_TRAIT) & Trait.IDENTIFIER) !== 0
      for (const kind of read(String(column.values[row]), mayIdentify)) found(row, kind)
    }
  }
}
