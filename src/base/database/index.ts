/**
 * database: PostgreSQL, where the server keeps what is not bytes of data sets.
 *
 *   open-database.ts   connections to a given server; SQL is written with kysely's sql template
 *   embedded/          a server of our own, from npm, that starts and stops with the process
 *   migrate.ts         migrations/NNNN-<room>-<what>.sql in one sequence
 *   problems.ts        what can be wrong with it
 */
export { sql } from 'kysely'
export { startPostgres } from './embedded/start-postgres.ts'
export { migrate } from './migrate.ts'
export * from './open-database.ts'
export { databaseUnreachable } from './problems.ts'
