import { existsSync } from 'node:fs'
import { availableParallelism, totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'
import { Piscina } from 'piscina'
import { ProblemError, problemOf } from '../problem/index.ts'
import type { Relations } from './relations.ts'

/** What runs the exported functions of one module: worker threads, or the executors of a cluster. */
export interface Pool {
  readonly threads: number
  /** Tables beyond one machine; only a cluster has them. */
  readonly relations?: Relations
  /** Runs `name(task)` for each task, at most `threads` at once; results in the order of the tasks. The first error stops the rest. */
  runAll<T, R>(name: string, tasks: readonly T[], onDone?: (result: R, index: number) => void): Promise<R[]>
  close(): Promise<void>
}

/** Bytes that a worker thread may need at its peak: one unit of work as strings, signatures and Parquet pages. */
const WORKER_BYTES = 384 << 20

/** How many threads to run. @param threads wanted, 0 for all cores @param memoryBytes limit of the whole process */
export function threadsFor(threads: number, memoryBytes: number): number {
  const wanted = threads > 0 ? threads : availableParallelism()
  return Math.max(1, Math.min(wanted, Math.floor(memoryBytes / WORKER_BYTES)))
}

/** Half of the machine's memory: what a build takes unless told otherwise. */
export const defaultMemoryBytes = (): number => Math.floor(totalmem() / 2)

/** The compiled form of a module: worker threads of Node 20 cannot load TypeScript, which is what tests run from. */
export function compiledModule(module: URL): string {
  const path = fileURLToPath(module)
  if (!path.endsWith('.ts')) return path
  const compiled = path.replace(/([\\/])src([\\/])(?!.*[\\/]src[\\/])/, '$1dist$2').replace(/\.ts$/, '.js')
  if (!existsSync(compiled)) throw new Error(`${compiled} is missing: run npm run build`)
  return compiled
}

/** An error of a worker as it was thrown there: between threads it loses its class. */
function asThrown(error: unknown): unknown {
  const problem = problemOf(error)
  return problem ? new ProblemError(problem) : error
}

/** Opens a pool. @param module file: URL of the module, e.g. `new URL('./build-tasks.js', import.meta.url)` */
export function openPool(module: URL, threads: number): Pool {
  let pool: Piscina | undefined
  const start = (): Piscina => {
    pool ??= new Piscina({
      filename: compiledModule(module),
      minThreads: 1,
      maxThreads: threads,
      idleTimeout: 10_000,
      concurrentTasksPerWorker: 1,
    })
    return pool
  }
  return {
    threads,
    async runAll<T, R>(name: string, tasks: readonly T[], onDone?: (result: R, index: number) => void): Promise<R[]> {
      const results: R[] = new Array(tasks.length)
      const abort = new AbortController()
      let next = 0
      const drain = async (): Promise<void> => {
        while (next < tasks.length && !abort.signal.aborted) {
          const index = next++
          try {
            const result = (await start().run(tasks[index], { name, signal: abort.signal })) as R
            results[index] = result
            onDone?.(result, index)
          } catch (thrown) {
            const error = asThrown(thrown)
            if (!abort.signal.aborted) abort.abort(error)
            throw abort.signal.reason ?? error
          }
        }
      }
      await Promise.all(Array.from({ length: Math.min(threads, tasks.length) }, drain))
      return results
    },
    async close() {
      await pool?.destroy()
    },
  }
}
