import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyRelease } from '../../src/index.ts'
import { type Call, callAs, ended, type OpenServer, openServer, person, setUp, signIn } from './open-server.ts'

let server: OpenServer
let owner: Call
const at = '/api/datasets/civil-causes/versions/1.0.0'

beforeAll(async () => {
  server = await openServer()
  owner = await setUp(server.url)
})
afterAll(() => server.stop())

describe('a build as a job', () => {
  it('ends in a release that verifies, entered under its data set', async () => {
    const started = await owner('POST', '/api/builds', { input: { example: 'law' } })
    expect(started.status).toBe(202)
    const job = await ended(owner, started.body.job)
    expect(job).toMatchObject({ state: 'done', attempts: 1, result: { dataset: 'civil-causes', version: '1.0.0' } })
    const { counts } = job.result
    expect(counts.in).toBe(counts.out + counts.merged + counts.quarantined)
    expect(job.progress.map(({ stage }: { stage: string }) => stage)).toEqual(['survey', 'sample', 'refine', 'write'])
    const { body } = await owner('GET', '/api/datasets')
    expect(body.items).toMatchObject([
      { name: 'civil-causes', version: '1.0.0', nRecords: counts.out, root: job.result.root, passes: true },
    ])
    expect(body.items[0].folder).toBeUndefined()
  }, 60_000)

  it('tells its progress until the end', async () => {
    const [job] = (await owner('GET', '/api/jobs')).body.items
    const events = await owner('GET', `/api/jobs/${job.id}/events`)
    expect(events.headers.get('content-type')).toBe('text/event-stream')
    expect(events.body).toMatch(/^event: end\ndata: \{/)
  })

  it('fails with what to do when there is nothing to build, and refuses what may not be read', async () => {
    mkdirSync(join(server.home, 'raw', 'empty'))
    const failed = await ended(owner, (await owner('POST', '/api/builds', { input: { path: join(server.home, 'raw', 'empty') } })).body.job)
    expect(failed).toMatchObject({ state: 'failed', problem: { code: 'build/input-not-found' } })
    symlinkSync('/etc', join(server.home, 'raw', 'link'))
    for (const path of ['/etc', '/etc/passwd', join(server.home, 'raw', '..'), join(server.home, 'raw', 'link'), `${server.home}/raw/none`])
      expect((await owner('POST', '/api/builds', { input: { path } })).body.code, path).toBe('server/input-forbidden')
    expect((await owner('POST', '/api/builds', { input: { example: '../packs' } })).status).toBe(403)
    writeFileSync(join(server.home, 'raw', 'a.csv'), 'x\n1\n')
    expect((await owner('GET', '/api/inputs')).body.raw.map(({ name }: { name: string }) => name)).toContain('empty')
  }, 60_000)
})

describe('records of a version', () => {
  it('come in order, page by page, all of them once', async () => {
    const ids: string[] = []
    let next: string | null = ''
    let total = 0
    while (next !== null) {
      const page: Awaited<ReturnType<Call>> = await owner('GET', `${at}/records?limit=100${next ? `&after=${next}` : ''}`)
      ids.push(...page.body.items.map(({ id }: { id: string }) => id))
      total = page.body.total
      next = page.body.next
    }
    expect(ids.length).toBe(total)
    expect(ids).toEqual([...new Set(ids)].sort())
    expect((await owner('GET', `${at}/records?after=nonsense!`)).status).toBe(400)
  })

  it('can be asked for by what their columns hold; names and values are never SQL', async () => {
    const { body: all } = await owner('GET', `${at}/records?limit=200`)
    const field = all.fields.find(({ role }: { role: string }) => role === 'label').name
    const label = all.items[0][field]
    const where = (condition: unknown) => owner('GET', `${at}/records?limit=200&where=${encodeURIComponent(JSON.stringify([condition]))}`)
    const { body } = await where({ column: field, is: 'equals', value: label })
    expect(body.total).toBeGreaterThan(0)
    expect(body.items.every((one: Record<string, unknown>) => one[field] === label)).toBe(true)
    expect((await where({ column: field, is: 'missing' })).body.total + body.total).toBeLessThanOrEqual(all.total)
    expect((await where({ column: field, is: 'contains', value: "' or 1=1 --" })).body.total).toBe(0)
    expect((await where({ column: '"; drop table x; --', is: 'equals', value: '1' })).status).toBe(404)
    expect((await where({ column: field, is: 'atLeast', value: 1 })).status).toBe(404)
  })

  it('can be explained, and the grade is a page that reaches nothing outside', async () => {
    const { body: page } = await owner('GET', `${at}/records?limit=1`)
    const told = await owner('GET', `${at}/records/${page.items[0].id}/explanation`)
    expect(told.body).toMatchObject({ id: page.items[0].id })
    const grade = await owner('GET', `${at}/grade.html`)
    expect(grade.body).toContain('<html')
    expect(grade.headers.get('content-security-policy')).toContain("default-src 'none'")
  })

  it('belong to one organisation', async () => {
    await owner('POST', '/api/organisations', { name: 'Others', owner: person('other') })
    const other = await signIn(server.url, 'other')
    const [job] = (await owner('GET', '/api/jobs')).body.items
    for (const path of [
      at,
      `${at}/records`,
      `${at}/grade.html`,
      '/api/datasets/civil-causes',
      `/api/jobs/${job.id}`,
      `/api/jobs/${job.id}/events`,
    ])
      expect((await other('GET', path)).status, path).toBe(404)
    expect((await other('GET', '/api/datasets')).body.items).toEqual([])
    expect((await callAs(server.url)('GET', at)).status).toBe(401)
  })
})

it('the release that the server made holds for a stranger', async () => {
  const { body: me } = await owner('GET', '/api/me')
  expect(me.organisation).toBe('Operator')
  const { readdirSync } = await import('node:fs')
  const [organisation] = readdirSync(join(server.home, 'releases'))
  const verified = await verifyRelease({ folder: join(server.home, 'releases', organisation as string, 'civil-causes', '1.0.0') })
  expect(verified.ok && verified.value.holds).toBe(true)
})
