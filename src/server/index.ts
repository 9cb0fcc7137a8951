/**
 * server: the shell that answers over HTTP.
 *
 *   serve.ts      database ─ migrations ─ jobs ─ routes ─ listen
 *   http/         one door for all routes: who asks, may they, once under a key; problems, OpenAPI, metrics
 *   jobs/         work that outlives a request, held by leases
 *   routes/       builds and jobs, health; the rooms bring their own
 *   raw-folders.ts   what builds may read
 */
export { checkAudit, realServeEffects, serve } from './serve.ts'
