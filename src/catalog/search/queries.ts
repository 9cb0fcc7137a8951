import { type Database, sql } from '../../base/database/index.ts'
import type { Words } from '../../base/problem/index.ts'
import { wordsOf } from './segment-words.ts'
import { synonymsOf } from './synonyms.ts'

/** An offer as the catalogue shows it. */
export interface Entry {
  /** The listing's. */
  readonly id: string
  readonly organisationId: string
  readonly organisation: string
  readonly datasetId: string
  /** `<organisation>/<listing>`. */
  readonly address: string
  readonly title: Words
  readonly summary: Words
  readonly keywords: readonly string[]
  readonly sector: string | null
  readonly modalities: readonly string[]
  readonly license: string | null
  readonly version: string
  readonly nRecords: bigint
  readonly passes: boolean
  readonly scores: { readonly documentation: number | null; readonly quality: number | null; readonly application: number | null }
  /** Kinds of its plans. */
  readonly plans: readonly string[]
  readonly updatedAt: Date
}

export type NewEntry = Omit<Entry, 'organisation'> & {
  /** More that it is found by: names and meanings of its fields. */
  readonly text: string
}

export const FACETS = ['sector', 'modality', 'license', 'plan', 'passes'] as const
export type Facet = (typeof FACETS)[number]

export interface Search {
  readonly text: string
  readonly facets: Readonly<Partial<Record<Facet, string | undefined>>>
  readonly limit: number
  readonly offset: number
}

export interface Found {
  readonly items: readonly Entry[]
  readonly total: number
  /** How many are found for each value, with the other facets as they are. */
  readonly facets: Readonly<Record<Facet, readonly { readonly value: string; readonly n: number }[]>>
  /** Nothing holds all words as written: these are like them. */
  readonly isFuzzy: boolean
}

type Sql = ReturnType<typeof sql>

/** A lexeme of a tsquery, whatever is in it. */
const lexeme = (word: string): string => `'${word.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`

/** Every word must be there, itself or one that means the same; the last one may be the beginning of a word. */
export function queryOf(text: string): string {
  const words = [...new Set(wordsOf(text))]
  const alternatives = words.map((word, at) => {
    const all = synonymsOf(word).map((other) => {
      const parts = [...new Set(wordsOf(other))].map(lexeme)
      return parts.length === 1 ? String(parts[0]) : `(${parts.join(' & ')})`
    })
    if (at === words.length - 1) all.push(`${lexeme(word)}:*`)
    return `(${all.join(' | ')})`
  })
  return alternatives.join(' & ')
}

/** PostgreSQL keeps positions up to here. */
const MOST_POSITION = 16_383
const MOST_TEXT = 20_000

/** The words of texts as a tsvector takes them, with weights A to D. */
function vectorOf(parts: readonly (readonly [weight: string, text: string])[]): string {
  let position = 0
  return parts
    .flatMap(([weight, text]) => wordsOf(text).map((word) => `${lexeme(word)}:${Math.min(++position, MOST_POSITION)}${weight}`))
    .join(' ')
}

/** Enters an offer, or what became of it. */
export async function enterEntry(db: Database, entry: NewEntry): Promise<void> {
  const words = vectorOf([
    ['A', `${entry.title.zh} ${entry.title.en} ${entry.address}`],
    ['B', entry.keywords.join(' ')],
    ['C', `${entry.summary.zh} ${entry.summary.en} ${entry.sector ?? ''} ${entry.modalities.join(' ')}`],
    ['D', entry.text.slice(0, MOST_TEXT)],
  ])
  const plain = `${entry.title.zh} ${entry.title.en} ${entry.address} ${entry.keywords.join(' ')}`.toLowerCase()
  await sql`
    insert into catalog.entry (id, organisation_id, dataset_id, address, title, summary, keywords, sector, modalities, license, version,
      n_records, passes, scores, plans, words, plain, updated_at)
    values (${entry.id}, ${entry.organisationId}, ${entry.datasetId}, ${entry.address}, ${JSON.stringify(entry.title)},
      ${JSON.stringify(entry.summary)}, ${entry.keywords}, ${entry.sector}, ${entry.modalities}, ${entry.license}, ${entry.version},
      ${entry.nRecords}, ${entry.passes}, ${JSON.stringify(entry.scores)}, ${entry.plans}, ${words}::tsvector, ${plain}, ${entry.updatedAt})
    on conflict (id) do update set title = excluded.title, summary = excluded.summary, keywords = excluded.keywords,
      sector = excluded.sector, modalities = excluded.modalities, license = excluded.license, version = excluded.version,
      n_records = excluded.n_records, passes = excluded.passes, scores = excluded.scores, plans = excluded.plans, words = excluded.words,
      plain = excluded.plain, updated_at = excluded.updated_at`.execute(db)
}

