import type { z } from 'zod'
import type { Database } from '../../base/database/index.ts'
import type { Progress } from '../../base/effects/index.ts'
import type { Outcome } from '../../base/problem/index.ts'
import type { Job } from './queries.ts'

/** What a job may use while it runs. */
export interface JobEffects {
  readonly db: Database
  readonly clock: () => number
  readonly newId: () => string
  readonly report: (progress: Progress) => void
}

/** A kind of work that outlives a request. It may be run again from the start at any time: after a crash it is. */
export interface JobKind {
  readonly kind: string
  readonly payload: z.ZodType
  readonly run: (payload: unknown, job: Job, effects: JobEffects) => Promise<Outcome<unknown>>
}

export const defineJob = <P extends z.ZodType>(definition: {
  readonly kind: string
  readonly payload: P
  readonly run: (payload: z.output<P>, job: Job, effects: JobEffects) => Promise<Outcome<unknown>>
}): JobKind => definition as unknown as JobKind
