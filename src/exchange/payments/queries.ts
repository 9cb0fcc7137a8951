import { type Database, sql } from '../../base/database/index.ts'

export interface Payment {
  readonly id: string
  readonly organisationId: string
  readonly organisation: string
  readonly currency: string
  readonly minor: bigint
  readonly reference: string
  readonly state: 'announced' | 'confirmed' | 'refused'
  readonly announcedAt: Date
  readonly settledAt: Date | null
  readonly note: string | null
}

export async function insertPayment(
  db: Database,
  one: Pick<Payment, 'id' | 'organisationId' | 'currency' | 'minor' | 'reference' | 'announcedAt'> & { readonly accountId: string },
): Promise<void> {
  await sql`
    insert into exchange.payment (id, organisation_id, currency, minor, reference, state, announced_by, announced_at)
    values (${one.id}, ${one.organisationId}, ${one.currency}, ${one.minor}, ${one.reference}, 'announced', ${one.accountId}, ${one.announcedAt})`.execute(
    db,
  )
}

const PAYMENT = sql`
  select payment.id, payment.organisation_id as "organisationId", organisation.name as organisation, payment.currency, payment.minor,
    payment.reference, payment.state, payment.announced_at as "announcedAt", payment.settled_at as "settledAt", payment.note
  from exchange.payment join guard.organisation on organisation.id = payment.organisation_id`

/** Of an organisation, or all; newest first. */
export async function listPayments(db: Database, organisationId: string | undefined): Promise<Payment[]> {
  const { rows } = await sql<Payment>`
    ${PAYMENT} where ${organisationId === undefined} or payment.organisation_id = ${organisationId ?? null}::uuid
    order by payment.announced_at desc, payment.id limit 500`.execute(db)
  return rows
}

/** Ends a payment that waits; only one of two at once does. */
export async function settlePayment(
  tx: Database,
  id: string,
  {
    state,
    by,
    at,
    note,
    transactionId,
  }: { state: 'confirmed' | 'refused'; by: string; at: Date; note: string | null; transactionId: string | null },
): Promise<void> {
  await sql`
    update exchange.payment
    set state = ${state}, settled_by = ${by}, settled_at = ${at}, note = ${note}, transaction_id = ${transactionId}
    where id = ${id} and state = 'announced'`.execute(tx)
}

/** Locks a payment that waits. */
export async function waitingPayment(tx: Database, id: string): Promise<Payment | undefined> {
  const { rows } = await sql<Payment>`${PAYMENT} where payment.id = ${id} and payment.state = 'announced' for update of payment`.execute(tx)
  return rows[0]
}

export interface Balance {
  readonly account: string
  readonly currency: string
  readonly balance: bigint
}

/** Accounts whose names end so. */
export async function balancesOf(db: Database, accounts: readonly string[]): Promise<Balance[]> {
  const { rows } = await sql<Balance>`
    select name as account, currency, balance from ledger.account where name = any(${[...accounts]}) order by name, currency`.execute(db)
  return rows
}

export interface PostedLine {
  readonly transactionId: string
  readonly kind: string
  readonly at: Date
  readonly account: string
  readonly currency: string
  readonly minor: bigint
}

/** Postings on some accounts, newest first. */
export async function postingsOn(
  db: Database,
  accounts: readonly string[],
  { from, until, limit }: { from: Date | undefined; until: Date | undefined; limit: number },
): Promise<PostedLine[]> {
  const { rows } = await sql<PostedLine>`
    select transaction.id as "transactionId", transaction.kind, transaction.at, posting.account, posting.currency, posting.minor
    from ledger.posting join ledger.transaction on transaction.id = posting.transaction_id
    where posting.account = any(${[...accounts]})
      and (${from === undefined} or transaction.at >= ${from ?? null}::timestamptz)
      and (${until === undefined} or transaction.at < ${until ?? null}::timestamptz)
    order by transaction.at desc, transaction.id, posting.n limit ${limit}`.execute(db)
  return rows
}

/** All postings of a transaction that touches one of these accounts. */
export async function transactionLines(db: Database, id: string, accounts: readonly string[]): Promise<PostedLine[]> {
  const { rows } = await sql<PostedLine>`
    select transaction.id as "transactionId", transaction.kind, transaction.at, posting.account, posting.currency, posting.minor
    from ledger.posting join ledger.transaction on transaction.id = posting.transaction_id
    where transaction.id = ${id} and exists (
      select from ledger.posting as own where own.transaction_id = ${id} and own.account = any(${[...accounts]}))
    order by posting.n`.execute(db)
  return rows
}
