/** One step of progress: what is done of what, in the stage's own unit. */
export interface Progress {
  readonly stage: string
  readonly done: number
  readonly total: number
  readonly unit: 'bytes' | 'records' | 'files' | 'tasks'
}

/** What the flow may do to the world beyond the store: tell the time and report progress. Passed last, so tests need no mocks. */
export interface Effects {
  /** Milliseconds since 1970; only for progress and durations, never for what is written into a release. */
  readonly clock: () => number
  readonly report: (progress: Progress) => void
}

export const realEffects: Effects = { clock: () => Date.now(), report: () => {} }