/** Takes an offer out of the catalogue. */
export async function removeEntry(db: Database, id: string): Promise<void> {
  await sql`delete from catalog.entry where id = ${id}`.execute(db)
}

const VALUE: Readonly<Record<Facet, Sql>> = {
  sector: sql`sector`,
  modality: sql`unnest(modalities)`,
  license: sql`license`,
  plan: sql`unnest(plans)`,
  passes: sql`passes::text`,
}

function conditionOf(facet: Facet, value: string): Sql {
  switch (facet) {
    case 'sector':
      return sql`sector = ${value}`
    case 'modality':
      return sql`modalities @> array[${value}]`
    case 'license':
      return sql`license = ${value}`
    case 'plan':
      return sql`plans @> array[${value}]`
    case 'passes':
      return sql`passes = ${value === 'true'}`
  }
}

const LEAST_LIKENESS = 0.3

/** Finds offers by words in either language, and by facets; by likeness where nothing holds all words. */
export async function searchEntries(db: Database, search: Search): Promise<Found> {
  const query = queryOf(search.text)
  if (query === '') return { ...(await searchBy(db, search)), isFuzzy: false }
  const exact = await searchBy(db, search, { where: sql`words @@ ${query}::tsquery`, rank: sql`ts_rank(words, ${query}::tsquery)` })
  if (exact.total > 0) return { ...exact, isFuzzy: false }
  const typed = search.text.normalize('NFKC').toLowerCase()
  const likeness = sql`word_similarity(${typed}, plain)`
  const fuzzy = await searchBy(db, search, { where: sql`${likeness} >= ${LEAST_LIKENESS}`, rank: likeness })
  return { ...fuzzy, isFuzzy: fuzzy.total > 0 }
}

const ENTRY = sql`
  select entry.id, entry.organisation_id as "organisationId", organisation.name as organisation, entry.dataset_id as "datasetId",
    entry.address, entry.title, entry.summary, entry.keywords, entry.sector, entry.modalities, entry.license, entry.version,
    entry.n_records as "nRecords", entry.passes, entry.scores, entry.plans, entry.updated_at as "updatedAt"
  from catalog.entry join guard.organisation on organisation.id = entry.organisation_id`

async function searchBy(db: Database, { facets, limit, offset }: Search, match?: { where: Sql; rank: Sql }) {
  const chosen = FACETS.flatMap((facet) => (facets[facet] === undefined ? [] : [[facet, facets[facet]] as const]))
  const whereWithout = (left?: Facet): Sql => {
    const conditions = chosen.filter(([facet]) => facet !== left).map(([facet, value]) => conditionOf(facet, value))
    return sql`${sql.join([...(match ? [match.where] : []), sql`true`, ...conditions], sql` and `)}`
  }
  const { rows: items } = await sql<Entry>`
    ${ENTRY} where ${whereWithout()}
    order by ${match ? sql`${match.rank} desc, ` : sql``}passes desc, entry.updated_at desc, entry.id
    limit ${limit} offset ${offset}`.execute(db)
  const { rows: counted } = await sql<{ n: bigint }>`select count(*) as n from catalog.entry where ${whereWithout()}`.execute(db)
  const counts = await Promise.all(
    FACETS.map(async (facet) => {
      const { rows } = await sql<{ value: string | null; n: bigint }>`
        select value, count(*) as n from (select ${VALUE[facet]} as value from catalog.entry where ${whereWithout(facet)}) as valued
        group by value order by n desc, value limit 50`.execute(db)
      return [facet, rows.flatMap(({ value, n }) => (value === null ? [] : [{ value, n: Number(n) }]))] as const
    }),
  )
  return { items, total: Number(counted[0]?.n ?? 0), facets: Object.fromEntries(counts) as unknown as Found['facets'] }
}

/** By address. */
export async function findEntry(db: Database, address: string): Promise<Entry | undefined> {
  const { rows } = await sql<Entry>`${ENTRY} where entry.address = ${address}`.execute(db)
  return rows[0]
}
