import type { Database } from '../../base/database/index.ts'
import { type Actor, actorOf } from './actor.ts'
import { keyIdentity, sessionIdentity } from './queries.ts'
import { hashSecret } from './secrets.ts'

/** Who holds the secret: a session's token or an API key; undefined when it is neither. */
export async function identify(db: Database, secret: string, now: Date): Promise<Actor | undefined> {
  if (secret.startsWith('hgs_')) {
    const found = await sessionIdentity(db, hashSecret(secret), now)
    return found && actorOf(found, 'session')
  }
  if (!secret.startsWith('hgk_')) return undefined
  const found = await keyIdentity(db, hashSecret(secret), now)
  return found && actorOf(found, 'key', found.scopes)
}
