/**
 * ingest: files → raw records.
 *
 *   survey.ts         what lies in a folder: recognised, hashed, archives unpacked
 *   sample-source.ts  some records of a source, to tell what is in it
 *   format.ts         the contract of formats/<format>.ts; registry.ts loads them
 *   source.ts         SourceEntry, ids of records
 *   profile/          what one pass over raw records says of tables and columns
 *   glob.ts           paths named by a recipe
 *   problems.ts       what can be wrong with a file or a raw record
 */
export * from './format.ts'
export * from './glob.ts'
export { fileUnreadable } from './problems.ts'
export * from './profile/index.ts'
export * from './registry.ts'
export * from './sample-source.ts'
export * from './source.ts'
export * from './survey.ts'
