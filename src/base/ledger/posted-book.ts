import { type Database, inTransaction, sql } from '../database/index.ts'
import { fail, type Outcome, succeed } from '../problem/index.ts'
import { compareCodeUnits } from '../record/index.ts'
import { checkTransaction, mirrored, type Posting, sameContent, type Transaction } from './book.ts'
import { isKeepable } from './money.ts'
import { belowFloor, keyReused, postingInvalid, reversalInvalid } from './problems.ts'

/** Money that came from, or went to, somewhere that the ledger does not keep: a bank. Alone it may fall below 0. */
export const WORLD = 'world:'

/** What an account may not fall below: 0, but for the world outside. */
export const floorOf = (account: string): bigint | undefined => (account.startsWith(WORLD) ? undefined : 0n)

interface StoredTransaction {
  readonly id: string
  readonly key: string
  readonly kind: string
  readonly at: Date
  readonly reverses: string | null
}

/** A transaction by a column of its own. */
async function findTransaction(db: Database, by: 'key' | 'id', value: string): Promise<Transaction | undefined> {
  const { rows } = await sql<StoredTransaction>`
    select id, key, kind, at, reverses from ledger.transaction where ${sql.ref(by)} = ${value}`.execute(db)
  const [stored] = rows
  if (!stored) return undefined
  const { rows: postings } = await sql<Posting>`
    select account, currency, minor from ledger.posting where transaction_id = ${stored.id} order by n`.execute(db)
  const { reverses, at, ...rest } = stored
  return { ...rest, at: at.toISOString(), postings, ...(reverses === null ? {} : { reverses }) }
}

/** Locks the accounts in one order, so that two transactions never wait for each other. @returns balances by place */
async function lockAccounts(tx: Database, sums: readonly Posting[]): Promise<Map<string, bigint>> {
  for (const { account, currency } of sums)
    await sql`
      insert into ledger.account (name, currency, balance, floor)
      values (${account}, ${currency}, 0, ${floorOf(account) ?? null}) on conflict do nothing`.execute(tx)
  const held = new Map<string, bigint>()
  for (const { account, currency } of sums) {
    const { rows } = await sql<{ balance: bigint }>`
      select balance from ledger.account where name = ${account} and currency = ${currency} for update`.execute(tx)
    held.set(`${account}\u0000${currency}`, rows[0]?.balance ?? 0n)
  }
  return held
}

function sumsOf(postings: readonly Posting[]): Posting[] {
  const sums = new Map<string, Posting>()
  for (const { account, currency, minor } of postings) {
    const place = `${account}\u0000${currency}`
    sums.set(place, { account, currency, minor: (sums.get(place)?.minor ?? 0n) + minor })
  }
  return [...sums].sort(([a], [b]) => compareCodeUnits(a, b)).map(([, sum]) => sum)
}

/**
 * Enters a transaction in the database by the rules of `openBook`: the same key is the same transaction, sums are 0, no
 * account falls below its floor, a transaction is reversed at most once. A refused one leaves nothing.
 */
export async function postTransaction(db: Database, transaction: Transaction): Promise<Outcome<Transaction>> {
  const checked = checkTransaction(transaction)
  if (!checked.ok) return checked
  return inTransaction(db, async (tx) => {
    const known = await findTransaction(tx, 'key', transaction.key)
    if (known) return sameContent(known, transaction) ? succeed(known) : fail(keyReused({ at: known.id, key: transaction.key }))
    const wrong = transaction.reverses === undefined ? undefined : await wrongReversal(tx, transaction, transaction.reverses)
    if (wrong) return fail(reversalInvalid({ at: transaction.reverses ?? '', found: wrong }))
    const sums = sumsOf(transaction.postings)
    const refused = refusalOf(transaction.id, sums, await lockAccounts(tx, sums))
    if (refused) return refused
    await enter(tx, transaction, sums)
    return succeed(transaction)
  })
}

/** Why accounts cannot take these changes, from what they hold. */
function refusalOf(at: string, sums: readonly Posting[], held: ReadonlyMap<string, bigint>): Outcome<never> | undefined {
  for (const { account, currency, minor } of sums) {
    const after = (held.get(`${account}\u0000${currency}`) ?? 0n) + minor
    const floor = floorOf(account)
    if (!isKeepable(after)) return fail(postingInvalid({ at, found: `${account} would hold ${after}` }))
    if (floor !== undefined && after < floor) return fail(belowFloor({ at, account, found: after.toString(), floor: floor.toString() }))
  }
  return undefined
}

async function enter(tx: Database, { id, key, kind, at, reverses, postings }: Transaction, sums: readonly Posting[]): Promise<void> {
  await sql`
    insert into ledger.transaction (id, key, kind, at, reverses) values (${id}, ${key}, ${kind}, ${at}, ${reverses ?? null})`.execute(tx)
  for (const { account, currency, minor } of sums)
    await sql`update ledger.account set balance = balance + ${minor} where name = ${account} and currency = ${currency}`.execute(tx)
  for (const [n, { account, currency, minor }] of postings.entries())
    await sql`
      insert into ledger.posting (transaction_id, n, account, currency, minor)
      values (${id}, ${n}, ${account}, ${currency}, ${minor})`.execute(tx)
}

async function wrongReversal(tx: Database, transaction: Transaction, reverses: string): Promise<string | undefined> {
  const original = await findTransaction(tx, 'id', reverses)
  if (!original) return 'there is no such transaction'
  if (original.reverses !== undefined) return 'it is a reversal itself'
  const { rows } = await sql`select from ledger.transaction where reverses = ${reverses}`.execute(tx)
  if (rows.length > 0) return 'it was reversed before'
  const mirror = { ...original, kind: transaction.kind, reverses, postings: mirrored(original.postings) }
  return sameContent(transaction, mirror) ? undefined : 'the postings do not mirror it'
}

/** Takes a transaction back. */
export async function reverseTransaction(
  db: Database,
  id: string,
  entry: Pick<Transaction, 'id' | 'key' | 'kind' | 'at'>,
): Promise<Outcome<Transaction>> {
  const original = await findTransaction(db, 'id', id)
  if (!original) return fail(reversalInvalid({ at: id, found: 'there is no such transaction' }))
  return postTransaction(db, { ...entry, reverses: id, postings: mirrored(original.postings) })
}

export const balanceOf = async (db: Database, account: string, currency: string): Promise<bigint> =>
  (await sql<{ balance: bigint }>`select balance from ledger.account where name = ${account} and currency = ${currency}`.execute(db))
    .rows[0]?.balance ?? 0n

/** What does not agree: accounts whose balance is not the sum of their postings, and currencies that do not sum to 0. */
export async function auditBook(db: Database): Promise<string[]> {
  const { rows: accounts } = await sql<{ name: string; currency: string; balance: bigint; sum: bigint }>`
    select account.name, account.currency, account.balance, coalesce(sum(posting.minor), 0)::bigint as sum
    from ledger.account left join ledger.posting on posting.account = account.name and posting.currency = account.currency
    group by account.name, account.currency
    having account.balance <> coalesce(sum(posting.minor), 0)`.execute(db)
  const { rows: currencies } = await sql<{ currency: string; sum: bigint }>`
    select currency, sum(balance)::bigint as sum from ledger.account group by currency having sum(balance) <> 0`.execute(db)
  return [
    ...accounts.map(({ name, currency, balance, sum }) => `${name}: ${balance} ${currency} kept, ${sum} posted`),
    ...currencies.map(({ currency, sum }) => `all accounts: ${sum} ${currency}`),
  ]
}
