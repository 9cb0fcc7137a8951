import { type Database, sql } from '../../base/database/index.ts'
import type { Role } from './roles.ts'

export interface Account {
  readonly id: string
  readonly email: string
  readonly name: string
  readonly language: 'zh' | 'en'
}

export interface NewAccount extends Account {
  readonly passwordHash: string
  readonly createdAt: Date
}

export const countAccounts = async (db: Database): Promise<bigint> =>
  (await sql<{ n: bigint }>`select count(*) as n from guard.account`.execute(db)).rows[0]?.n ?? 0n

export async function insertAccount(db: Database, { id, email, name, passwordHash, language, createdAt }: NewAccount): Promise<void> {
  await sql`
    insert into guard.account (id, email, name, password_hash, language, created_at)
    values (${id}, ${email}, ${name}, ${passwordHash}, ${language}, ${createdAt})`.execute(db)
}

export async function insertOrganisation(
  db: Database,
  { id, name, isOperator, now }: { id: string; name: string; isOperator: boolean; now: Date },
): Promise<void> {
  const handle = handleOf(name, id)
  await sql`
    insert into guard.organisation (id, name, is_operator, created_at, handle)
    select ${id}::uuid, ${name}, ${isOperator}::boolean, ${now}::timestamptz,
      case when exists (select from guard.organisation where handle = ${handle}) then ${`org-${id}`} else ${handle} end`.execute(db)
}

const SHORT_ID = 8
const MOST_HANDLE = 60

/** A name for addresses: letters and digits of the name where it has them, else of the id. */
function handleOf(name: string, id: string): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MOST_HANDLE)
    .replace(/^-+|-+$/g, '')
  return plain.length > 1 ? plain : `org-${id.slice(0, SHORT_ID)}`
}

export async function insertMembership(db: Database, accountId: string, organisationId: string, role: Role, now: Date): Promise<void> {
  await sql`
    insert into guard.membership (account_id, organisation_id, role, created_at)
    values (${accountId}, ${organisationId}, ${role}, ${now})
    on conflict do nothing`.execute(db)
}

/** The account of an e-mail address with its password's hash and its first organisation. */
export async function findAccount(
  db: Database,
  email: string,
): Promise<{ id: string; passwordHash: string; organisationId: string } | undefined> {
  const { rows } = await sql<{ id: string; passwordHash: string; organisationId: string }>`
    select account.id, account.password_hash as "passwordHash", membership.organisation_id as "organisationId"
    from guard.account join guard.membership on membership.account_id = account.id
    where lower(account.email) = lower(${email})
    order by membership.created_at, membership.organisation_id
    limit 1`.execute(db)
  return rows[0]
}

export async function insertSession(
  db: Database,
  tokenHash: Buffer,
  { accountId, organisationId, now, until }: { accountId: string; organisationId: string; now: Date; until: Date },
): Promise<void> {
  await sql`
    insert into guard.session (token_hash, account_id, organisation_id, created_at, expires_at)
    values (${tokenHash}, ${accountId}, ${organisationId}, ${now}, ${until})`.execute(db)
}

export async function deleteSession(db: Database, tokenHash: Buffer): Promise<void> {
  await sql`delete from guard.session where token_hash = ${tokenHash}`.execute(db)
}

export async function deleteExpiredSessions(db: Database, now: Date): Promise<void> {
  await sql`delete from guard.session where expires_at <= ${now}`.execute(db)
}

export interface Identity {
  readonly accountId: string
  readonly organisationId: string
  readonly roles: readonly Role[]
  /** Is the organisation the one that runs the platform? */
  readonly isOperator: boolean
}

/** Who a session's token belongs to; undefined when it is unknown, over, or the account has no role there any more. */
export async function sessionIdentity(db: Database, tokenHash: Buffer, now: Date): Promise<Identity | undefined> {
  const { rows } = await sql<Identity>`
    select session.account_id as "accountId", session.organisation_id as "organisationId", array_agg(membership.role) as roles,
      bool_or(organisation.is_operator) as "isOperator"
    from guard.session
      join guard.organisation on organisation.id = session.organisation_id
      join guard.membership on membership.account_id = session.account_id and membership.organisation_id = session.organisation_id
    where session.token_hash = ${tokenHash} and session.expires_at > ${now}
    group by session.account_id, session.organisation_id`.execute(db)
  return rows[0]
}

