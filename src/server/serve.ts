import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import type { Server } from 'node:http'
import { join } from 'node:path'
import { serve as listen } from '@hono/node-server'
import { type Database, migrate, openDatabase, startPostgres } from '../base/database/index.ts'
import { fail, type Outcome, succeed } from '../base/problem/index.ts'
import { datasetRoutes } from '../catalog/routes.ts'
import { exchangeKeys } from '../exchange/index.ts'
import { type Enqueue, exchangeRoutes } from '../exchange/routes.ts'
import { type AuditLog, type AuditVerification, openAuditLog, type Route, verifyAudit } from '../guard/index.ts'
import { accessRoutes } from '../guard/routes.ts'
import { SOFTWARE } from '../software.ts'
import { createApp, type Served } from './http/app.ts'
import { createMetrics } from './http/metrics.ts'
import { openApiOf } from './http/openapi.ts'
import { buildJob } from './jobs/build-job.ts'
import { measureJob } from './jobs/measure-job.ts'
import { freeJobs, insertJob } from './jobs/queries.ts'
import { type JobRunner, runJobs } from './jobs/run-jobs.ts'
import { addressTaken } from './problems.ts'
import { buildRoutes } from './routes/builds.ts'
import { systemRoutes } from './routes/system.ts'

interface ServeOptions {
  /** Folder of everything that the server keeps. */
  readonly home: string
  readonly host: string
  /** 0 for any free one. */
  readonly port: number
  /** A PostgreSQL of one's own; the embedded one where it is undefined. */
  readonly databaseUrl?: string | undefined
  /** Folders whose raw files may be built from, besides `raw` in the home. */
  readonly rawFolders: readonly string[]
}

export interface ServeEffects {
  readonly clock: () => number
  readonly newId: () => string
  /** One structured line. */
  readonly log: (message: string, facts: Readonly<Record<string, unknown>>) => void
}

export const realServeEffects: ServeEffects = { clock: () => Date.now(), newId: () => randomUUID(), log: () => {} }

/** A server that answers. */
interface RunningServer {
  readonly url: string
  /** Lets requests in progress end, puts back jobs, stops the database. */
  readonly stop: () => Promise<void>
}

const STOP_TIMEOUT_MS = 10_000

/**
 * Opens the server:
 *
 *   database ─ migrations ─ jobs ─ audit ─ routes ─ listen
 */
export async function serve(options: ServeOptions, effects: ServeEffects = realServeEffects): Promise<Outcome<RunningServer>> {
  mkdirSync(join(options.home, 'raw'), { recursive: true })
  // 1. The database: a given one, or our own.
  const database = await openOwnOrGiven(options)
  if (!database.ok) return database
  const { db, close } = database.value
  try {
    const migrated = await migrate(db, new Date(effects.clock()))
    if (!migrated.ok) {
      await close()
      return migrated
    }
    // 2. Jobs that a former process left go on; our own database had no other process.
    if (options.databaseUrl === undefined) await freeJobs(db)
    const jobs = runJobs({ db, kinds: [buildJob(options.home), measureJob()], ...effects })
    // 3. What was done so far must be what was signed; from here on every write is entered.
    const audit = await openAudit(db, options.home, effects)
    // 4. All routes behind one door, and the page that lists them.
    const metrics = createMetrics(db)
    const app = createApp(await routesOf(options, jobs, metrics, effects), { db, audit, ...effects }, (facts) => {
      metrics.served(facts)
      logRequest(effects, facts)
    })
    // 5. Listen.
    const listening = await listenOn(app.fetch, options)
    if (!listening.ok) {
      await jobs.stop()
      await audit.stop()
      await close()
      return listening
    }
    const { server, port } = listening.value
    const stop = async (): Promise<void> => {
      await Promise.all([closeServer(server), jobs.stop()])
      await audit.stop()
      await close()
    }
    return succeed({ url: `http://${options.host.includes(':') ? `[${options.host}]` : options.host}:${port}`, stop })
  } catch (error) {
    await close()
    throw error
  }
}

/** How long a write may stand in the log before a checkpoint covers it. */
const CHECKPOINT_MS = 1_000

