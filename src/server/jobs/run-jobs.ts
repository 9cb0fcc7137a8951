import type { Database } from '../../base/database/index.ts'
import type { Progress } from '../../base/effects/index.ts'
import { fail, type Outcome, problemOf } from '../../base/problem/index.ts'
import { internalError, jobLost } from '../problems.ts'
import type { JobKind } from './job-kind.ts'
import { claimJob, endJob, failLostJobs, type Job, MOST_ATTEMPTS, putBackJobs, renewJob, type StageProgress } from './queries.ts'

/** A killed process's job is taken up by another after this at the latest. */
const LEASE_MS = 15_000
const RENEW_MS = 500
const IDLE_MS = 1_000

export interface JobRunner {
  /** Look for work now: something was put in. */
  readonly wake: () => void
  /** Takes no more work and puts back what is running: whoever takes it next goes on from what it left. */
  readonly stop: () => Promise<void>
}

export interface RunnerOptions {
  readonly db: Database
  readonly kinds: readonly JobKind[]
  readonly clock: () => number
  readonly newId: () => string
  readonly log: (message: string, facts: Readonly<Record<string, unknown>>) => void
}

/** Works off jobs one at a time: a build uses all cores by itself. */
export function runJobs(options: RunnerOptions): JobRunner {
  const { db, clock, newId, log } = options
  const holder = newId()
  let isStopping = false
  let wakeUp = (): void => {}
  const idle = (): Promise<void> =>
    new Promise((resolve) => {
      wakeUp = resolve
      setTimeout(resolve, IDLE_MS)
    })
  const loop = async (): Promise<void> => {
    while (!isStopping) {
      try {
        const job = await nextJob(db, holder, clock)
        if (job) await runJob(job, holder, options, () => isStopping)
        else await idle()
      } catch (error) {
        // The database is away: what runs is known by its lease, so wait and look again.
        log('jobs: database away', { error: String(error) })
        await new Promise((resolve) => setTimeout(resolve, IDLE_MS))
      }
    }
  }
  void loop()
  return {
    wake: () => wakeUp(),
    stop: async () => {
      isStopping = true
      wakeUp()
      await putBackJobs(db, holder)
    },
  }
}

async function nextJob(db: Database, holder: string, clock: () => number): Promise<Job | undefined> {
  const now = new Date(clock())
  await failLostJobs(db, jobLost({ attempts: MOST_ATTEMPTS }), now)
  return claimJob(db, holder, now, new Date(now.getTime() + LEASE_MS))
}

async function runJob(job: Job, holder: string, { db, kinds, clock, newId, log }: RunnerOptions, isStopping: () => boolean): Promise<void> {
  const stages = new Map<string, StageProgress>()
  const report = (progress: Progress): void => {
    const atMs = clock()
    stages.set(progress.stage, { ...progress, atMs, startedMs: stages.get(progress.stage)?.startedMs ?? atMs })
  }
  const renewal = setInterval(() => {
    renewJob(db, job.id, holder, [...stages.values()], new Date(clock() + LEASE_MS)).catch((error: unknown) =>
      log('jobs: lease not renewed', { job: job.id, error: String(error) }),
    )
  }, RENEW_MS)
  try {
    const outcome = await outcomeOf(job, kinds, { db, clock, newId, report }, log)
    // A build that was cut off by our own stopping has no end to tell of.
    if (isStopping()) return
    const end = { progress: [...stages.values()], now: new Date(clock()) }
    await endJob(
      db,
      job.id,
      holder,
      outcome.ok ? { ...end, state: 'done', result: outcome.value } : { ...end, state: 'failed', problem: outcome.problem },
    )
  } finally {
    clearInterval(renewal)
  }
}

async function outcomeOf(
  job: Job,
  kinds: readonly JobKind[],
  effects: Parameters<JobKind['run']>[2],
  log: RunnerOptions['log'],
): Promise<Outcome<unknown>> {
  const kind = kinds.find((one) => one.kind === job.kind)
  try {
    if (!kind) throw new Error(`no kind of job is named ${job.kind}`)
    return await kind.run(kind.payload.parse(job.payload), job, effects)
  } catch (error) {
    log('jobs: failed', { job: job.id, error: error instanceof Error ? error.stack : String(error) })
    return fail(problemOf(error) ?? internalError({ id: job.id }))
  }
}
