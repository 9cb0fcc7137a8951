/**
 * guard: who may do what, and what every door asks first.
 *
 *   access/roles.ts     the one table of roles and permissions; what is not in it is refused
 *   access/identify.ts  a session's token or a key → Actor; sign-in.ts, secrets.ts, attempts.ts
 *   audit/audit-log.ts  every write in an append-only Merkle log, checkpoints signed outside of the database; verify-audit.ts
 *   route.ts            the contract of a route: no permission, no route
 *   routes.ts           accounts, sessions, members, keys
 */
export type { Actor } from './access/actor.ts'
export { identify } from './access/identify.ts'
export { PERMISSIONS } from './access/roles.ts'
export { type AuditEntry, type AuditLog, openAuditLog } from './audit/audit-log.ts'
export { type AuditVerification, verifyAudit } from './audit/verify-audit.ts'
export { forbidden, unauthenticated } from './problems.ts'
export * from './route.ts'
