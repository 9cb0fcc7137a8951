import type { Identity } from './queries.ts'
import { type Permission, permissionsOf, type Role } from './roles.ts'

/** Who asks: an account within one organisation, by a session or a key. */
export interface Actor {
  readonly accountId: string
  readonly organisationId: string
  readonly roles: readonly Role[]
  /** What this session or key may do: a key never more than its scopes, nor than its account. */
  readonly permissions: ReadonlySet<Permission>
  readonly by: 'session' | 'key'
}

/** @param scopes of a key; undefined for a session */
export function actorOf({ accountId, organisationId, roles, isOperator }: Identity, by: Actor['by'], scopes?: readonly string[]): Actor {
  const granted = permissionsOf(roles, isOperator)
  const permissions = new Set(scopes === undefined ? granted : granted.filter((one) => scopes.includes(one)))
  return { accountId, organisationId, roles, permissions, by }
}
