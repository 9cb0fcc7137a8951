import { type Posting, splitAmount } from '../../base/ledger/index.ts'
import type { Listing, Shares } from '../listing/queries.ts'

/** What an organisation paid in and has not spent. */
export const walletOf = (organisationId: string): string => `wallet:${organisationId}`
/** What it earned by its data. */
export const earningsOf = (organisationId: string): string => `earnings:${organisationId}`
/** What is set aside for those who labelled a data set. */
export const annotatorsOf = (listingId: string): string => `annotators:${listingId}`
export const PLATFORM_FEES = 'platform:fees'
export const BANK = 'world:bank'

/** Postings by which a buyer pays and the owner, the annotators and the platform get their shares, to the last unit. */
export function salePostings(
  buyerId: string,
  listing: Pick<Listing, 'id' | 'organisationId'>,
  shares: Shares,
  currency: string,
  minor: bigint,
): Posting[] {
  const parts = splitAmount(minor, [BigInt(shares.owner), BigInt(shares.annotators), BigInt(shares.platform)])
  const accounts = [earningsOf(listing.organisationId), annotatorsOf(listing.id), PLATFORM_FEES]
  const received = accounts.map((account, at) => ({ account, currency, minor: parts[at] as bigint })).filter((one) => one.minor !== 0n)
  return [{ account: walletOf(buyerId), currency, minor: -minor }, ...received]
}
