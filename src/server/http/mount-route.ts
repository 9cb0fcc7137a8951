import type { Context, Hono } from 'hono'
import type { z } from 'zod'
import type { Database } from '../../base/database/index.ts'
import { fail, type Outcome, succeed } from '../../base/problem/index.ts'
import {
  type Actor,
  type Asked,
  type AuditEntry,
  type AuditLog,
  forbidden,
  identify,
  PERMISSIONS,
  type Route,
  type RouteEffects,
  unauthenticated,
} from '../../guard/index.ts'
import { secretOf } from '../../guard/routes.ts'
import { originForeign, requestInvalid } from '../problems.ts'
import { answerProblem, statusOf } from './answer-problem.ts'
import { type KeyedRequest, once, requestHash } from './idempotent.ts'

/** Who the server is to a request. */
export interface Mounting {
  readonly db: Database
  readonly audit: Pick<AuditLog, 'append'>
  readonly clock: () => number
  readonly newId: () => string
}

/** What the log and the metrics are told of a request. */
export interface RequestFacts {
  readonly requestId: string
  route: string
  organisationId?: string
}

export type Environment = { Variables: { facts: RequestFacts } }

const MAX_KEY_CHARACTERS = 200

/** Puts a route in its place. Throws when it names no permission: such a server does not start. */
export function mountRoute(app: Hono<Environment>, route: Route, mounting: Mounting): void {
  if (route.permission !== 'public' && !PERMISSIONS.includes(route.permission))
    throw new Error(`${route.method} ${route.path}: a route needs a permission, or "public"`)
  app.on(route.method.toUpperCase(), route.path.replace(/\{(\w+)\*\}/g, ':$1{.+}').replace(/\{(\w+)\}/g, ':$1'), (context) =>
    answer(context, route, mounting),
  )
}

/** authenticate ─ authorise ─ parse ─ once under a key ─ run ─ answer */
async function answer(context: Context<Environment>, route: Route, mounting: Mounting): Promise<Response> {
  const facts = context.get('facts')
  facts.route = route.path
  const request = context.req.raw
  const now = new Date(mounting.clock())
  const refuse = (problem: Parameters<typeof answerProblem>[0]): Response =>
    route.refuse?.(problem, statusOf(problem)) ?? answerProblem(problem, facts.requestId)
  const actor = await admit(request, route, mounting.db, now)
  if (!actor.ok) return refuse(actor.problem)
  if (actor.value) facts.organisationId = actor.value.organisationId
  const text = route.body ? await request.text() : ''
  const asked = parseRequest(context, route, text)
  if (!asked.ok) return refuse(asked.problem)
  const run = async (db: Database): Promise<Response> => {
    const effects: RouteEffects = { db, now, newId: mounting.newId, signal: request.signal }
    const result =
      route.permission === 'public' ? await route.run(asked.value, effects) : await route.run(asked.value, effects, actor.value as Actor)
    if (result instanceof Response) return result
    return result.ok ? Response.json(result.value, { status: route.status ?? 200 }) : refuse(result.problem)
  }
  const keyed = keyedRequest(request, route, text, actor.value)
  const answered = (): Promise<Response> => (keyed ? once(mounting.db, keyed, now, run, refuse) : run(mounting.db))
  return route.method === 'get' || route.isReading
    ? answered()
    : audited(mounting, { ...actOf(route, asked.value), request: facts.requestId }, actor.value, answered)
}

/** What a write is about, by the names in its path. */
const actOf = (route: Route, { params }: Asked<unknown, unknown, unknown>): Pick<AuditEntry, 'act' | 'subject'> => ({
  act: `${route.method.toUpperCase()} ${route.path}`,
  subject: params as Readonly<Record<string, string>> | undefined,
})

