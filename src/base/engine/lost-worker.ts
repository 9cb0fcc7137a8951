import { type Problem, problemOf } from '../problem/index.ts'
import { workerLost, workerOutOfMemory } from './problems.ts'

/** Why a worker thread is gone: `memory` when its heap was full, `ended` when the process of a native part or an exit took it. */
export type Loss = 'memory' | 'ended'

/** How a task's error says that not the task but its worker failed; undefined when the task itself did. */
export function lossOf(error: unknown): Loss | undefined {
  if (!(error instanceof Error) || problemOf(error)) return undefined
  if ('code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY') return 'memory'
  // What piscina says of a thread that exits while it has a task.
  return /^worker exited with code: -?\d+$/.test(error.message) ? 'ended' : undefined
}

/** What to tell of a task that lost a worker with others beside it, and another one alone. */
export function lossProblem(
  loss: Loss,
  { name, index, of, memoryBytes }: { name: string; index: number; of: number; memoryBytes: number },
): Problem {
  const at = `${name} ${index + 1}/${of}`
  return loss === 'memory' ? workerOutOfMemory({ at, found: Math.floor(memoryBytes / 2 ** 20) }) : workerLost({ at })
}
