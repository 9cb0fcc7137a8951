import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Call, callAs, type OpenServer, openServer, PASSWORD, person, setUp, signIn } from './open-server.ts'

let server: OpenServer
let owner: Call
let anyone: Call

beforeAll(async () => {
  server = await openServer()
  anyone = callAs(server.url)
})
afterAll(() => server.stop())

describe('first start', () => {
  it('makes one owner, however many ask at once, and no second', async () => {
    expect((await anyone('GET', '/api/setup')).body).toEqual({ needed: true })
    const asked = await Promise.all(
      [1, 2, 3, 4].map((i) => anyone('POST', '/api/setup', { ...person(`racer${i}`), organisation: `Org ${i}` })),
    )
    expect(asked.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409])
    expect((await anyone('GET', '/api/setup')).body).toEqual({ needed: false })
    owner = callAs(server.url, asked.find(({ status }) => status === 201)?.body.token)
    expect((await owner('GET', '/api/me')).body).toMatchObject({ roles: ['owner'] })
    await owner('POST', '/api/members', { ...person('first'), roles: ['owner'] })
  })
})

describe('every door', () => {
  it('is closed to those without a session or key, but for the ones that say so', async () => {
    const { body: document } = await anyone('GET', '/openapi.json')
    const open: string[] = []
    for (const [path, operations] of Object.entries(document.paths as Record<string, Record<string, Record<string, unknown>>>))
      for (const [method, operation] of Object.entries(operations)) {
        expect(operation['x-public'] === true || typeof operation['x-permission'] === 'string', `${method} ${path}`).toBe(true)
        expect(Array.isArray(operation['security'])).toBe(true)
        if (operation['x-public'] === true) open.push(`${method} ${path}`)
        else expect((await anyone(method.toUpperCase(), path.replace(/\{\w+\}/g, 'x'))).status, `${method} ${path}`).toBe(401)
      }
    expect(open.sort()).toEqual([
      'get /api/receipts/key',
      'get /api/setup',
      'get /catalog.jsonld',
      'get /croissant/{organisation}/{listing}/{revision}/croissant.json',
      'get /delta-sharing/blob/{organisation}/{listing}/{revision}/{path}',
      'get /healthz',
      'get /metrics',
      'post /api/sessions',
      'post /api/setup',
    ])
  })

  it('says what is wrong as problem+json in both languages', async () => {
    const { status, headers, body } = await owner('POST', '/api/keys', { name: 'x', scopes: ['datasets:fly'] })
    expect([status, headers.get('content-type')]).toEqual([400, 'application/problem+json; charset=utf-8'])
    expect(body).toMatchObject({ code: 'server/request-invalid', facts: { field: 'body.scopes.0' } })
    expect(body.message.zh).toContain('body.scopes.0')
    expect((await owner('POST', '/api/keys', '{"name":')).body.facts.found).toBe('not JSON')
    expect((await owner('GET', '/api/none')).body.code).toBe('server/route-not-found')
  })

  it('lets no one in by a guessed, changed or signed-out token', async () => {
    for (const secret of ['', 'hgs_', 'hgs_guess', 'hgk_guess', "hgs_' or 1=1"])
      expect((await callAs(server.url, secret)('GET', '/api/me')).status).toBe(401)
    const guest = await signIn(server.url, 'first')
    expect((await guest('GET', '/api/me')).status).toBe(200)
    expect((await guest('DELETE', '/api/sessions/current')).status).toBe(200)
    expect((await guest('GET', '/api/me')).status).toBe(401)
  })

  it('takes no write by cookie from another site', async () => {
    const { headers } = await anyone('POST', '/api/sessions', { email: person('first').email, password: PASSWORD })
    const cookie = headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(/HttpOnly; SameSite=Strict/)
    const sent = { cookie: cookie.split(';')[0] as string }
    const key = { name: 'k', scopes: ['datasets:read'] }
    expect((await anyone('POST', '/api/keys', key, { ...sent, 'sec-fetch-site': 'cross-site' })).body.code).toBe('server/origin-forbidden')
    expect((await anyone('POST', '/api/keys', key, { ...sent, 'sec-fetch-site': 'same-origin' })).status).toBe(201)
  })

  it('makes those wait who guess passwords, without telling whether the account exists', async () => {
    const wrong = (email: string) => anyone('POST', '/api/sessions', { email, password: 'no such password' })
    expect((await wrong('nobody@example.org')).body).toMatchObject({ code: 'guard/wrong-password', status: 401 })
    await owner('POST', '/api/members', { ...person('victim'), roles: ['buyer'] })
    const answers = await Promise.all(Array.from({ length: 12 }, () => wrong(person('victim').email)))
    expect(answers.filter(({ status }) => status === 429).length).toBeGreaterThanOrEqual(6)
  })
})

