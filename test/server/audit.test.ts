import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase, sql, startPostgres } from '../../src/base/database/index.ts'
import { checkAudit, realServeEffects, serve } from '../../src/server/index.ts'
import { callAs, PASSWORD, person, setUp, signIn } from './open-server.ts'

const home = mkdtempSync(join(tmpdir(), 'hg-audit-'))
const checkpoints = join(home, 'audit', 'checkpoints')
afterAll(() => rmSync(home, { recursive: true, force: true }))

/** Runs something against the database while no server has it. */
async function inDatabase(run: (db: ReturnType<typeof openDatabase>) => Promise<unknown>): Promise<void> {
  const postgres = await startPostgres(home)
  if (!postgres.ok) throw new Error(postgres.problem.message.en)
  const db = openDatabase(postgres.value.url)
  try {
    await run(db)
  } finally {
    await db.destroy()
    await postgres.value.stop()
  }
}

async function check() {
  const checked = await checkAudit({ home })
  if (!checked.ok) throw new Error(checked.problem.message.en)
  return checked.value
}

/** Changes entries as someone would who owns the database. */
const tamper = (statement: string): Promise<void> =>
  inDatabase(async (db) => {
    await sql`alter table guard.audit_entry disable trigger all`.execute(db)
    await sql.raw(statement).execute(db)
    await sql`alter table guard.audit_entry enable trigger all`.execute(db)
  })

let kept = ''

beforeAll(async () => {
  const started = await serve({ home, host: '127.0.0.1', port: 0, rawFolders: [] }, realServeEffects)
  if (!started.ok) throw new Error(started.problem.message.en)
  const { url, stop } = started.value
  const owner = await setUp(url)
  await owner('POST', '/api/organisations', { name: 'Others', owner: person('other') })
  await owner('POST', '/api/members', { ...person('auditor'), roles: ['auditor'] })
  await callAs(url)('POST', '/api/sessions', { email: person('auditor').email, password: 'a wrong password' })
  const key = await owner('POST', '/api/keys', { name: 'k', scopes: ['datasets:read'] })
  await owner('DELETE', `/api/keys/${key.body.id}`)
  await owner('GET', '/api/members')
  const auditor = await signIn(url, 'auditor')
  const seen = await auditor('GET', '/api/audit')
  const others = await (await signIn(url, 'other'))('GET', '/api/audit')
  kept = JSON.stringify({ items: seen.body.items, others: others.body.items, secret: key.body.secret, id: key.body.id })
  await stop()
}, 60_000)

describe('the audit log', () => {
  it('has each write before it was done and with what came of it, and nothing that is secret', () => {
    const { items, others, secret, id } = JSON.parse(kept)
    const acts = items.map(({ act, status }: { act: string; status?: number }) => `${act} ${status ?? 'asked'}`).reverse()
    expect(acts).toEqual([
      'POST /api/organisations asked',
      'POST /api/organisations 201',
      'POST /api/members asked',
      'POST /api/members 201',
      'POST /api/keys asked',
      'POST /api/keys 201',
      'DELETE /api/keys/{id} asked',
      'DELETE /api/keys/{id} 200',
    ])
    expect(items[0].subject).toEqual({ id })
    expect(others).toEqual([])
    for (const hidden of [PASSWORD, secret, 'a wrong password']) expect(kept.replace(`"secret":"${secret}"`, '')).not.toContain(hidden)
  })

  it('holds, and its checkpoints cover all of it', async () => {
    const found = await check()
    expect(found).toMatchObject({ holds: true, checkpoints: 1 })
    expect(found.covered).toBe(found.entries)
    // Also who has no organisation yet: the set-up, two who signed in and one who was refused.
    expect(found.entries).toBe(8 + 2 * 4)
  })

  it('cannot be changed by a statement', async () => {
    await inDatabase(async (db) => {
      await expect(sql`update guard.audit_entry set entry = '{}'`.execute(db)).rejects.toThrow('append-only')
      await expect(sql`delete from guard.audit_entry`.execute(db)).rejects.toThrow('append-only')
      await expect(sql`truncate guard.audit_entry`.execute(db)).rejects.toThrow('append-only')
    })
  })

  it('tells of an entry that was changed, removed or cut off all the same', async () => {
    await tamper(`update guard.audit_entry set entry = replace(entry, '"status":201', '"status":403') where position = 5`)
    const changed = await check()
    expect(changed).toMatchObject({ holds: false, covered: 0 })
    expect(changed.fault?.en).toContain('was changed')
    await tamper(`update guard.audit_entry set entry = replace(entry, '"status":403', '"status":201') where position = 5`)
    expect((await check()).holds).toBe(true)
    await tamper(
      `create table public.stolen as select * from guard.audit_entry where position = 7; delete from guard.audit_entry where position = 7`,
    )
    expect((await check()).fault?.en).toBe('entry 7 is missing')
    await tamper('insert into guard.audit_entry select * from public.stolen; drop table public.stolen')
    expect((await check()).holds).toBe(true)
    await tamper(
      'create table public.stolen as select * from guard.audit_entry where position >= 14; delete from guard.audit_entry where position >= 14',
    )
    expect((await check()).fault?.en).toBe('a checkpoint states 16 entries, there are 14')
    await tamper('insert into guard.audit_entry select * from public.stolen; drop table public.stolen')
  }, 120_000)

  it('tells of a checkpoint that was made up', async () => {
    const [name = ''] = readdirSync(checkpoints)
    const note = readFileSync(join(checkpoints, name), 'utf8')
    writeFileSync(join(checkpoints, name), note.replace('\n16\n', '\n15\n'))
    expect((await check()).fault?.en).toContain('signature')
    writeFileSync(join(checkpoints, name), note)
    expect((await check()).holds).toBe(true)
  }, 60_000)
})
