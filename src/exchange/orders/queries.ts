import { type Database, sql } from '../../base/database/index.ts'
import type { Shares } from '../listing/queries.ts'

export interface Purchase {
  readonly id: string
  readonly listingId: string
  readonly planId: string
  readonly buyerId: string
  readonly placedBy: string
  readonly version: string
  readonly priceMinor: bigint
  readonly currency: string
  readonly transactionId: string | null
  readonly placedAt: Date
}

/** What a buyer may do, at frozen terms, and what was used of it. */
export interface Entitlement {
  readonly id: string
  readonly purchaseId: string
  readonly listingId: string
  readonly buyerId: string
  readonly kind: string
  readonly terms: { readonly currency: string }
  readonly shares: Shares
  readonly currency: string
  readonly version: string | null
  readonly startsAt: Date
  readonly endsAt: Date | null
  readonly revokedAt: Date | null
  readonly revokedWhy: string | null
  readonly records: bigint
  readonly tokens: bigint
  readonly calls: bigint
  readonly chargedMinor: bigint
  readonly lastSequence: bigint | null
  readonly lastHash: string | null
}

/** An entitlement with what it is to. */
export interface NamedEntitlement extends Entitlement {
  readonly address: string
  readonly title: { readonly zh: string; readonly en: string }
  readonly buyer: string
}

const COLUMNS = sql`
  entitlement.id, entitlement.purchase_id as "purchaseId", entitlement.listing_id as "listingId", entitlement.buyer_id as "buyerId",
  entitlement.kind, entitlement.terms, entitlement.shares, entitlement.currency, entitlement.version,
  entitlement.starts_at as "startsAt", entitlement.ends_at as "endsAt", entitlement.revoked_at as "revokedAt",
  entitlement.revoked_why as "revokedWhy", entitlement.records, entitlement.tokens, entitlement.calls,
  entitlement.charged_minor as "chargedMinor", entitlement.last_sequence as "lastSequence", entitlement.last_hash as "lastHash"`

export async function insertPurchase(db: Database, one: Purchase): Promise<void> {
  await sql`
    insert into exchange.purchase
      (id, listing_id, plan_id, buyer_id, placed_by, version, price_minor, currency, transaction_id, placed_at)
    values (${one.id}, ${one.listingId}, ${one.planId}, ${one.buyerId}, ${one.placedBy}, ${one.version}, ${one.priceMinor}, ${one.currency},
      ${one.transactionId}, ${one.placedAt})`.execute(db)
}

export async function insertEntitlement(
  db: Database,
  one: Pick<
    Entitlement,
    'id' | 'purchaseId' | 'listingId' | 'buyerId' | 'kind' | 'terms' | 'shares' | 'currency' | 'version' | 'startsAt' | 'endsAt'
  >,
): Promise<void> {
  await sql`
    insert into exchange.entitlement
      (id, purchase_id, listing_id, buyer_id, kind, terms, shares, currency, version, starts_at, ends_at)
    values (${one.id}, ${one.purchaseId}, ${one.listingId}, ${one.buyerId}, ${one.kind}, ${JSON.stringify(one.terms)},
      ${JSON.stringify(one.shares)}, ${one.currency}, ${one.version}, ${one.startsAt}, ${one.endsAt})`.execute(db)
}

/** All that a buyer ever held to a listing, newest first. */
export async function entitlementsTo(db: Database, buyerId: string, listingId: string): Promise<Entitlement[]> {
  const { rows } = await sql<Entitlement>`
    select ${COLUMNS} from exchange.entitlement
    where buyer_id = ${buyerId} and listing_id = ${listingId} order by starts_at desc, id`.execute(db)
  return rows
}

/** Locks it, so that one use is counted after the other. */
export async function lockEntitlement(tx: Database, id: string): Promise<Entitlement | undefined> {
  const { rows } = await sql<Entitlement>`select ${COLUMNS} from exchange.entitlement where id = ${id} for update`.execute(tx)
  return rows[0]
}

const NAMED = sql`
  select ${COLUMNS}, organisation.handle || '/' || listing.handle as address, listing.title, buyer.name as buyer
  from exchange.entitlement
    join exchange.listing on listing.id = entitlement.listing_id
    join guard.organisation on organisation.id = listing.organisation_id
    join guard.organisation as buyer on buyer.id = entitlement.buyer_id`

/** What an organisation bought, or what others bought of it; newest first. */
export async function listEntitlements(db: Database, organisationId: string, side: 'buyer' | 'seller'): Promise<NamedEntitlement[]> {
  const condition = side === 'buyer' ? sql`entitlement.buyer_id = ${organisationId}` : sql`listing.organisation_id = ${organisationId}`
  const { rows } =
    await sql<NamedEntitlement>`${NAMED} where ${condition} order by entitlement.starts_at desc, entitlement.id limit 500`.execute(db)
  return rows
}

/** For one of its two sides only. */
export async function findEntitlement(db: Database, organisationId: string, id: string): Promise<NamedEntitlement | undefined> {
  const { rows } = await sql<NamedEntitlement>`
    ${NAMED} where entitlement.id = ${id} and (entitlement.buyer_id = ${organisationId} or listing.organisation_id = ${organisationId})`.execute(
    db,
  )
  return rows[0]
}

/** @returns whether it was in force and another organisation's to the seller's listing */
export async function revokeEntitlement(db: Database, sellerId: string, id: string, why: string, now: Date): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update exchange.entitlement set revoked_at = ${now}, revoked_why = ${why}
    from exchange.listing
    where entitlement.id = ${id} and listing.id = entitlement.listing_id and listing.organisation_id = ${sellerId}
      and entitlement.revoked_at is null`.execute(db)
  return (numAffectedRows ?? 0n) > 0n
}

/** What was paid for an entitlement when it was ordered; undefined where nothing was. */
export async function paymentOf(db: Database, id: string): Promise<string | undefined> {
  const { rows } = await sql<{ transactionId: string | null }>`
    select purchase.transaction_id as "transactionId" from exchange.purchase
      join exchange.entitlement on entitlement.purchase_id = purchase.id
    where entitlement.id = ${id}`.execute(db)
  return rows[0]?.transactionId ?? undefined
}
