import { existsSync } from 'node:fs'
import { availableParallelism, totalmem } from 'node:os'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { Piscina } from 'piscina'
import { ProblemError, problemOf } from '../problem/index.ts'
import { lossOf, lossProblem } from './lost-worker.ts'
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
  if (!/\.c?ts$/.test(path)) return path
  const compiled = path.replace(/([\\/])src([\\/])(?!.*[\\/]src[\\/])/, '$1dist$2').replace(/\.(c?)ts$/, '.$1js')
  if (!existsSync(compiled)) throw new Error(`${compiled} is missing: run npm run build`)
  return compiled
}

/** An error of a worker as it was thrown there: between threads it loses its class. */
function asThrown(error: unknown): unknown {
  const problem = problemOf(error)
  return problem ? new ProblemError(problem) : error
}

/** Beside this module, compiled or not. */
const BRIDGE = new URL(import.meta.url.endsWith('.ts') ? './task-bridge.cts' : './task-bridge.cjs', import.meta.url)

/** A thread of its own heap; buffers lie outside of it. */
function openThreads(filename: string, threads: number, heapBytes: number): Piscina {
  const pool = new Piscina({
    filename: compiledModule(BRIDGE),
    argv: [pathToFileURL(filename).href],
    minThreads: 1,
    maxThreads: threads,
    idleTimeout: 10_000,
    concurrentTasksPerWorker: 1,
    resourceLimits: { maxOldGenerationSizeMb: Math.floor(heapBytes / 2 ** 20) },
  })
  // What a task left behind may throw when its thread has none: the thread is replaced, and no result is lost. Without a
  // listener the error would end the process.
  pool.on('error', () => {})
  return pool
}

/**
 * Opens a pool of worker threads. A task whose worker is lost (out of memory, or brought down by a native part) is run once
 * more when the others are done: alone, with all memory to itself.
 * @param module file: URL of the module, e.g. `new URL('./build-tasks.js', import.meta.url)`
 * @param memoryBytes of all heaps together
 */
export function openPool(module: URL, threads: number, memoryBytes: number = defaultMemoryBytes()): Pool {
  let pool: Piscina | undefined
  const start = (): Piscina => {
    pool ??= openThreads(compiledModule(module), threads, memoryBytes / threads)
    return pool
  }
  const runAlone = async (name: string, task: unknown, index: number, of: number): Promise<unknown> => {
    const alone = openThreads(compiledModule(module), 1, memoryBytes)
    try {
      return await alone.run(task, { name })
    } catch (thrown) {
      const loss = lossOf(thrown)
      throw loss ? new ProblemError(lossProblem(loss, { name, index, of, memoryBytes })) : asThrown(thrown)
    } finally {
      await alone.destroy()
    }
  }
  return {
    threads,
    async runAll<T, R>(name: string, tasks: readonly T[], onDone?: (result: R, index: number) => void): Promise<R[]> {
      const results: R[] = new Array(tasks.length)
      const abort = new AbortController()
      const lost: number[] = []
      let next = 0
      const keep = (result: unknown, index: number): void => {
        results[index] = result as R
        onDone?.(result as R, index)
      }
      const attempt = async (index: number): Promise<void> => {
        try {
          keep(await start().run(tasks[index], { name, signal: abort.signal }), index)
        } catch (thrown) {
          if (!abort.signal.aborted && lossOf(thrown)) {
            lost.push(index)
            return
          }
          const error = asThrown(thrown)
          if (!abort.signal.aborted) abort.abort(error)
          throw abort.signal.reason ?? error
        }
      }
      const drain = async (): Promise<void> => {
        while (next < tasks.length && !abort.signal.aborted) await attempt(next++)
      }
      await Promise.all(Array.from({ length: Math.min(threads, tasks.length) }, drain))
      for (const index of lost.sort((a, b) => a - b)) keep(await runAlone(name, tasks[index], index, tasks.length), index)
      return results
    },
    async close() {
      await pool?.destroy()
    },
  }
}
