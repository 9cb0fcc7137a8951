import { type Database, sql } from '../../base/database/index.ts'
import type { Words } from '../../base/problem/index.ts'
import type { Declarations } from './checklist.ts'
import type { SpecificationSheet } from './specification-sheet.ts'

export type ListingState = 'draft' | 'in-review' | 'listed' | 'refused' | 'withdrawn'

/** Weights by which what is earned is shared. */
export interface Shares {
  readonly owner: number
  readonly annotators: number
  readonly platform: number
}

export interface Listing {
  readonly id: string
  readonly organisationId: string
  readonly organisation: string
  readonly organisationHandle: string
  readonly datasetId: string
  readonly handle: string
  readonly title: Words
  readonly summary: Words
  readonly keywords: readonly string[]
  readonly shares: Shares
  readonly declarations: Declarations
  readonly state: ListingState
  readonly reviewNote: string | null
  readonly reviewedAt: Date | null
  readonly createdAt: Date
}

export interface ListedVersion {
  readonly listingId: string
  readonly version: string
  readonly commit: string
  readonly folder: string
  readonly sheet: SpecificationSheet
  readonly addedAt: Date
}

export interface PlanRow {
  readonly id: string
  readonly listingId: string
  readonly kind: string
  readonly terms: { readonly currency: string }
  readonly createdAt: Date
  readonly withdrawnAt: Date | null
}

const LISTING = sql`
  select listing.id, listing.organisation_id as "organisationId", organisation.name as organisation,
    organisation.handle as "organisationHandle", listing.dataset_id as "datasetId", listing.handle, listing.title, listing.summary,
    listing.keywords, listing.shares, listing.declarations, listing.state, listing.review_note as "reviewNote",
    listing.reviewed_at as "reviewedAt", listing.created_at as "createdAt"
  from exchange.listing join guard.organisation on organisation.id = listing.organisation_id`

export async function insertListing(
  db: Database,
  one: Pick<Listing, 'id' | 'organisationId' | 'datasetId' | 'handle' | 'title' | 'summary' | 'keywords' | 'shares' | 'declarations'>,
  now: Date,
): Promise<void> {
  await sql`
    insert into exchange.listing (id, organisation_id, dataset_id, handle, title, summary, keywords, shares, declarations, state, created_at)
    values (${one.id}, ${one.organisationId}, ${one.datasetId}, ${one.handle}, ${JSON.stringify(one.title)}, ${JSON.stringify(one.summary)},
      ${one.keywords}, ${JSON.stringify(one.shares)}, ${JSON.stringify(one.declarations)}, 'draft', ${now})`.execute(db)
}

export async function findListing(db: Database, id: string): Promise<Listing | undefined> {
  const { rows } = await sql<Listing>`${LISTING} where listing.id = ${id}`.execute(db)
  return rows[0]
}

/** By the address that buyers write: `<organisation>/<listing>`. */
export async function findByAddress(db: Database, organisation: string, handle: string): Promise<Listing | undefined> {
  const { rows } = await sql<Listing>`${LISTING} where organisation.handle = ${organisation} and listing.handle = ${handle}`.execute(db)
  return rows[0]
}

/** Of one organisation, or of all that wait for review; newest first. */
export async function listListings(db: Database, where: { organisationId: string } | { state: ListingState }): Promise<Listing[]> {
  const condition = 'state' in where ? sql`listing.state = ${where.state}` : sql`listing.organisation_id = ${where.organisationId}`
  const { rows } = await sql<Listing>`${LISTING} where ${condition} order by listing.created_at desc, listing.id limit 200`.execute(db)
  return rows
}

