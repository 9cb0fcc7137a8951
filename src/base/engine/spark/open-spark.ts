import { randomBytes } from 'node:crypto'
import { basename, dirname, isAbsolute } from 'node:path'
import { fail, type Outcome, type Problem, succeed } from '../../problem/index.ts'
import { remove, temporaryFolder, writeAtomic } from '../../store/index.ts'
import { compiledModule, type Pool } from '../pool.ts'
import { executorNodeMissing, executorPackageMissing, workspaceNotShared } from '../problems.ts'
import { findSpark } from './find-spark.ts'
import { packOperators } from './pack-operators.ts'
import { type SparkApplication, startSpark } from './spark-application.ts'
import type { SparkPlace } from './spark-place.ts'
import { sparkPool } from './spark-pool.ts'
import { type ExecutorCommand, probeExecutors } from './work-order.ts'

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
  const module = compiledModule(tasks)
  const code = dirname(module)
  const submit = (options.conf ?? []).flatMap((setting) => ['--conf', setting])
  let program = `${code}/base/engine/spark/executor.js`
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
    module: basename(module),
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

/** A path of a file system, as against `s3://…`. */
const isPath = (place: string): boolean => isAbsolute(place)

/** Asks as many executors as there are cores what they find. */
async function probe(application: SparkApplication, command: ExecutorCommand, token: string): Promise<Problem | undefined> {
  if (isPath(token)) await writeAtomic(token, '')
  const lines = await application.few('probe', probeExecutors(command, isPath(token) ? token : null, application.cores()))
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
