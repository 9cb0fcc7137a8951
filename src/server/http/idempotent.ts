import { createHash } from 'node:crypto'
import { type Database, sql } from '../../base/database/index.ts'
import { fail, type Outcome, succeed } from '../../base/problem/index.ts'
import type { Actor } from '../../guard/index.ts'
import { keyReused, stillAnswering } from '../problems.ts'

/** A request under a key of the client's, by which it is known again. */
export interface KeyedRequest {
  readonly key: string
  readonly hash: Buffer
  readonly who: Pick<Actor, 'organisationId' | 'accountId'>
}

/** A request whose process died before it answered may be tried again after this. */
const ABANDONED_MS = 60_000

export const requestHash = (method: string, path: string, body: string): Buffer =>
  createHash('sha256').update(`${method} ${path}\n${body}`).digest()

interface Known {
  readonly request_hash: Buffer
  readonly status: number | null
  readonly body: string | null
  readonly created_at: Date
}

/** Claims the key. @returns the answer that was given before, or undefined when this request is to be answered now */
export async function claimKey(db: Database, { key, hash, who }: KeyedRequest, now: Date): Promise<Outcome<Response | undefined>> {
  const { numAffectedRows } = await sql`
    insert into guard.idempotent_answer (organisation_id, account_id, key, request_hash, created_at)
    values (${who.organisationId}, ${who.accountId}, ${key}, ${hash}, ${now})
    on conflict (organisation_id, account_id, key) do update set created_at = excluded.created_at
      where idempotent_answer.status is null and idempotent_answer.request_hash = excluded.request_hash
        and idempotent_answer.created_at < ${new Date(now.getTime() - ABANDONED_MS)}`.execute(db)
  if ((numAffectedRows ?? 0n) > 0n) return succeed(undefined)
  const { rows } = await sql<Known>`
    select request_hash, status, body, created_at from guard.idempotent_answer
    where organisation_id = ${who.organisationId} and account_id = ${who.accountId} and key = ${key}`.execute(db)
  const known = rows[0]
  if (!known || known.status === null) return fail(stillAnswering({ found: key }))
  if (!known.request_hash.equals(hash)) return fail(keyReused({ found: key }))
  return succeed(
    new Response(known.body, { status: known.status, headers: { 'content-type': 'application/json', 'idempotency-replayed': 'true' } }),
  )
}

/** Keeps the answer for whoever asks again. */
export async function keepAnswer(db: Database, { key, who }: KeyedRequest, status: number, body: string): Promise<void> {
  await sql`
    update guard.idempotent_answer set status = ${status}, body = ${body}
    where organisation_id = ${who.organisationId} and account_id = ${who.accountId} and key = ${key}`.execute(db)
}

/** Lets go of a key whose request failed, so that it can be tried again. */
export async function releaseKey(db: Database, { key, who }: KeyedRequest): Promise<void> {
  await sql`
    delete from guard.idempotent_answer
    where organisation_id = ${who.organisationId} and account_id = ${who.accountId} and key = ${key} and status is null`.execute(db)
}
