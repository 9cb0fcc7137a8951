import { type Problem, ProblemError } from '../base/problem/index.ts'
import { reasonOf } from '../base/store/index.ts'
import type { Member } from './format.ts'
import { fileTruncated } from './problems.ts'

/** A member that is there but holds nothing that may be read: its stream throws the reason, so that it is one refused file. */
export function refusedMember(path: string, problem: Problem): Member {
  return {
    path,
    size: -1,
    // biome-ignore lint/correctness/useYield: it throws before the first piece.
    async *stream() {
      throw new ProblemError(problem)
    },
  }
}

/** The same pieces; whatever else than a ProblemError goes wrong becomes one that names the place. */
export async function* explained(at: string, pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* pieces
  } catch (error) {
    throw problemError(at, error)
  }
}

export const problemError = (at: string, error: unknown): ProblemError =>
  error instanceof ProblemError
    ? error
    : new ProblemError(fileTruncated({ at, found: error instanceof Error ? error.message : reasonOf(error) }))
