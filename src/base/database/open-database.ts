import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { Outcome } from '../problem/index.ts'

/** Connections to one database; queries are SQL templates with the type of their rows. */
export type Database = Kysely<unknown>

/** Connections a process holds at most: an embedded server allows 60 in all. */
const MAX_CONNECTIONS = 20
const CONNECT_TIMEOUT_MS = 10_000
/** A statement that takes longer is a mistake: builds and downloads do not run inside of one. */
const STATEMENT_TIMEOUT_MS = 60_000

/** `bigint` columns are JavaScript bigints, money and counters among them; a number would lose digits silently. */
const INT8 = 20
const types = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === INT8 ? BigInt : pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
}

/**
 * Opens connections to a PostgreSQL 15 or later. None is made before the first query.
 * @param url postgres://…; close with `destroy`
 */
export function openDatabase(url: string): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: MAX_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    types,
  })
  // A connection that dies while idle is replaced by the next query; without a listener it would end the process.
  pool.on('error', () => {})
  // One that dies between two queries of a transaction too: the next query tells of it.
  pool.on('connect', (client) => client.on('error', () => {}))
  return new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
}

const CONNECTION_LOST = /^(?:08|57P0)|^(?:ECONNREFUSED|ECONNRESET|ENOENT|EPIPE|ETIMEDOUT)$/

/** Did the query fail because the server went away, rather than by what it said? */
export function isConnectionLost(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return (
    CONNECTION_LOST.test(code) ||
    (error instanceof Error && /Connection terminated|timeout exceeded when trying to connect/.test(error.message))
  )
}

/** Did the statement break a unique constraint of this name? */
export const isDuplicate = (error: unknown, constraint: string): boolean =>
  error instanceof Error && 'code' in error && error.code === '23505' && 'constraint' in error && error.constraint === constraint

/** Runs statements that belong together: in the transaction that there is, or in one of their own. */
export const inTransaction = <T>(db: Database, run: (tx: Database) => Promise<T>): Promise<T> =>
  db.isTransaction ? run(db) : db.transaction().execute(run)

/** Carries a refusal out of a transaction, which takes back what was done. */
class TakenBack extends Error {
  readonly outcome: Outcome<never>
  constructor(outcome: Outcome<never>) {
    super('taken back')
    this.outcome = outcome
  }
}

/** As `inTransaction`; what is refused leaves nothing. In a transaction that there is, whoever opened it takes it back. */
export async function allOrNothing<T>(db: Database, run: (tx: Database) => Promise<Outcome<T>>): Promise<Outcome<T>> {
  if (db.isTransaction) return run(db)
  try {
    return await db.transaction().execute(async (tx) => {
      const outcome = await run(tx)
      if (!outcome.ok) throw new TakenBack(outcome)
      return outcome
    })
  } catch (error) {
    if (error instanceof TakenBack) return error.outcome
    throw error
  }
}
