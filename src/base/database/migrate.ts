import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { fail, type Outcome, succeed } from '../problem/index.ts'
import type { Database } from './open-database.ts'
import { migrationChanged } from './problems.ts'

/** The files lie with the sources, also beside compiled code. */
const FOLDER = fileURLToPath(new URL('../../../src/base/database/migrations/', import.meta.url))
const NAME = /^\d{4}-[a-z0-9-]+\.sql$/
/** Any number will do: two processes that start at once migrate one after the other. */
const LOCK = 4_460

/**
 * Applies the migrations that the database has not seen, in the order of their numbers, all or none.
 * @returns names of those applied now
 */
export async function migrate(db: Database, now: Date): Promise<Outcome<string[]>> {
  const files = readdirSync(FOLDER)
    .filter((name) => NAME.test(name))
    .sort()
    .map((name) => {
      const text = readFileSync(`${FOLDER}/${name}`, 'utf8')
      return { name, text, hash: createHash('sha256').update(text).digest('hex') }
    })
  return db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(${LOCK})`.execute(tx)
    await sql`create table if not exists public.migration (name text primary key, hash text not null, applied_at timestamptz not null)`.execute(
      tx,
    )
    const { rows } = await sql<{ name: string; hash: string }>`select name, hash from public.migration`.execute(tx)
    const known = new Map(files.map(({ name, hash }) => [name, hash]))
    const other = rows.find(({ name, hash }) => known.get(name) !== hash)
    if (other) return fail(migrationChanged({ at: other.name }))
    const applied = new Set(rows.map(({ name }) => name))
    const fresh = files.filter(({ name }) => !applied.has(name))
    for (const { name, text, hash } of fresh) {
      await sql.raw(text).execute(tx)
      await sql`insert into public.migration (name, hash, applied_at) values (${name}, ${hash}, ${now})`.execute(tx)
    }
    return succeed(fresh.map(({ name }) => name))
  })
}
