import { type Database, sql } from '../../base/database/index.ts'
import type { Receipt } from '../../base/ledger/index.ts'

/** Something that is charged for once: a row group, a record, a call. */
export interface Unit {
  readonly unit: string
  readonly tokens: bigint
  readonly records: bigint
}

/** Of these units those that were not charged for before; they are from now on. */
export async function takeUnits(tx: Database, entitlementId: string, units: readonly Unit[], eventId: string): Promise<Set<string>> {
  if (units.length === 0) return new Set()
  const { rows } = await sql<{ unit: string }>`
    insert into exchange.metered_unit (entitlement_id, unit, event_id, tokens)
    select ${entitlementId}::uuid, unit, ${eventId}::uuid, tokens
    from unnest(${units.map(({ unit }) => unit)}::text[], ${units.map(({ tokens }) => String(tokens))}::bigint[]) as given (unit, tokens)
    on conflict do nothing
    returning unit`.execute(tx)
  return new Set(rows.map(({ unit }) => unit))
}

export async function knownUnits(db: Database, entitlementId: string, units: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ unit: string }>`
    select unit from exchange.metered_unit where entitlement_id = ${entitlementId} and unit = any(${[...units]})`.execute(db)
  return new Set(rows.map(({ unit }) => unit))
}

/** What was charged for single records between two units, by code units of the name. */
export async function chargedBetween(
  db: Database,
  entitlementId: string,
  first: string,
  last: string,
): Promise<{ tokens: bigint; records: bigint }> {
  const { rows } = await sql<{ tokens: bigint; records: bigint }>`
    select coalesce(sum(tokens), 0)::bigint as tokens, count(*)::bigint as records from exchange.metered_unit
    where entitlement_id = ${entitlementId} and unit collate "C" between ${first} and ${last}`.execute(db)
  return rows[0] ?? { tokens: 0n, records: 0n }
}

export interface UsageEvent {
  readonly id: string
  readonly entitlementId: string
  readonly sequence: bigint
  readonly at: Date
  readonly protocol: string
  readonly commit: string
  readonly subject: string
  readonly records: bigint
  readonly tokens: bigint
  readonly calls: bigint
  readonly chargeMinor: bigint
  readonly transactionId: string | null
  readonly receipt: Receipt
}

export async function insertEvent(tx: Database, event: UsageEvent): Promise<void> {
  await sql`
    insert into exchange.usage_event
      (id, entitlement_id, sequence, at, protocol, commit, subject, records, tokens, calls, charge_minor, transaction_id, receipt)
    values (${event.id}, ${event.entitlementId}, ${event.sequence}, ${event.at}, ${event.protocol}, ${event.commit}, ${event.subject},
      ${event.records}, ${event.tokens}, ${event.calls}, ${event.chargeMinor}, ${event.transactionId}, ${JSON.stringify(event.receipt)})`.execute(
    tx,
  )
}

/** Adds a use to what was used of an entitlement. */
export async function addUse(
  tx: Database,
  { entitlementId, records, tokens, calls, chargeMinor, sequence, receipt }: UsageEvent,
): Promise<void> {
  await sql`
    update exchange.entitlement set records = records + ${records}, tokens = tokens + ${tokens}, calls = calls + ${calls},
      charged_minor = charged_minor + ${chargeMinor}, last_sequence = ${sequence}, last_hash = ${receipt.hash}
    where id = ${entitlementId}`.execute(tx)
}

/** In order. */
export async function eventsOf(db: Database, entitlementId: string, after: bigint, limit: number): Promise<UsageEvent[]> {
  const { rows } = await sql<UsageEvent>`
    select id, entitlement_id as "entitlementId", sequence, at, protocol, commit, subject, records, tokens, calls,
      charge_minor as "chargeMinor", transaction_id as "transactionId", receipt
    from exchange.usage_event where entitlement_id = ${entitlementId} and sequence > ${after} order by sequence limit ${limit}`.execute(db)
  return rows
}
