import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** A Spark to test on. */
export interface FoundSpark {
  readonly home: string
  readonly master: string
}

/**
 * The Sparks that HIGHGRADE_SPARK_HOMES names, each with the masters of HIGHGRADE_SPARK_MASTERS (`local[2]` by default).
 * test/engines/spark.sh sets both. Where there are none, the run says that it tests nothing on Spark.
 */
export function foundSparks(what: string): FoundSpark[] {
  const homes = (process.env['HIGHGRADE_SPARK_HOMES'] ?? '')
    .split(delimiter)
    .filter((home) => existsSync(join(home, 'bin', 'spark-submit')))
  if (homes.length === 0)
    process.stderr.write(`\n${what}: NOT RUN ON SPARK, as HIGHGRADE_SPARK_HOMES names none; test/engines/spark.sh installs 3.5 and 4.x\n`)
  const masters = (process.env['HIGHGRADE_SPARK_MASTERS'] ?? 'local[2]').split(' ').filter(Boolean)
  return homes.flatMap((home) => masters.map((master) => ({ home, master })))
}

/** Settings that fit two workers of one core on a small machine, reachable on 127.0.0.1 only. */
export const SMALL_SPARK = [
  'spark.ui.enabled=false',
  'spark.driver.host=127.0.0.1',
  'spark.driver.bindAddress=127.0.0.1',
  'spark.driver.memory=768m',
  'spark.executor.memory=512m',
  'spark.executor.cores=1',
  'spark.sql.shuffle.partitions=4',
]
