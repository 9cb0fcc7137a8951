import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { databaseUnreachable, isConnectionLost } from '../../base/database/index.ts'
import { problemOf } from '../../base/problem/index.ts'
import type { Route } from '../../guard/index.ts'
import { internalError, requestInvalid, routeUnknown } from '../problems.ts'
import { answerProblem } from './answer-problem.ts'
import { consoleFiles } from './console-files.ts'
import { type Environment, type Mounting, mountRoute } from './mount-route.ts'

/** Of requests that carry JSON; files come by other ways. */
const MAX_BODY_BYTES = 4 * 1024 * 1024

/** What happened to a request, for log and metrics. */
export interface Served {
  readonly requestId: string
  readonly method: string
  /** The route's pattern, so that ids do not multiply the series. */
  readonly route: string
  readonly status: number
  readonly seconds: number
  readonly organisationId?: string
  readonly error?: unknown
}

/** Of every answer that does not say otherwise: our own scripts only, in no one's frame. */
const SECURE_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; frame-ancestors 'none'; object-src 'none'; base-uri 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
}

/** The HTTP application: every route behind the same door. */
export function createApp(routes: readonly Route[], mounting: Mounting, served: (facts: Served) => void): Hono<Environment> {
  const app = new Hono<Environment>()
  app.use(async (context, next) => {
    await next()
    for (const [name, value] of Object.entries(SECURE_HEADERS)) if (!context.res.headers.has(name)) context.header(name, value)
  })
  const errors = new WeakMap<Request, unknown>()
  app.use(async (context, next) => {
    const started = mounting.clock()
    const facts = { requestId: mounting.newId(), route: 'unknown' }
    context.set('facts', facts)
    await next()
    context.header('x-request-id', facts.requestId)
    served({
      ...context.get('facts'),
      method: context.req.method,
      status: context.res.status,
      seconds: (mounting.clock() - started) / 1000,
      error: errors.get(context.req.raw),
    })
  })
  app.use(
    bodyLimit({
      maxSize: MAX_BODY_BYTES,
      onError: (context) =>
        answerProblem(
          requestInvalid({ at: context.req.path, field: 'body', found: `over ${MAX_BODY_BYTES} bytes` }),
          context.get('facts').requestId,
        ),
    }),
  )
  for (const route of routes) mountRoute(app, route, mounting)
  const ofConsole = consoleFiles()
  app.notFound(
    (context) =>
      ofConsole(context.req.raw) ??
      answerProblem(routeUnknown({ at: `${context.req.method} ${context.req.path}` }), context.get('facts').requestId),
  )
  app.onError((error, context) => {
    const { requestId } = context.get('facts')
    errors.set(context.req.raw, error)
    if (isConnectionLost(error)) return answerProblem(databaseUnreachable({ at: 'PostgreSQL', found: error.message }), requestId)
    return answerProblem(problemOf(error) ?? internalError({ id: requestId }), requestId)
  })
  return app
}
