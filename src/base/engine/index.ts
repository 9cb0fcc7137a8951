/**
 * engine: work on all cores.
 *
 *   pool.ts   Pool: worker threads over one module's functions; threadsFor, defaultMemoryBytes
 */
export * from './pool.ts'
