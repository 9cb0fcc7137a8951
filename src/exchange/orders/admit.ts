import type { Database } from '../../base/database/index.ts'
import { fail, type Outcome, type Problem, succeed } from '../../base/problem/index.ts'
import { findByAddress, type ListedVersion, type Listing, listedVersions } from '../listing/queries.ts'
import type { AnyPlan, DeliveryKind } from '../plan.ts'
import { deliveryUnfit, entitlementOver, entitlementRevoked, listingNotFound, notEntitled, revisionNotFound } from '../problems.ts'
import { loadPlan } from '../registry.ts'
import { type Entitlement, entitlementsTo } from './queries.ts'

/** What is asked for: a listing at a revision. */
export interface Revision {
  readonly listing: Listing
  readonly version: ListedVersion
  /** `<organisation>/<listing>`. */
  readonly address: string
}

/** A right to read, with the plan that it is charged by; the owner reads without one. */
export type Admitted = { readonly by: 'owner' } | { readonly by: 'entitlement'; readonly entitlement: Entitlement; readonly plan: AnyPlan }

const LATEST = 'main'

/** Finds what an address and a revision (`main`, a version with or without `v`, a commit) name. Listings that are not offered any more stay for those who bought them. */
export async function findRevision(db: Database, organisation: string, handle: string, revision: string): Promise<Outcome<Revision>> {
  const address = `${organisation}/${handle}`
  const listing = await findByAddress(db, organisation, handle)
  if (!listing || (listing.state !== 'listed' && listing.state !== 'withdrawn')) return fail(listingNotFound({ found: address }))
  const versions = await listedVersions(db, listing.id)
  const version =
    revision === LATEST
      ? versions[0]
      : versions.find((one) => one.commit === revision || one.version === revision || `v${one.version}` === revision)
  return version ? succeed({ listing, version, address }) : fail(revisionNotFound({ at: address, found: revision }))
}

/**
 * The one check of whether a buyer may read: for every protocol the same.
 * Of several entitlements one that is in force and covers what is asked for is taken; else the reason of the newest is told.
 */
export async function admitBuyer(
  db: Database,
  buyerId: string,
  { listing, version, address }: Revision,
  delivery: DeliveryKind,
  now: Date,
): Promise<Outcome<Admitted>> {
  if (listing.organisationId === buyerId) return succeed({ by: 'owner' })
  const held = await entitlementsTo(db, buyerId, listing.id)
  const reasons: Problem[] = []
  for (const entitlement of held) {
    const plan = (await loadPlan(entitlement.kind))?.plugin
    if (!plan) continue
    const reason = refusalOf(entitlement, plan, version, delivery, address, now)
    if (!reason) return succeed({ by: 'entitlement', entitlement, plan })
    reasons.push(reason)
  }
  return fail(reasons[0] ?? notEntitled({ at: address }))
}

function refusalOf(
  entitlement: Entitlement,
  plan: AnyPlan,
  { version }: ListedVersion,
  delivery: DeliveryKind,
  at: string,
  now: Date,
): Problem | undefined {
  if (entitlement.revokedAt) return entitlementRevoked({ at, found: entitlement.revokedWhy ?? '' })
  if (entitlement.endsAt && entitlement.endsAt <= now) return entitlementOver({ at, found: entitlement.endsAt.toISOString().slice(0, 10) })
  if (entitlement.version !== null && entitlement.version !== version) return notEntitled({ at: `${at} ${version}` })
  if (!plan.delivers.includes(delivery)) return deliveryUnfit({ at, found: plan.title.en })
  return undefined
}