/** Enters a write before it is done, so that nothing is done unseen, and again with what came of it. */
async function audited(
  { audit, clock }: Mounting,
  act: Pick<AuditEntry, 'act' | 'subject' | 'request'>,
  actor: Actor | undefined,
  run: () => Promise<Response>,
): Promise<Response> {
  const entry = { ...act, organisation: actor?.organisationId, account: actor?.accountId }
  await audit.append({ ...entry, at: new Date(clock()).toISOString() })
  const response = await run()
  await audit.append({ ...entry, at: new Date(clock()).toISOString(), status: response.status })
  return response
}

/** The actor whom the route lets in; undefined where it lets in everyone. */
async function admit(request: Request, route: Route, db: Database, now: Date): Promise<Outcome<Actor | undefined>> {
  if (route.permission === 'public') return succeed(undefined)
  const at = `${route.method.toUpperCase()} ${route.path}`
  const secret = secretOf(request.headers)
  const actor = secret ? await identify(db, secret, now) : undefined
  if (!actor) return fail(unauthenticated({ at }))
  if (!actor.permissions.has(route.permission)) return fail(forbidden({ at, expected: route.permission }))
  // A cookie is sent by the browser, whoever asks it to: only our own pages may write with it.
  const site = request.headers.get('sec-fetch-site')
  const isForeign = site !== null && site !== 'same-origin' && site !== 'none'
  if (route.method !== 'get' && !route.isReading && isForeign && !request.headers.has('authorization'))
    return fail(originForeign({ found: site }))
  return succeed(actor)
}

function parseRequest(context: Context<Environment>, route: Route, text: string): Outcome<Asked<unknown, unknown, unknown>> {
  const at = `${route.method.toUpperCase()} ${route.path}`
  const parts: Record<string, unknown> = {}
  for (const [name, type, given] of [
    ['params', route.params, () => context.req.param()],
    ['query', route.query, () => context.req.query()],
    ['body', route.body, () => (route.bodyType === 'form' ? formOf(text) : JSON.parse(text))],
  ] as const) {
    const parsed = parsePart(type, given)
    if (!parsed.ok) return fail(requestInvalid({ at, field: [name, ...parsed.path].join('.'), found: parsed.found }))
    parts[name] = parsed.value
  }
  const { raw } = context.req
  return succeed({
    params: parts['params'],
    query: parts['query'],
    body: parts['body'],
    headers: raw.headers,
    url: addressOf(raw),
    isHead: raw.method === 'HEAD',
  })
}

/** The address as the client wrote it: behind a proxy with TLS the scheme is the proxy's. */
function addressOf({ url, headers }: Request): URL {
  const address = new URL(url)
  if (headers.get('x-forwarded-proto') === 'https') address.protocol = 'https:'
  return address
}

/** A form's values by name, each a list. */
function formOf(text: string): Record<string, string[]> {
  const form = new URLSearchParams(text)
  return Object.fromEntries([...new Set(form.keys())].map((name) => [name, form.getAll(name)]))
}

type ParsedPart = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly path: string[]; readonly found: string }

function parsePart(type: z.ZodType | undefined, given: () => unknown): ParsedPart {
  if (!type) return { ok: true, value: undefined }
  let value: unknown
  try {
    value = given()
  } catch {
    return { ok: false, path: [], found: 'not JSON' }
  }
  const parsed = type.safeParse(value)
  if (parsed.success) return { ok: true, value: parsed.data }
  const [issue] = parsed.error.issues
  return { ok: false, path: (issue?.path ?? []).map(String), found: issue?.message ?? 'invalid' }
}

function keyedRequest(request: Request, route: Route, text: string, who: Actor | undefined): KeyedRequest | undefined {
  const key = request.headers.get('idempotency-key')
  if (!key || !who || route.method === 'get') return undefined
  return {
    key: key.slice(0, MAX_KEY_CHARACTERS),
    hash: requestHash(route.method, new URL(request.url).pathname, text),
    who,
    unkept: route.unkept ?? [],
  }
}