/** Who a key belongs to, with its scopes; undefined when it is unknown, revoked or expired. */
export async function keyIdentity(db: Database, secretHash: Buffer, now: Date): Promise<(Identity & { scopes: string[] }) | undefined> {
  const { rows } = await sql<Identity & { scopes: string[] }>`
    select api_key.account_id as "accountId", api_key.organisation_id as "organisationId", api_key.scopes,
      array_agg(membership.role) as roles, bool_or(organisation.is_operator) as "isOperator"
    from guard.api_key
      join guard.organisation on organisation.id = api_key.organisation_id
      join guard.membership on membership.account_id = api_key.account_id and membership.organisation_id = api_key.organisation_id
    where api_key.secret_hash = ${secretHash} and api_key.revoked_at is null
      and (api_key.expires_at is null or api_key.expires_at > ${now})
    group by api_key.id`.execute(db)
  return rows[0]
}

export async function findProfile(
  db: Database,
  { accountId, organisationId }: Pick<Identity, 'accountId' | 'organisationId'>,
): Promise<(Account & { organisation: string; handle: string; isOperator: boolean }) | undefined> {
  const { rows } = await sql<Account & { organisation: string; handle: string; isOperator: boolean }>`
    select account.id, account.email, account.name, account.language, organisation.name as organisation, organisation.handle,
      organisation.is_operator as "isOperator"
    from guard.account, guard.organisation
    where account.id = ${accountId} and organisation.id = ${organisationId}`.execute(db)
  return rows[0]
}

export interface Member extends Account {
  readonly roles: readonly Role[]
}

export async function listMembers(db: Database, organisationId: string): Promise<Member[]> {
  const { rows } = await sql<Member>`
    select account.id, account.email, account.name, account.language, array_agg(membership.role order by membership.role) as roles
    from guard.membership join guard.account on account.id = membership.account_id
    where membership.organisation_id = ${organisationId}
    group by account.id
    order by lower(account.email)`.execute(db)
  return rows
}

export interface KeyRow {
  readonly id: string
  readonly name: string
  readonly scopes: readonly string[]
  readonly createdAt: Date
  readonly expiresAt: Date | null
  readonly revokedAt: Date | null
}

export async function insertKey(
  db: Database,
  key: Omit<KeyRow, 'revokedAt'> & { accountId: string; organisationId: string; secretHash: Buffer },
): Promise<void> {
  await sql`
    insert into guard.api_key (id, secret_hash, account_id, organisation_id, name, scopes, created_at, expires_at)
    values (${key.id}, ${key.secretHash}, ${key.accountId}, ${key.organisationId}, ${key.name}, ${key.scopes}, ${key.createdAt}, ${key.expiresAt})`.execute(
    db,
  )
}

export async function listKeys(
  db: Database,
  { accountId, organisationId }: Pick<Identity, 'accountId' | 'organisationId'>,
): Promise<KeyRow[]> {
  const { rows } = await sql<KeyRow>`
    select id, name, scopes, created_at as "createdAt", expires_at as "expiresAt", revoked_at as "revokedAt"
    from guard.api_key
    where account_id = ${accountId} and organisation_id = ${organisationId}
    order by created_at, id`.execute(db)
  return rows
}

/** @returns whether there was such a key in force */
export async function revokeKey(
  db: Database,
  id: string,
  { accountId, organisationId }: Pick<Identity, 'accountId' | 'organisationId'>,
  now: Date,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update guard.api_key set revoked_at = ${now}
    where id = ${id} and account_id = ${accountId} and organisation_id = ${organisationId} and revoked_at is null`.execute(db)
  return (numAffectedRows ?? 0n) > 0n
}
