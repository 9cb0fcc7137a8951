/** Failed sign-ins that an address may have before each further one has to wait. */
const FREE_ATTEMPTS = 5
const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 15 * 60_000
/** Names remembered at once; the oldest is forgotten first. */
const MOST_NAMES = 10_000

/** Slows down those who guess passwords: after five failures the wait doubles with each. */
export interface Attempts {
  /** Milliseconds to wait before `name` may try again; 0 for now. */
  readonly waitMs: (name: string, nowMs: number) => number
  readonly failed: (name: string, nowMs: number) => void
  readonly succeeded: (name: string) => void
}

export function createAttempts(): Attempts {
  const failures = new Map<string, { count: number; atMs: number }>()
  return {
    waitMs: (name, nowMs) => {
      const known = failures.get(name)
      if (!known || known.count < FREE_ATTEMPTS) return 0
      const wait = Math.min(FIRST_WAIT_MS * 2 ** (known.count - FREE_ATTEMPTS), LONGEST_WAIT_MS)
      return Math.max(0, known.atMs + wait - nowMs)
    },
    failed: (name, nowMs) => {
      const count = (failures.get(name)?.count ?? 0) + 1
      failures.delete(name)
      failures.set(name, { count, atMs: nowMs })
      const oldest = failures.size > MOST_NAMES ? failures.keys().next().value : undefined
      if (oldest !== undefined) failures.delete(oldest)
    },
    succeeded: (name) => {
      failures.delete(name)
    },
  }
}
