import type { Database } from '../../base/database/index.ts'
import { fail, type Outcome, succeed } from '../../base/problem/index.ts'
import { tooManyAttempts, wrongPassword } from '../problems.ts'
import type { Attempts } from './attempts.ts'
import { deleteExpiredSessions, findAccount, insertSession } from './queries.ts'
import { hashSecret, isPassword, makeSecret } from './secrets.ts'

export const SESSION_HOURS = 24 * 7
const HOUR_MS = 3_600_000

/** Opens a session of an account. @returns its token, which is kept nowhere but with the client */
export async function openSession(
  db: Database,
  { accountId, organisationId }: { accountId: string; organisationId: string },
  now: Date,
): Promise<string> {
  const token = makeSecret('hgs')
  const until = new Date(now.getTime() + SESSION_HOURS * HOUR_MS)
  await deleteExpiredSessions(db, now)
  await insertSession(db, hashSecret(token), { accountId, organisationId, now, until })
  return token
}

/** Checks an e-mail address and a password and opens a session. */
export async function signIn(
  db: Database,
  { email, password }: { email: string; password: string },
  attempts: Attempts,
  now: Date,
): Promise<Outcome<string>> {
  const name = email.toLowerCase()
  const wait = attempts.waitMs(name, now.getTime())
  if (wait > 0) return fail(tooManyAttempts({ seconds: Math.ceil(wait / 1000) }))
  // Counted before the check: many tries at once would else all pass.
  attempts.failed(name, now.getTime())
  const account = await findAccount(db, email)
  if (!(await isPassword(password, account?.passwordHash)) || !account) return fail(wrongPassword({}))
  attempts.succeeded(name)
  return succeed(await openSession(db, { accountId: account.id, organisationId: account.organisationId }, now))
}
