/**
 * plugin: a folder of files is a registry.
 *
 *   plugin.ts   ids from paths, loading one or all
 */
export * from './plugin.ts'