/** @returns whether it was in one of the states before */
export async function changeState(
  db: Database,
  id: string,
  from: readonly ListingState[],
  to: ListingState,
  review: { by: string; at: Date; note: string | null } | undefined,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update exchange.listing set state = ${to}
      ${review ? sql`, reviewed_by = ${review.by}, reviewed_at = ${review.at}, review_note = ${review.note}` : sql``}
    where id = ${id} and state = any(${[...from]})`.execute(db)
  return (numAffectedRows ?? 0n) > 0n
}

export async function setDeclarations(db: Database, id: string, said: Declarations): Promise<void> {
  await sql`update exchange.listing set declarations = ${JSON.stringify(said)} where id = ${id}`.execute(db)
}

export async function insertPlan(db: Database, plan: Omit<PlanRow, 'withdrawnAt'>): Promise<void> {
  await sql`
    insert into exchange.plan (id, listing_id, kind, terms, created_at)
    values (${plan.id}, ${plan.listingId}, ${plan.kind}, ${JSON.stringify(plan.terms)}, ${plan.createdAt})`.execute(db)
}

export async function withdrawPlan(db: Database, listingId: string, id: string, now: Date): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update exchange.plan set withdrawn_at = ${now} where id = ${id} and listing_id = ${listingId} and withdrawn_at is null`.execute(db)
  return (numAffectedRows ?? 0n) > 0n
}

/** Those that can be ordered, oldest first. */
export async function listPlans(db: Database, listingId: string): Promise<PlanRow[]> {
  const { rows } = await sql<PlanRow>`
    select id, listing_id as "listingId", kind, terms, created_at as "createdAt", withdrawn_at as "withdrawnAt"
    from exchange.plan where listing_id = ${listingId} and withdrawn_at is null order by created_at, id`.execute(db)
  return rows
}

const VERSION = sql`
  select listing_id as "listingId", version, commit, folder, sheet, added_at as "addedAt" from exchange.listed_version`

/** Newest first. */
export async function listedVersions(db: Database, listingId: string): Promise<ListedVersion[]> {
  const { rows } = await sql<ListedVersion>`
    ${VERSION} where listing_id = ${listingId} order by added_at desc, version desc`.execute(db)
  return rows
}

export interface MeasuredRowGroup {
  readonly path: string
  readonly n: number
  readonly startByte: bigint
  readonly endByte: bigint
  readonly firstId: string
  readonly lastId: string
  readonly nRecords: bigint
  readonly tokens: Readonly<Record<string, number>>
}

/** Enters a version with its row groups; entering it again changes its token counts alone. */
export async function enterListedVersion(db: Database, version: ListedVersion, groups: readonly MeasuredRowGroup[]): Promise<void> {
  await sql`
    insert into exchange.listed_version (listing_id, version, commit, folder, sheet, added_at)
    values (${version.listingId}, ${version.version}, ${version.commit}, ${version.folder}, ${JSON.stringify(version.sheet)}, ${version.addedAt})
    on conflict (listing_id, version) do nothing`.execute(db)
  for (const group of groups)
    await sql`
      insert into exchange.row_group (commit, path, n, start_byte, end_byte, first_id, last_id, n_records, tokens)
      values (${version.commit}, ${group.path}, ${group.n}, ${group.startByte}, ${group.endByte}, ${group.firstId}, ${group.lastId},
        ${group.nRecords}, ${JSON.stringify(group.tokens)})
      on conflict (commit, path, n) do update set tokens = exchange.row_group.tokens || excluded.tokens`.execute(db)
}

export async function rowGroupsOf(db: Database, commit: string, paths: readonly string[]): Promise<MeasuredRowGroup[]> {
  const { rows } = await sql<MeasuredRowGroup>`
    select path, n, start_byte as "startByte", end_byte as "endByte", first_id as "firstId", last_id as "lastId",
      n_records as "nRecords", tokens
    from exchange.row_group where commit = ${commit} and path = any(${[...paths]}) order by path, n`.execute(db)
  return rows
}

/** Tokens of a version by tokenizer. */
export async function tokensOf(db: Database, commit: string): Promise<Record<string, number>> {
  const { rows } = await sql<{ name: string; n: bigint }>`
    select counted.key as name, sum(counted.value::bigint)::bigint as n
    from exchange.row_group cross join lateral jsonb_each_text(tokens) as counted
    where commit = ${commit} group by counted.key`.execute(db)
  return Object.fromEntries(rows.map(({ name, n }) => [name, Number(n)]))
}
