import { fail, type Outcome, succeed } from '../problem/index.ts'
import { canonicalJson, compareCodeUnits } from '../record/index.ts'
import { decimalsOf, isKeepable } from './money.ts'
import { belowFloor, currencyUnknown, keyReused, postingInvalid, reversalInvalid, unbalanced } from './problems.ts'

/** A change of one account: what it gains, or loses below 0. */
export interface Posting {
  readonly account: string
  readonly currency: string
  readonly minor: bigint
}

/** Postings that happen together or not at all. Never changed, never removed: a mistake is reversed by another one. */
export interface Transaction {
  readonly id: string
  /** Chosen by whoever asks for it: the same key is the same transaction, however often it is sent. */
  readonly key: string
  readonly kind: string
  /** ISO 8601. */
  readonly at: string
  readonly postings: readonly Posting[]
  /** Id of the transaction that this one takes back. */
  readonly reverses?: string
}

/** What an account may not fall below, by its name; undefined for one that may fall (the world outside, a debt by agreement). */
export type FloorOf = (account: string) => bigint | undefined

/** Every transaction so far and what it comes to. */
export interface Book {
  readonly transactions: () => readonly Transaction[]
  readonly balance: (account: string, currency: string) => bigint
  /** Accounts with their balances other than 0, sorted. */
  readonly balances: () => readonly Posting[]
  /** Enters a transaction. One that was entered under its key is given back as it was. */
  readonly post: (transaction: Transaction) => Outcome<Transaction>
}

const NO_FLOOR: FloorOf = () => undefined

/**
 * Double-entry bookkeeping in memory: the model that what is stored must agree with, and by which a log is replayed.
 * Each transaction sums to 0 in each currency, so that the sum over all accounts is 0 at any time.
 */
export function openBook(floorOf: FloorOf = NO_FLOOR): Book {
  const entered: Transaction[] = []
  const byKey = new Map<string, Transaction>()
  const byId = new Map<string, Transaction>()
  const reversed = new Set<string>()
  const balances = new Map<string, Posting>()
  const balance = (account: string, currency: string): bigint => balances.get(placeOf(account, currency))?.minor ?? 0n

  const admit = (transaction: Transaction): Outcome<void> => {
    const checked = checkTransaction(transaction)
    if (!checked.ok) return checked
    if (byId.has(transaction.id)) return fail(postingInvalid({ at: transaction.id, found: 'the id is taken' }))
    if (transaction.reverses === undefined) return succeed(undefined)
    const wrong = wrongReversal(transaction, byId.get(transaction.reverses), reversed)
    return wrong ? fail(reversalInvalid({ at: transaction.reverses, found: wrong })) : succeed(undefined)
  }

  const post = (transaction: Transaction): Outcome<Transaction> => {
    const known = byKey.get(transaction.key)
    if (known) return sameContent(known, transaction) ? succeed(known) : fail(keyReused({ at: known.id, key: transaction.key }))
    const admitted = admit(transaction)
    if (!admitted.ok) return admitted
    const after = balancesAfter(transaction, balance)
    const kept = checkBalances(transaction.id, after, floorOf)
    if (!kept.ok) return kept
    for (const [place, held] of after) balances.set(place, held)
    entered.push(transaction)
    byKey.set(transaction.key, transaction)
    byId.set(transaction.id, transaction)
    if (transaction.reverses !== undefined) reversed.add(transaction.reverses)
    return succeed(transaction)
  }

  return {
    transactions: () => entered,
    balance,
    balances: () =>
      [...balances]
        .filter(([, { minor }]) => minor !== 0n)
        .sort(([a], [b]) => compareCodeUnits(a, b))
        .map(([, held]) => held),
    post,
  }
}

/** No name holds the character between. */
const placeOf = (account: string, currency: string): string => `${account}\u0000${currency}`

/** What the accounts of a transaction hold after it. */
function balancesAfter({ postings }: Transaction, balance: Book['balance']): Map<string, Posting> {
  const after = new Map<string, Posting>()
  for (const { account, currency, minor } of postings) {
    const place = placeOf(account, currency)
    after.set(place, { account, currency, minor: (after.get(place)?.minor ?? balance(account, currency)) + minor })
  }
  return after
}

function checkBalances(at: string, after: ReadonlyMap<string, Posting>, floorOf: FloorOf): Outcome<void> {
  for (const { account, minor } of after.values()) {
    const floor = floorOf(account)
    if (!isKeepable(minor)) return fail(postingInvalid({ at, found: `${account} would hold ${minor}` }))
    if (floor !== undefined && minor < floor) return fail(belowFloor({ at, account, found: minor.toString(), floor: floor.toString() }))
  }
  return succeed(undefined)
}

/** What a transaction says, without its id and time, by which a repeated request differs; postings in whatever order. */
const contentOf = ({ kind, postings, reverses }: Transaction): string =>
  canonicalJson({
    kind,
    reverses,
    postings: postings.map(({ account, currency, minor }) => `${placeOf(account, currency)}\u0000${minor}`).sort(),
  })

export const sameContent = (one: Transaction, other: Transaction): boolean => contentOf(one) === contentOf(other)

/** Is it a transaction by itself: known currencies, no empty posting, sums of 0? */
export function checkTransaction({ id, postings }: Transaction): Outcome<void> {
  if (postings.length < 2) return fail(postingInvalid({ at: id, found: `${postings.length} postings` }))
  const sums = new Map<string, bigint>()
  for (const { account, currency, minor } of postings) {
    if (decimalsOf(currency) === undefined) return fail(currencyUnknown({ found: currency, expected: 'ISO 4217, TOKEN-…' }))
    if (account === '' || account.includes('\u0000')) return fail(postingInvalid({ at: id, found: `account "${account}"` }))
    if (minor === 0n || !isKeepable(minor)) return fail(postingInvalid({ at: id, found: `${minor} on ${account}` }))
    sums.set(currency, (sums.get(currency) ?? 0n) + minor)
  }
  for (const [currency, sum] of sums) if (sum !== 0n) return fail(unbalanced({ at: id, found: sum.toString(), currency }))
  return succeed(undefined)
}

/** Postings that take a transaction back. */
export const mirrored = (postings: readonly Posting[]): Posting[] => postings.map((posting) => ({ ...posting, minor: -posting.minor }))

function wrongReversal(transaction: Transaction, original: Transaction | undefined, reversed: ReadonlySet<string>): string | undefined {
  if (!original) return 'there is no such transaction'
  if (reversed.has(original.id)) return 'it was reversed before'
  if (original.reverses !== undefined) return 'it is a reversal itself'
  const mirror = { ...transaction, kind: '', postings: mirrored(original.postings) }
  return sameContent({ ...transaction, kind: '' }, mirror) ? undefined : 'the postings do not mirror it'
}
