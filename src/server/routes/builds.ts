import { Readable } from 'node:stream'
import { z } from 'zod'
import type { Database } from '../../base/database/index.ts'
import { fail, succeed } from '../../base/problem/index.ts'
import { defineRoute, type Route } from '../../guard/index.ts'
import { BUILD } from '../jobs/build-job.ts'
import { insertJob, type Job, listJobs, readJob } from '../jobs/queries.ts'
import { jobNotFound, requestInvalid } from '../problems.ts'
import { exampleNames, rawInputs, readableInput } from '../raw-folders.ts'

const MOST_JOBS = 200
/** How often an open page is told of a job's progress. */
const TELL_MS = 500

const words = z.object({ zh: z.string(), en: z.string() })
const job = z.object({
  id: z.uuid(),
  kind: z.string(),
  payload: z.unknown(),
  state: z.enum(['queued', 'running', 'done', 'failed']),
  attempts: z.number().int(),
  progress: z.array(
    z.object({
      stage: z.string(),
      done: z.number(),
      total: z.number(),
      unit: z.enum(['bytes', 'records', 'files', 'tasks']),
      startedMs: z.number(),
      atMs: z.number(),
    }),
  ),
  result: z.unknown(),
  problem: z.object({ code: z.string(), message: words, advice: words }).nullable(),
  createdAt: z.iso.datetime(),
  startedAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
})

const jobWords = ({ organisationId: _owner, ...one }: Job) => ({
  ...one,
  progress: [...one.progress],
  createdAt: one.createdAt.toISOString(),
  startedAt: one.startedAt?.toISOString() ?? null,
  endedAt: one.endedAt?.toISOString() ?? null,
})

/** What builds may read, and who is told that there is a new one. */
export interface BuildDoor {
  readonly rawFolders: readonly string[]
  readonly wake: () => void
}

/** Builds as jobs, and jobs with their progress. */
export const buildRoutes = (door: BuildDoor): Route[] => [...inputRoutes(door), ...jobRoutes()]

function inputRoutes({ rawFolders, wake }: BuildDoor): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/inputs',
      permission: 'builds:write',
      summary: { zh: '可以构建的原始文件夹与示例', en: 'Raw folders and examples that can be built' },
      answer: z.object({
        rawFolders: z.array(z.string()),
        raw: z.array(z.object({ path: z.string(), name: z.string() })),
        examples: z.array(z.string()),
      }),
      run: async () => succeed({ rawFolders: [...rawFolders], raw: rawInputs(rawFolders), examples: exampleNames() }),
    }),
    defineRoute({
      method: 'post',
      path: '/api/builds',
      permission: 'builds:write',
      status: 202,
      summary: { zh: '开始一次构建', en: 'Start a build' },
      body: z.strictObject({
        input: z.union([z.strictObject({ example: z.string() }), z.strictObject({ path: z.string() })]),
        pack: z
          .string()
          .regex(/^[a-z0-9-]+$/)
          .optional(),
        version: z
          .string()
          .regex(/^\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?$/)
          .max(100)
          .optional(),
      }),
      answer: z.object({ job: z.uuid() }),
      run: async ({ body }, { db, now, newId }, { organisationId, accountId }) => {
        const input = readableInput(body.input, rawFolders)
        if (!input.ok) return input
        const id = newId()
        const payload = { input: input.value, pack: body.pack, version: body.version }
        await insertJob(db, { id, organisationId, accountId, kind: BUILD, payload, now })
        wake()
        return succeed({ job: id })
      },
    }),
  ]
}

function jobRoutes(): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/jobs',
      permission: 'jobs:read',
      summary: { zh: '任务，最新在前', en: 'Jobs, newest first' },
      query: z.object({ limit: z.coerce.number().int().min(1).max(MOST_JOBS).default(50), after: z.string().optional() }),
      answer: z.object({ items: z.array(job), next: z.string().nullable() }),
      run: async ({ query }, { db }, { organisationId }) => {
        const after = query.after === undefined ? undefined : readCursor(query.after)
        if (after === null) return fail(requestInvalid({ at: 'GET /api/jobs', field: 'query.after', found: query.after ?? '' }))
        const rows = await listJobs(db, organisationId, after, query.limit)
        const last = rows.length === query.limit ? rows.at(-1) : undefined
        return succeed({ items: rows.map(jobWords), next: last ? cursorOf(last) : null })
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/jobs/{id}',
      permission: 'jobs:read',
      summary: { zh: '一个任务', en: 'A job' },
      params: z.object({ id: z.uuid() }),
      answer: job,
      run: async ({ params }, { db }, { organisationId }) => {
        const found = await readJob(db, organisationId, params.id)
        return found ? succeed(jobWords(found)) : fail(jobNotFound({ found: params.id }))
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/jobs/{id}/events',
      permission: 'jobs:read',
      summary: { zh: '任务进度（Server-Sent Events），直到结束', en: "A job's progress as Server-Sent Events, until its end" },
      params: z.object({ id: z.uuid() }),
      answer: 'text/event-stream',
      run: async ({ params }, { db, signal }, { organisationId }) => {
        if (!(await readJob(db, organisationId, params.id))) return fail(jobNotFound({ found: params.id }))
        return new Response(Readable.toWeb(Readable.from(eventsOf(db, organisationId, params.id, signal))) as ReadableStream, {
          headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' },
        })
      },
    }),
  ]
}

const cursorOf = ({ createdAt, id }: Job): string => Buffer.from(`${createdAt.toISOString()} ${id}`).toString('base64url')

function readCursor(cursor: string): { createdAt: string; id: string } | null {
  const [createdAt = '', id = ''] = Buffer.from(cursor, 'base64url').toString('utf8').split(' ')
  return z.iso.datetime().safeParse(createdAt).success && z.uuid().safeParse(id).success ? { createdAt, id } : null
}

/** The job whenever it changed, until it ends or no one listens. */
async function* eventsOf(db: Database, organisationId: string, id: string, signal: AbortSignal): AsyncGenerator<string> {
  let last = ''
  for (;;) {
    const found = await readJob(db, organisationId, id)
    if (!found || signal.aborted) return
    const isOver = found.state === 'done' || found.state === 'failed'
    const told = JSON.stringify(jobWords(found))
    if (told !== last) yield `event: ${isOver ? 'end' : 'progress'}\ndata: ${told}\n\n`
    if (isOver) return
    last = told
    await new Promise((resolve) => setTimeout(resolve, TELL_MS))
  }
}
