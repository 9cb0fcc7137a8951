import { type Database, sql } from '../../base/database/index.ts'
import type { Progress } from '../../base/effects/index.ts'
import type { Problem } from '../../base/problem/index.ts'

export type JobState = 'queued' | 'running' | 'done' | 'failed'

/** The last that a stage said of itself, and when. */
export interface StageProgress extends Progress {
  readonly atMs: number
  readonly startedMs: number
}

export interface Job {
  readonly id: string
  readonly organisationId: string
  readonly kind: string
  readonly payload: unknown
  readonly state: JobState
  readonly attempts: number
  readonly progress: readonly StageProgress[]
  readonly result: unknown
  readonly problem: Problem | null
  readonly createdAt: Date
  readonly startedAt: Date | null
  readonly endedAt: Date | null
}

const COLUMNS = sql`
  id, organisation_id as "organisationId", kind, payload, state, attempts, progress, result, problem,
  created_at as "createdAt", started_at as "startedAt", ended_at as "endedAt"`

export interface NewJob {
  readonly id: string
  readonly organisationId: string
  readonly accountId: string
  readonly kind: string
  readonly payload: unknown
  readonly now: Date
}

export async function insertJob(db: Database, { id, organisationId, accountId, kind, payload, now }: NewJob): Promise<void> {
  await sql`
    insert into server.job (id, organisation_id, kind, payload, state, created_by, created_at)
    values (${id}, ${organisationId}, ${kind}, ${JSON.stringify(payload)}, 'queued', ${accountId}, ${now})`.execute(db)
}

/** Times that a job is begun before it counts as one that brings its process down. */
export const MOST_ATTEMPTS = 3

/** Takes the oldest job that no one holds, for as long as the lease. Two workers never get the same one. */
export async function claimJob(db: Database, holder: string, now: Date, leaseUntil: Date): Promise<Job | undefined> {
  const { rows } = await sql<Job>`
    update server.job
    set state = 'running', holder = ${holder}, lease_until = ${leaseUntil}, attempts = attempts + 1, started_at = coalesce(started_at, ${now})
    where id = (
      select id from server.job
      where (state = 'queued' or (state = 'running' and lease_until < ${now})) and attempts < ${MOST_ATTEMPTS}
      order by created_at, id
      limit 1
      for update skip locked)
    returning ${COLUMNS}`.execute(db)
  return rows[0]
}

/** Gives up on jobs whose every attempt was lost with its process. */
export async function failLostJobs(db: Database, problem: Problem, now: Date): Promise<void> {
  await sql`
    update server.job set state = 'failed', problem = ${JSON.stringify(problem)}, ended_at = ${now}, holder = null, lease_until = null
    where state = 'running' and lease_until < ${now} and attempts >= ${MOST_ATTEMPTS}`.execute(db)
}

/** Says how far a job is and keeps it. @returns false when another worker has taken it meanwhile */
export async function renewJob(
  db: Database,
  id: string,
  holder: string,
  progress: readonly StageProgress[],
  leaseUntil: Date,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update server.job set lease_until = ${leaseUntil}, progress = ${JSON.stringify(progress)}
    where id = ${id} and holder = ${holder} and state = 'running'`.execute(db)
  return (numAffectedRows ?? 0n) > 0n
}

export interface JobEnd {
  readonly state: 'done' | 'failed'
  readonly progress: readonly StageProgress[]
  readonly result?: unknown
  readonly problem?: Problem
  readonly now: Date
}

export async function endJob(db: Database, id: string, holder: string, { state, progress, result, problem, now }: JobEnd): Promise<void> {
  await sql`
    update server.job
    set state = ${state}, progress = ${JSON.stringify(progress)}, result = ${JSON.stringify(result ?? null)},
      problem = ${problem ? JSON.stringify(problem) : null}, ended_at = ${now}, holder = null, lease_until = null
    where id = ${id} and holder = ${holder} and state = 'running'`.execute(db)
}

/** Puts back what a worker holds when it stops in good order: that attempt does not count. */
export async function putBackJobs(db: Database, holder: string): Promise<void> {
  await sql`
    update server.job set state = 'queued', holder = null, lease_until = null, attempts = attempts - 1
    where holder = ${holder} and state = 'running'`.execute(db)
}

/** Frees what killed processes hold, where no other process can be holding anything. */
export async function freeJobs(db: Database): Promise<void> {
  await sql`update server.job set lease_until = '-infinity' where state = 'running'`.execute(db)
}

export async function readJob(db: Database, organisationId: string, id: string): Promise<Job | undefined> {
  const { rows } = await sql<Job>`select ${COLUMNS} from server.job where id = ${id} and organisation_id = ${organisationId}`.execute(db)
  return rows[0]
}

export interface JobCursor {
  readonly createdAt: string
  readonly id: string
}

/** Newest first, after the cursor. */
export async function listJobs(db: Database, organisationId: string, after: JobCursor | undefined, limit: number): Promise<Job[]> {
  const { rows } = await sql<Job>`
    select ${COLUMNS} from server.job
    where organisation_id = ${organisationId}
      and (${after === undefined} or (created_at, id) < (${after?.createdAt ?? null}::timestamptz, ${after?.id ?? null}::uuid))
    order by created_at desc, id desc
    limit ${limit}`.execute(db)
  return rows
}

export async function countJobs(db: Database): Promise<Map<JobState, number>> {
  const { rows } = await sql<{ state: JobState; n: bigint }>`select state, count(*) as n from server.job group by state`.execute(db)
  return new Map(rows.map(({ state, n }) => [state, Number(n)]))
}
