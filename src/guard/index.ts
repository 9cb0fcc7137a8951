/**
 * guard: who may do what, and what every door asks first.
 *
 *   access/roles.ts     the one table of roles and permissions; what is not in it is refused
 *   access/identify.ts  a session's token or a key → Actor; sign-in.ts, secrets.ts, attempts.ts
 *   route.ts            the contract of a route: no permission, no route
 *   routes.ts           accounts, sessions, members, keys
 */
export type { Actor } from './access/actor.ts'
export { identify } from './access/identify.ts'
export { PERMISSIONS } from './access/roles.ts'
export { forbidden, unauthenticated } from './problems.ts'
export * from './route.ts'
