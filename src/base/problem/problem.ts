/** A sentence for people, in both languages of the product. */
export interface Words {
  readonly zh: string
  readonly en: string
}

/** What a problem is about: `at` is the place (file, row, field), the rest depends on the problem. */
export type ProblemFacts = Readonly<Record<string, string | number>>

/** Something that a user can cause and mend: a value, never an exception. */
export interface Problem {
  readonly code: string
  readonly message: Words
  readonly advice: Words
  readonly facts: ProblemFacts
}

export interface ProblemDefinition<F extends ProblemFacts> {
  readonly zh: (facts: F) => string
  readonly en: (facts: F) => string
  readonly advice: Words
}

/**
 * Defines a problem once, in its room's `problems.ts`.
 * @param code `<room>/<what>`, unique over the project
 * @returns a function from facts to the problem
 */
export function defineProblem<F extends ProblemFacts>(code: string, definition: ProblemDefinition<F>): (facts: F) => Problem {
  return (facts) => ({ code, message: { zh: definition.zh(facts), en: definition.en(facts) }, advice: definition.advice, facts })
}

export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem }

export const succeed = <T>(value: T): Outcome<T> => ({ ok: true, value })
export const fail = (problem: Problem): Outcome<never> => ({ ok: false, problem })

/** Carries a problem through code that cannot return it (streams, third-party callbacks) up to the shell. */
export class ProblemError extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    // Between threads an error keeps nothing of its own but its cause.
    super(`${problem.message.en} ${problem.advice.en}`, { cause: { problem } })
    this.name = 'ProblemError'
    this.problem = problem
  }
}

/** The problem that an error carries, also one that came from another thread. */
export function problemOf(error: unknown): Problem | undefined {
  if (error instanceof ProblemError) return error.problem
  return error instanceof Error ? (error.cause as { readonly problem?: Problem } | undefined)?.problem : undefined
}

/** Gives a problem that was thrown as a value; everything else stays thrown. */
export async function asOutcome<T>(run: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
  try {
    return await run()
  } catch (error) {
    const problem = problemOf(error)
    if (problem) return fail(problem)
    throw error
  }
}
