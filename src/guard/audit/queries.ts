import { type Database, sql } from '../../base/database/index.ts'

/** Entries come one after the other: whoever appends waits for the one before. */
const APPENDING = 4_461

/** @returns the place of the entry, from 0 */
export async function insertEntry(db: Database, entry: string): Promise<bigint> {
  return db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(${APPENDING})`.execute(tx)
    const { rows } = await sql<{ position: bigint }>`
      insert into guard.audit_entry (position, entry)
      select coalesce(max(position) + 1, 0), ${entry} from guard.audit_entry
      returning position`.execute(tx)
    return rows[0]?.position as bigint
  })
}

export interface EntryRow {
  readonly position: bigint
  readonly entry: string
}

/** Entries from a place on, in order. */
export async function entriesFrom(db: Database, position: bigint, limit: number): Promise<EntryRow[]> {
  const { rows } = await sql<EntryRow>`
    select position, entry from guard.audit_entry where position >= ${position.toString()}::bigint order by position limit ${limit}`.execute(
    db,
  )
  return rows
}

/** Newest first, before a place; of one organisation. */
export async function entriesOf(db: Database, organisationId: string, before: bigint | undefined, limit: number): Promise<EntryRow[]> {
  const { rows } = await sql<EntryRow>`
    select position, entry from guard.audit_entry
    where entry::jsonb->>'organisation' = ${organisationId}
      and (${before === undefined} or position < ${(before ?? 0n).toString()}::bigint)
    order by position desc limit ${limit}`.execute(db)
  return rows
}