describe('roles and keys', () => {
  it('allow what their row of the table says and nothing else', async () => {
    await owner('POST', '/api/members', { ...person('annotator'), roles: ['annotator'] })
    await owner('POST', '/api/members', { ...person('auditor'), roles: ['auditor'] })
    const annotator = await signIn(server.url, 'annotator')
    const auditor = await signIn(server.url, 'auditor')
    expect((await annotator('GET', '/api/datasets')).body.code).toBe('guard/forbidden')
    expect((await auditor('GET', '/api/datasets')).status).toBe(200)
    expect((await auditor('POST', '/api/builds', { input: { example: 'law' } })).status).toBe(403)
  })

  it('bound a key to its scopes, which never exceed its owner, until it is revoked or over', async () => {
    const made = await owner('POST', '/api/keys', { name: 'reader', scopes: ['datasets:read'] })
    const key = callAs(server.url, made.body.secret)
    expect((await key('GET', '/api/datasets')).status).toBe(200)
    expect((await key('GET', '/api/members')).status).toBe(403)
    expect((await key('POST', '/api/keys', { name: 'more', scopes: ['members:write'] })).status).toBe(403)
    expect((await owner('GET', '/api/keys')).body.items.some((one: { name: string }) => one.name === 'reader')).toBe(true)
    expect(JSON.stringify((await owner('GET', '/api/keys')).body)).not.toContain(made.body.secret)
    const basic = await callAs(server.url)('GET', '/api/datasets', undefined, {
      authorization: `Basic ${Buffer.from(`any:${made.body.secret}`).toString('base64')}`,
    })
    expect(basic.status).toBe(200)
    expect((await owner('DELETE', `/api/keys/${made.body.id}`)).status).toBe(200)
    expect((await owner('DELETE', `/api/keys/${made.body.id}`)).status).toBe(404)
    expect((await key('GET', '/api/datasets')).status).toBe(401)
    const past = await owner('POST', '/api/keys', { name: 'old', scopes: ['datasets:read'], expiresAt: '2020-01-01T00:00:00Z' })
    expect((await callAs(server.url, past.body.secret)('GET', '/api/datasets')).status).toBe(401)
    const annotator = await signIn(server.url, 'annotator')
    expect((await annotator('POST', '/api/keys', { name: 'x', scopes: ['datasets:read'] })).status).toBe(403)
  })
})

describe('organisations', () => {
  it('are admitted by the operator alone and see nothing of each other', async () => {
    const admitted = await owner('POST', '/api/organisations', { name: 'Buyers', owner: person('buyer') })
    expect(admitted.status).toBe(201)
    const buyer = await signIn(server.url, 'buyer')
    expect((await buyer('POST', '/api/organisations', { name: 'Third', owner: person('third') })).status).toBe(403)
    expect((await buyer('GET', '/api/members')).body.items.map((one: { name: string }) => one.name)).toEqual(['buyer'])
    const [key] = (await owner('GET', '/api/keys')).body.items as { id: string }[]
    expect((await buyer('DELETE', `/api/keys/${key?.id}`)).status).toBe(404)
    expect((await owner('POST', '/api/organisations', { name: 'buyers', owner: person('other') })).body.code).toBe(
      'guard/organisation-taken',
    )
    expect((await owner('POST', '/api/organisations', { name: 'More', owner: person('buyer') })).body.code).toBe('guard/email-taken')
    // What failed left nothing behind.
    expect((await owner('POST', '/api/organisations', { name: 'More', owner: person('more') })).status).toBe(201)
  })
})

describe('a write under a key', () => {
  it('is done once, however often and however many at a time it is sent', async () => {
    const send = (name: string) => owner('POST', '/api/members', { ...person(name), roles: ['buyer'] }, { 'idempotency-key': 'once' })
    const answers = await Promise.all([1, 2, 3].map(() => send('twin')))
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201])
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1)
    const [done] = answers
    const again = await send('twin')
    expect([again.status, again.body, again.headers.get('idempotency-replayed')]).toEqual([201, done?.body, 'true'])
    expect((await send('other')).body.code).toBe('server/idempotency-conflict')
    // A secret is told once.
    const key = () => owner('POST', '/api/keys', { name: 'once', scopes: ['datasets:read'] }, { 'idempotency-key': 'key once' })
    const [told, toldAgain] = [await key(), await key()]
    expect(toldAgain.body).toEqual({ id: told.body.id })
    expect((await callAs(server.url, told.body.secret)('GET', '/api/datasets')).status).toBe(200)
    // A failed request may be mended and sent again.
    const bad = await owner('POST', '/api/members', { ...person('twin'), roles: ['buyer'] }, { 'idempotency-key': 'mend' })
    expect(bad.body.code).toBe('guard/email-taken')
    expect((await owner('POST', '/api/members', { ...person('mended'), roles: ['buyer'] }, { 'idempotency-key': 'mend' })).status).toBe(201)
  })
})

describe('setUp', () => {
  it('is refused on a server that has accounts', async () => {
    await expect(setUp(server.url).then((call) => call('GET', '/api/me'))).resolves.toMatchObject({ status: 401 })
  })
})
