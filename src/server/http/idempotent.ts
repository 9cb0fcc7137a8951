import { createHash } from 'node:crypto'
import { type Database, sql } from '../../base/database/index.ts'
import type { Problem } from '../../base/problem/index.ts'
import type { Actor } from '../../guard/index.ts'
import { keyReused } from '../problems.ts'

/** A request under a key of the client's, by which it is known again. */
export interface KeyedRequest {
  readonly key: string
  readonly hash: Buffer
  readonly who: Pick<Actor, 'organisationId' | 'accountId'>
  /** Members of the answer that are not kept with it. */
  readonly unkept: readonly string[]
}

export const requestHash = (method: string, path: string, body: string): Buffer =>
  createHash('sha256').update(`${method} ${path}\n${body}`).digest()

/** Takes back what a refused request did, and carries the refusal out of the transaction. */
class Refused extends Error {
  readonly response: Response
  constructor(response: Response) {
    super('refused')
    this.response = response
  }
}

/**
 * Runs a write once under its key: what it does and the answer are kept in one transaction, so that neither a repeated
 * request nor a process that is killed in between does it twice. The same request at the same time waits and gets the same
 * answer. What is refused is taken back and may be mended and sent again.
 */
export async function once(
  db: Database,
  keyed: KeyedRequest,
  now: Date,
  run: (tx: Database) => Promise<Response>,
  refuse: (problem: Problem) => Response,
): Promise<Response> {
  try {
    return await db.transaction().execute(async (tx) => {
      const known = await claimKey(tx, keyed, now)
      if (known) return known.request_hash.equals(keyed.hash) ? replayed(known) : refuse(keyReused({ found: keyed.key }))
      const response = await run(tx)
      if (!response.ok) throw new Refused(response)
      const body = await response.text()
      await keepAnswer(tx, keyed, response.status, without(body, keyed.unkept))
      return new Response(body, { status: response.status, headers: response.headers })
    })
  } catch (error) {
    if (error instanceof Refused) return error.response
    throw error
  }
}

interface KnownAnswer {
  readonly request_hash: Buffer
  readonly status: number
  readonly body: string
}

/** Takes the key for this request; waits while another one has it. @returns the answer that was given under it before */
async function claimKey(tx: Database, { key, hash, who }: KeyedRequest, now: Date): Promise<KnownAnswer | undefined> {
  const { numAffectedRows } = await sql`
    insert into guard.idempotent_answer (organisation_id, account_id, key, request_hash, created_at)
    values (${who.organisationId}, ${who.accountId}, ${key}, ${hash}, ${now})
    on conflict (organisation_id, account_id, key) do nothing`.execute(tx)
  if ((numAffectedRows ?? 0n) > 0n) return undefined
  const { rows } = await sql<KnownAnswer>`
    select request_hash, status, body from guard.idempotent_answer
    where organisation_id = ${who.organisationId} and account_id = ${who.accountId} and key = ${key}`.execute(tx)
  return rows[0]
}

const replayed = ({ status, body }: KnownAnswer): Response =>
  new Response(body, { status, headers: { 'content-type': 'application/json', 'idempotency-replayed': 'true' } })

function without(body: string, members: readonly string[]): string {
  if (members.length === 0) return body
  return JSON.stringify(JSON.parse(body), (name, value: unknown) => (members.includes(name) ? undefined : value))
}

async function keepAnswer(tx: Database, { key, who }: KeyedRequest, status: number, body: string): Promise<void> {
  await sql`
    update guard.idempotent_answer set status = ${status}, body = ${body}
    where organisation_id = ${who.organisationId} and account_id = ${who.accountId} and key = ${key}`.execute(tx)
}
