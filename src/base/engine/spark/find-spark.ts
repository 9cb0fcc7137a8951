import { existsSync, readdirSync, realpathSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fail, type Outcome, succeed } from '../../problem/index.ts'
import { javaMissing, sparkMissing } from '../problems.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** Where Spark lies on this machine, and what runs its driver. */
export interface SparkInstallation {
  readonly home: string
  readonly python: string
  /** Zips that hold PySpark. */
  readonly pythonPath: readonly string[]
}

/** Finds Spark by SPARK_HOME, else by the spark-submit on PATH: that of a distribution, or that of `pip install pyspark`. */
export function findSpark(environment: Environment = process.env): Outcome<SparkInstallation> {
  const folders = (environment['PATH'] ?? '').split(delimiter).filter(Boolean)
  const candidates = environment['SPARK_HOME'] ? [environment['SPARK_HOME']] : folders.flatMap(homesBeside)
  const home = candidates.find((folder) => existsSync(join(folder, 'bin', 'spark-submit')) && pysparkOf(folder).length > 0)
  if (!home) return fail(sparkMissing({ at: environment['SPARK_HOME'] ? `SPARK_HOME=${environment['SPARK_HOME']}` : 'SPARK_HOME, PATH' }))
  const java = environment['JAVA_HOME']
  if (java ? !existsSync(join(java, 'bin', 'java')) : !folders.some((folder) => existsSync(join(folder, 'java'))))
    return fail(javaMissing({ found: java ? `JAVA_HOME=${java}` : 'JAVA_HOME is not set, and PATH has no java' }))
  const python = environment['PYSPARK_DRIVER_PYTHON'] ?? environment['PYSPARK_PYTHON'] ?? 'python3'
  return succeed({ home, python, pythonPath: pysparkOf(home) })
}

/** Homes that a folder on PATH may belong to. */
function homesBeside(folder: string): string[] {
  const script = join(folder, 'spark-submit')
  if (!existsSync(script)) return []
  const lib = join(folder, '..', 'lib')
  const sites = existsSync(lib) ? readdirSync(lib).filter((name) => /^python3/.test(name)) : []
  return [join(dirname(realpathSync(script)), '..'), ...sites.map((name) => join(lib, name, 'site-packages', 'pyspark'))]
}

function pysparkOf(home: string): string[] {
  const lib = join(home, 'python', 'lib')
  if (!existsSync(lib)) return []
  const zips = readdirSync(lib).filter((name) => /^(?:pyspark|py4j-.*-src)\.zip$/.test(name))
  return zips.length < 2 ? [] : zips.map((name) => join(lib, name))
}
