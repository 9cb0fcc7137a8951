/**
 * engine: work on all cores, or on a cluster.
 *
 *   pool.ts        Pool: worker threads over one module's functions; threadsFor, defaultMemoryBytes
 *   lost-worker.ts a worker that is gone is told from a task that failed
 *   relations.ts   Relations: tables that a cluster holds, where a pool has one
 *   spark/         openSpark: the same pool on the executors of an existing Apache Spark
 */
export * from './pool.ts'
export * from './relations.ts'
export { openSpark, type SparkOptions } from './spark/open-spark.ts'
