import { remove } from '../../store/index.ts'
import type { Pool } from '../pool.ts'
import type { SparkPlace } from './spark-place.ts'
import { sparkRelations } from './spark-relations.ts'
import { finishedParts, partsFor, readNumbered, resultsPath, writeTasks } from './stage-folder.ts'
import { partNumbers, throughExecutors } from './work-order.ts'

/**
 * A pool whose tasks run on executors: a stage is one job, and its results are read as they appear in the workspace.
 * @param scratch folder that goes when the pool is closed @param relateFrom records from which relations are worth it
 */
export function sparkPool(place: SparkPlace, scratch: string, relateFrom: number): Pool {
  const { application, command, module } = place
  let stages = 0
  return {
    get threads() {
      return application.cores()
    },
    relations: sparkRelations(place, relateFrom),
    async runAll<T, R>(name: string, tasks: readonly T[], onDone?: (result: R, index: number) => void): Promise<R[]> {
      if (tasks.length === 0) return []
      const folder = place.stageFolder(`${stages++}-${name}`)
      const nParts = partsFor(tasks.length, application.cores())
      await writeTasks(folder, tasks, nParts)
      const gathered = gatherResults<R>(folder, tasks.length, onDone)
      const sql = throughExecutors(command, { mode: 'tasks', use: name, module, folder }, partNumbers(nParts))
      await application.run(name, sql, gathered.look)
      const results = await gathered.finish()
      await remove(folder)
      return results
    },
    async close() {
      await application.close()
      await remove(scratch)
    },
  }
}

interface Gathering<R> {
  /** Reads what has been finished since. */
  readonly look: () => void
  /** Reads the rest; throws when a result is missing. */
  finish(): Promise<R[]>
}

function gatherResults<R>(folder: string, nTasks: number, onDone?: (result: R, index: number) => void): Gathering<R> {
  const results: R[] = new Array(nTasks)
  const seen = new Set<number>()
  let nResults = 0
  const read = async (): Promise<void> => {
    for (const part of await finishedParts(folder)) {
      if (seen.has(part)) continue
      seen.add(part)
      for (const { index, value } of await readNumbered(resultsPath(folder, part))) {
        results[index] = value as R
        nResults++
        onDone?.(value as R, index)
      }
    }
  }
  let reading = Promise.resolve()
  const look = (): Promise<void> => {
    reading = reading.then(read)
    // A failure is met by whoever awaits the end.
    reading.catch(() => {})
    return reading
  }
  return {
    look,
    async finish() {
      await look()
      if (nResults !== nTasks) throw new Error(`spark: ${nResults} results of ${nTasks} tasks in ${folder}`)
      return results
    },
  }
}
