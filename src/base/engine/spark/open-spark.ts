import { randomBytes } from 'node:crypto'
import { isAbsolute } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fail, type Outcome, type Problem, succeed } from '../../problem/index.ts'
import { remove, temporaryFolder, writeAtomic } from '../../store/index.ts'
import { compiledModule, type Pool } from '../pool.ts'
import { executorNodeMissing, executorPackageMissing, workspaceNotShared } from '../problems.ts'
import { findSpark } from './find-spark.ts'
import { packOperators } from './pack-operators.ts'
import { type SparkApplication, startSpark } from './spark-application.ts'
import { type SparkPlace, sparkRelations } from './spark-relations.ts'
import { finishedParts, partsFor, readNumbered, resultsPath, writeTasks } from './stage-folder.ts'
import { type ExecutorCommand, partNumbers, probeExecutors, throughExecutors } from './work-order.ts'

/** An existing Spark, and how to use it. */
export interface SparkOptions {
  /** As spark-submit takes it: `local[2]`, `spark://host:7077`, `yarn`, `k8s://…`. */
  readonly master: string
  /** Settings passed on, each `key=value`. */
  readonly conf?: readonly string[] | undefined
  /** Send Highgrade to the executors instead of finding it there under the same path. */
  readonly ship?: boolean | undefined
  /** Program of Node.js on the executors; `node` on their PATH by default, this one where they are this machine. */
  readonly node?: string | undefined
  /** Records from which duplicates are resolved as relations. */
  readonly relateFrom?: number | undefined
}

/** Below this a table's duplicates are found faster by one task in memory: a relation costs a dozen jobs of half a second. */
const RELATE_FROM = 500_000

const OLDEST_NODE = 20

/**
 * Opens a pool whose tasks run on Spark's executors, in one application for the whole build.
 * @param tasks file: URL of the module whose functions run @param workspace folder that driver and executors see
 */
export async function openSpark(tasks: URL, workspace: string, options: SparkOptions): Promise<Outcome<Pool>> {
  const installation = findSpark()
  if (!installation.ok) return installation
  const scratch = `${workspace}/spark`
  await remove(scratch)
  // Spark's log and the archive that it serves lie on this machine, wherever the workspace is.
  const here = isPath(workspace) ? scratch : await temporaryFolder('highgrade-spark-')
  const isLocal = options.master.startsWith('local')
  const code = fileURLToPath(new URL('.', compiledUrl(tasks)))
  const submit = (options.conf ?? []).flatMap((setting) => ['--conf', setting])
  let program = `${code}base/engine/spark/executor.js`
  if (options.ship && !isLocal) {
    const archive = `${here}/highgrade.tgz`
    await packOperators(code, archive)
    submit.push('--archives', `${archive}#highgrade`)
    program = 'highgrade/dist/base/engine/spark/executor.js'
  }
  const application = await startSpark({
    installation: installation.value,
    master: options.master,
    submit: [...DEFAULTS, ...(isLocal ? FEW_PARTITIONS : []), ...submit],
    log: `${here}/spark.log`,
  })
  if (!application.ok) return application
  const command: ExecutorCommand = { node: options.node ?? (isLocal ? process.execPath : 'node'), program }
  const run = randomBytes(4).toString('hex')
  const place: SparkPlace = {
    application: application.value,
    command,
    module: compiledUrl(tasks).pathname.split('/').at(-1) ?? '',
    stageFolder: (name) => `${scratch}/${run}/${name}`,
  }
  const problem = await probe(application.value, command, `${scratch}/${run}/probe`)
  if (problem) {
    await application.value.close()
    return fail(problem)
  }
  return succeed(sparkPool(place, `${scratch}/${run}`, options.relateFrom ?? RELATE_FROM))
}

/** Settings that a user's own override. */
const DEFAULTS = [
  '--name',
  'highgrade',
  '--conf',
  'spark.ui.showConsoleProgress=false',
  '--conf',
  'spark.sql.catalogImplementation=in-memory',
]
/** On one machine Spark's 200 partitions a shuffle only cost time. */
const FEW_PARTITIONS = ['--conf', 'spark.sql.shuffle.partitions=16']

const compiledUrl = (module: URL): URL => new URL(`file://${compiledModule(module)}`)

/** A path of a file system, as against `s3://…`. */
const isPath = (place: string): boolean => isAbsolute(place)

/** Asks as many executors as there are cores what they find. */
async function probe(application: SparkApplication, command: ExecutorCommand, token: string): Promise<Problem | undefined> {
  if (isPath(token)) await writeAtomic(token, '')
  const lines = await application.rows('probe', probeExecutors(command, isPath(token) ? token : null, application.cores()))
  for (const line of lines) {
    const [host = '', node = '-', program, file] = (JSON.parse(line) as { line: string }).line.split(' ')
    const major = Number(/^v(?<major>\d+)\./.exec(node)?.groups?.['major'] ?? 0)
    if (major < OLDEST_NODE)
      return executorNodeMissing({ at: host, found: node === '-' ? `no ${command.node}` : node, expected: `≥ ${OLDEST_NODE}` })
    if (program !== 'yes') return executorPackageMissing({ at: host, expected: command.program })
    if (file !== 'yes') return workspaceNotShared({ at: host, expected: token })
  }
  return undefined
}

function sparkPool(place: SparkPlace, scratch: string, relateFrom: number): Pool {
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
