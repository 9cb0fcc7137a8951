import type { KeyObject } from 'node:crypto'
import { allOrNothing, type Database } from '../../base/database/index.ts'
import { formatMoney, issueReceipt, postTransaction } from '../../base/ledger/index.ts'
import { fail, type Outcome, succeed } from '../../base/problem/index.ts'
import type { Listing } from '../listing/queries.ts'
import { salePostings } from '../orders/accounts.ts'
import type { Admitted, Revision } from '../orders/admit.ts'
import { tooLittle } from '../orders/place-order.ts'
import { type Entitlement, lockEntitlement } from '../orders/queries.ts'
import type { AnyPlan, Usage } from '../plan.ts'
import { notEntitled, quotaUsedUp } from '../problems.ts'
import { addUse, insertEvent, takeUnits, type Unit, type UsageEvent } from './queries.ts'

/** One use: units that are charged for once each, and calls. */
export interface Use {
  readonly protocol: string
  /** What it was, in words of the protocol: a file, a query. */
  readonly subject: string
  readonly units: readonly Unit[]
  /** A call is a unit too: the same one counts once. */
  readonly call?: string | undefined
}

export interface MeterEffects {
  readonly newId: () => string
  readonly now: Date
  /** Ed25519, signs receipts. */
  readonly key: KeyObject
}

/**
 * The one meter: counts what is new of a use, holds it against the quota, charges it, and gives a receipt; all of it
 * together or not at all, before a byte is sent. What was charged for before is free, however often it is fetched.
 * @returns the event; undefined when nothing was new
 */
export async function chargeUse(
  db: Database,
  admitted: Admitted,
  revision: Revision,
  use: Use,
  effects: MeterEffects,
): Promise<Outcome<UsageEvent | undefined>> {
  if (admitted.by === 'owner') return succeed(undefined)
  const { plan } = admitted
  return allOrNothing(db, async (tx) => {
    const entitlement = await lockEntitlement(tx, admitted.entitlement.id)
    if (!entitlement) return fail(notEntitled({ at: revision.address }))
    const eventId = effects.newId()
    const call: Unit[] = use.call === undefined ? [] : [{ unit: `call:${use.call}`, tokens: 0n, records: 0n }]
    const taken = await takeUnits(tx, entitlement.id, [...use.units, ...call], eventId)
    const fresh = use.units.filter(({ unit }) => taken.has(unit))
    const more: Usage = {
      records: fresh.reduce((sum, { records }) => sum + records, 0n),
      tokens: fresh.reduce((sum, { tokens }) => sum + tokens, 0n),
      calls: BigInt(taken.size - fresh.length),
    }
    if (taken.size === 0) return succeed(undefined)
    const used = {
      records: entitlement.records + more.records,
      tokens: entitlement.tokens + more.tokens,
      calls: entitlement.calls + more.calls,
    }
    const over = overQuota(entitlement, plan, more, used, revision.address)
    if (over) return over
    const charge = plan.due(used, entitlement.terms) - entitlement.chargedMinor
    const paid = await pay(tx, entitlement, revision.listing, eventId, charge, effects)
    if (!paid.ok)
      return paid.problem.code === 'ledger/below-floor'
        ? fail(await tooLittle(tx, entitlement.buyerId, revision.address, entitlement, charge))
        : paid
    const event = eventOf(entitlement, revision, use, { id: eventId, ...more, chargeMinor: charge, transactionId: paid.value }, effects)
    await insertEvent(tx, event)
    await addUse(tx, event)
    return succeed(event)
  })
}

function overQuota(entitlement: Entitlement, plan: AnyPlan, more: Usage, used: Usage, at: string): Outcome<never> | undefined {
  const quota = plan.quota(entitlement.terms)
  for (const field of ['records', 'tokens', 'calls'] as const) {
    const most = quota[field]
    if (most !== undefined && used[field] > most)
      return fail(quotaUsedUp({ at, field, found: String(more[field]), expected: String(most - entitlement[field]) }))
  }
  return undefined
}

async function pay(
  tx: Database,
  entitlement: Entitlement,
  listing: Listing,
  eventId: string,
  charge: bigint,
  { newId, now }: MeterEffects,
): Promise<Outcome<string | null>> {
  if (charge <= 0n) return succeed(null)
  const posted = await postTransaction(tx, {
    id: newId(),
    key: `use:${eventId}`,
    kind: 'use',
    at: now.toISOString(),
    postings: salePostings(entitlement.buyerId, listing, entitlement.shares, entitlement.currency, charge),
  })
  return posted.ok ? succeed(posted.value.id) : posted
}

function eventOf(
  entitlement: Entitlement,
  { address, version }: Revision,
  use: Use,
  counted: Pick<UsageEvent, 'id' | 'records' | 'tokens' | 'calls' | 'chargeMinor' | 'transactionId'>,
  { now, key }: MeterEffects,
): UsageEvent {
  const last =
    entitlement.lastSequence === null || entitlement.lastHash === null
      ? undefined
      : { sequence: Number(entitlement.lastSequence), hash: entitlement.lastHash }
  const receipt = issueReceipt(
    last,
    {
      event: counted.id,
      entitlement: entitlement.id,
      at: now.toISOString(),
      listing: address,
      version: version.version,
      commit: version.commit,
      protocol: use.protocol,
      subject: use.subject,
      records: counted.records.toString(),
      tokens: counted.tokens.toString(),
      calls: counted.calls.toString(),
      charge: formatMoney({ currency: entitlement.currency, minor: counted.chargeMinor }),
    },
    key,
  )
  return {
    ...counted,
    entitlementId: entitlement.id,
    sequence: BigInt(receipt.sequence),
    at: now,
    protocol: use.protocol,
    commit: version.commit,
    subject: use.subject,
    receipt,
  }
}