/** The audit log with its checkpoints. Where the entries are not those that were signed, it says so and signs nothing more. */
async function openAudit(
  db: Database,
  home: string,
  { newId, log }: ServeEffects,
): Promise<Pick<AuditLog, 'append'> & { readonly stop: () => Promise<void> }> {
  const before = await verifyAudit(db, home)
  if (!before.holds) log('audit log does not hold: see highgrade audit verify', { error: before.fault?.en })
  const audit = await openAuditLog(db, home, newId())
  const sign = async (): Promise<void> => {
    if (before.holds) await audit.checkpoint()
  }
  const timer = setInterval(() => {
    sign().catch((error: unknown) => log('audit: no checkpoint', { error: String(error) }))
  }, CHECKPOINT_MS)
  timer.unref()
  return {
    append: audit.append,
    stop: async () => {
      clearInterval(timer)
      await sign()
    },
  }
}

async function openOwnOrGiven({
  home,
  databaseUrl,
}: Pick<ServeOptions, 'home' | 'databaseUrl'>): Promise<Outcome<{ db: Database; close: () => Promise<void> }>> {
  if (databaseUrl !== undefined) {
    const db = openDatabase(databaseUrl)
    return succeed({ db, close: () => db.destroy() })
  }
  const own = await startPostgres(home)
  if (!own.ok) return own
  const db = openDatabase(own.value.url)
  return succeed({
    db,
    close: async () => {
      await db.destroy()
      await own.value.stop()
    },
  })
}

async function routesOf(
  { home, rawFolders }: ServeOptions,
  jobs: JobRunner,
  metrics: ReturnType<typeof createMetrics>,
  { newId, clock }: ServeEffects,
): Promise<Route[]> {
  const enqueue: Enqueue = async (db, job) => {
    const id = newId()
    await insertJob(db, { ...job, id, now: new Date(clock()) })
    jobs.wake()
    return id
  }
  const version = SOFTWARE.split(' ')[1] ?? ''
  const routes = [
    ...systemRoutes(metrics, version),
    ...accessRoutes(),
    ...buildRoutes({ rawFolders: [join(home, 'raw'), ...rawFolders], wake: jobs.wake }),
    ...datasetRoutes(),
    ...(await exchangeRoutes(enqueue, await exchangeKeys(home))),
  ]
  return [...routes, openApiRoute(routes, version)]
}

function openApiRoute(routes: readonly Route[], version: string): Route {
  const document = openApiOf(routes, version)
  return {
    method: 'get',
    path: '/openapi.json',
    permission: 'public',
    summary: { zh: '全部操作的说明', en: 'All operations' },
    answer: 'application/json',
    run: async () => Response.json(document),
  }
}

function logRequest({ log }: ServeEffects, { error, ...facts }: Served): void {
  log('request', { ...facts, ...(error === undefined ? {} : { error: error instanceof Error ? error.stack : String(error) }) })
}

function listenOn(
  fetch: (request: Request) => Response | Promise<Response>,
  { host, port }: ServeOptions,
): Promise<Outcome<{ server: Server; port: number }>> {
  return new Promise((resolve) => {
    const server = listen({ fetch, hostname: host, port }, (address) => resolve(succeed({ server, port: address.port }))) as Server
    server.once('error', (error: NodeJS.ErrnoException) =>
      resolve(fail(addressTaken({ at: `${host}:${port}`, found: error.code ?? error.message }))),
    )
  })
}

/** Answers what was asked; connections that only wait are closed, and after ten seconds all others. */
function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const impatience = setTimeout(() => server.closeAllConnections(), STOP_TIMEOUT_MS)
    server.close(() => {
      clearTimeout(impatience)
      resolve()
    })
    server.closeIdleConnections()
  })
}

/** Holds the audit log of a home against its checkpoints; no server may be running on it unless it has a database of its own. */
export async function checkAudit(options: Pick<ServeOptions, 'home' | 'databaseUrl'>): Promise<Outcome<AuditVerification>> {
  const database = await openOwnOrGiven(options)
  if (!database.ok) return database
  try {
    return succeed(await verifyAudit(database.value.db, options.home))
  } finally {
    await database.value.close()
  }
}
