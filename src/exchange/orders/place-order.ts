import { allOrNothing, type Database } from '../../base/database/index.ts'
import { balanceOf, formatMoney, postTransaction } from '../../base/ledger/index.ts'
import { fail, type Outcome, succeed } from '../../base/problem/index.ts'
import { findListing, listedVersions, listPlans } from '../listing/queries.ts'
import { balanceUsedUp, listingNotFound, ownListing, planNotFound } from '../problems.ts'
import { loadPlan } from '../registry.ts'
import { salePostings, walletOf } from './accounts.ts'
import { insertEntitlement, insertPurchase } from './queries.ts'

const DAY_MS = 86_400_000

export interface Order {
  readonly listingId: string
  readonly planId: string
  readonly buyerId: string
  readonly accountId: string
}

/** What came of an order. */
export interface PlacedOrder {
  readonly orderId: string
  readonly entitlementId: string
  readonly version: string
  readonly paid: string
}

/**
 * Places an order and pays what is due at once from the buyer's wallet: purchase, postings and entitlement together or not
 * at all. The plan's terms and the shares are copied: what changes later changes nothing for this buyer.
 */
export async function placeOrder(
  db: Database,
  order: Order,
  { newId, now }: { readonly newId: () => string; readonly now: Date },
): Promise<Outcome<PlacedOrder>> {
  const listing = await findListing(db, order.listingId)
  if (listing?.state !== 'listed') return fail(listingNotFound({ found: order.listingId }))
  const address = `${listing.organisationHandle}/${listing.handle}`
  if (listing.organisationId === order.buyerId) return fail(ownListing({ at: address }))
  const plans = await listPlans(db, listing.id)
  const row = plans.find(({ id }) => id === order.planId)
  const plan = row && (await loadPlan(row.kind))?.plugin
  if (!row || !plan) return fail(planNotFound({ found: order.planId, expected: plans.map(({ id }) => id).join(', ') }))
  const [newest] = await listedVersions(db, listing.id)
  if (!newest) return fail(listingNotFound({ found: address }))
  const { terms } = row
  const price = plan.upfront(terms)
  const days = plan.days(terms)
  const [orderId, entitlementId, transactionId] = [newId(), newId(), newId()]
  return allOrNothing(db, async (tx) => {
    if (price > 0n) {
      const paid = await postTransaction(tx, {
        id: transactionId,
        key: `purchase:${orderId}`,
        kind: 'purchase',
        at: now.toISOString(),
        postings: salePostings(order.buyerId, listing, listing.shares, terms.currency, price),
      })
      if (!paid.ok)
        return paid.problem.code === 'ledger/below-floor' ? fail(await tooLittle(tx, order.buyerId, address, terms, price)) : paid
    }
    await insertPurchase(tx, {
      ...order,
      id: orderId,
      placedBy: order.accountId,
      version: newest.version,
      priceMinor: price,
      currency: terms.currency,
      transactionId: price > 0n ? transactionId : null,
      placedAt: now,
    })
    await insertEntitlement(tx, {
      id: entitlementId,
      purchaseId: orderId,
      listingId: listing.id,
      buyerId: order.buyerId,
      kind: row.kind,
      terms,
      shares: listing.shares,
      currency: terms.currency,
      version: plan.covers === 'bought-version' ? newest.version : null,
      startsAt: now,
      endsAt: days === undefined ? null : new Date(now.getTime() + days * DAY_MS),
    })
    return succeed({ orderId, entitlementId, version: newest.version, paid: formatMoney({ currency: terms.currency, minor: price }) })
  })
}

/** Says what is missing, in money as people write it. */
export async function tooLittle(db: Database, buyerId: string, at: string, { currency }: { currency: string }, minor: bigint) {
  const found = await balanceOf(db, walletOf(buyerId), currency)
  return balanceUsedUp({ at, found: formatMoney({ currency, minor: found }), expected: formatMoney({ currency, minor }) })
}
