import { createPublicKey } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkReceipts } from '../../src/base/ledger/index.ts'
import { type Call, callAs, ended, type OpenServer, openServer, person, setUp, signIn } from './open-server.ts'

let server: OpenServer
let owner: Call
let anyone: Call
let buyer: Call
let buyerKey: string
const listing = { id: '', address: 'operator/civil-causes', commit: '', dataset: '', version: '' }

/** Reads with a key as a client would: bytes, not JSON. */
const load = (path: string, key = buyerKey, headers: Record<string, string> = {}, method = 'GET') =>
  fetch(server.url + path, { method, headers: { authorization: `Bearer ${key}`, ...headers } })

async function order(kind: string): Promise<string> {
  const { body } = await buyer('GET', `/api/catalogue/${listing.address}`)
  const plan = body.plans.find((one: { kind: string }) => one.kind === kind)
  const placed = await buyer('POST', '/api/orders', { organisation: 'operator', listing: 'civil-causes', planId: plan.id })
  expect(placed.body).toMatchObject({ version: listing.version })
  return placed.body.entitlementId
}

async function payIn(amount: string): Promise<void> {
  const { body } = await buyer('POST', '/api/payments', { amount, currency: 'CNY' })
  expect((await owner('POST', `/api/payments/${body.id}/settle`, { decision: 'confirm' })).status).toBe(200)
}

const wallet = async (who: Call): Promise<Record<string, string>> =>
  Object.fromEntries(
    (await who('GET', '/api/wallet')).body.items.map(({ account, balance }: { account: string; balance: string }) => [account, balance]),
  )

beforeAll(async () => {
  server = await openServer()
  anyone = callAs(server.url)
  owner = await setUp(server.url)
  await owner('POST', '/api/organisations', { name: 'Model Works', owner: person('buyer') })
  await owner('POST', '/api/organisations', { name: '无关单位', owner: person('stranger') })
  buyer = await signIn(server.url, 'buyer')
  buyerKey = (await buyer('POST', '/api/keys', { name: 'loader', scopes: ['delivery:read'] })).body.secret
  const job = await owner('POST', '/api/builds', { input: { example: 'law' } })
  const built = await ended(owner, job.body.job)
  expect(built.state).toBe('done')
  listing.dataset = built.result.dataset
  listing.version = built.result.version
}, 120_000)
afterAll(() => server.stop())

describe('a listing', () => {
  it('is drafted from a graded version, and not submitted before its checklist is complete', async () => {
    const drafted = await owner('POST', '/api/listings', {
      dataset: listing.dataset,
      version: listing.version,
      handle: 'civil-causes',
      keywords: ['民事', '案由'],
    })
    expect(drafted.status).toBe(201)
    listing.id = drafted.body.id
    expect((await ended(owner, drafted.body.job)).state).toBe('done')
    const { body } = await owner('GET', `/api/listings/${listing.id}`)
    listing.commit = body.versions[0].commit
    expect(body.sheet.grade.quality).toBeGreaterThan(0)
    expect(body.tokens.o200k).toBeGreaterThan(100)
    const unfinished = await owner('POST', `/api/listings/${listing.id}/submit`, {
      declarations: { authorised: true, lawful: false, deidentified: true },
    })
    expect(unfinished.body.code).toBe('exchange/checklist-open')
    expect(unfinished.body.facts.found).toContain('gathered lawfully')
    expect((await buyer('GET', '/api/catalogue?q=民事')).body.total).toBe(0)
    expect((await buyer('GET', `/api/listings/${listing.id}`)).status).toBe(404)
  })

  it('takes plans whose terms hold, and is found once it was reviewed', async () => {
    const add = (kind: string, terms: unknown) => owner('POST', `/api/listings/${listing.id}/plans`, { kind, terms })
    expect((await add('one-off', { currency: 'CNY', price: '-1' })).body.code).toBe('exchange/terms-invalid')
    expect((await add('one-off', { currency: 'JPY', price: '1.5' })).body.code).toBe('exchange/terms-invalid')
    expect((await add('barter', {})).body.code).toBe('exchange/plan-not-found')
    for (const [kind, terms] of [
      ['one-off', { currency: 'CNY', price: '980.00' }],
      ['per-token', { currency: 'CNY', pricePerMillion: '3333.33', tokenizer: 'o200k' }],
      ['per-call', { currency: 'CNY', pricePerThousand: '20.00', quotaCalls: 3 }],
    ] as const)
      expect((await add(kind, terms)).status).toBe(201)
    const declarations = { authorised: true, lawful: true, deidentified: true }
    expect((await owner('POST', `/api/listings/${listing.id}/submit`, { declarations })).status).toBe(200)
    expect((await buyer('POST', `/api/reviews/${listing.id}`, { decision: 'list' })).status).toBe(403)
    expect((await owner('POST', `/api/reviews/${listing.id}`, { decision: 'list' })).status).toBe(200)
    for (const words of ['民事', '案由', 'law', 'court causes', '法律', 'civl causes']) {
      const { body } = await buyer('GET', `/api/catalogue?q=${encodeURIComponent(words)}`)
      expect(
        body.items.map(({ address }: { address: string }) => address),
        words,
      ).toEqual([listing.address])
    }
    expect((await buyer('GET', '/api/catalogue?q=semiconductors')).body.total).toBe(0)
    expect((await buyer('GET', '/api/catalogue?plan=one-off&sector=law')).body.total).toBe(1)
    expect((await anyone('GET', '/catalog.jsonld')).body['dcat:dataset']).toHaveLength(1)
  })
})

describe('a buyer', () => {
  const file = () => `/hf/datasets/${listing.address}/resolve/main/`
  const parquet = async (): Promise<{ path: string; size: number }[]> => {
    const tree = await load(`/hf/api/datasets/${listing.address}/tree/main?recursive=true`)
    return ((await tree.json()) as { path: string; size: number }[]).filter(({ path }) => path.endsWith('.parquet'))
  }

  it('is told what is missing, in words that the client shows', async () => {
    expect((await load(`${file()}README.md`)).status).toBe(200)
    const refused = await load(`/hf/api/datasets/${listing.address}/tree/main`)
    expect([refused.status, refused.headers.get('x-error-code')]).toEqual([403, 'GatedRepo'])
    expect(refused.headers.get('x-error-message')).toContain('holds no entitlement')
    expect((await load(`${file()}README.md`, 'hgk_wrong')).status).toBe(401)
    expect((await load(`/hf/datasets/${listing.address}/resolve/v9.9.9/README.md`)).headers.get('x-error-code')).toBe('RevisionNotFound')
    expect((await load(`/hf/datasets/nobody/nothing/resolve/main/README.md`)).headers.get('x-error-code')).toBe('RepoNotFound')
    expect((await load(`${file()}law.py`)).headers.get('x-error-code')).toBe('EntryNotFound')
    expect((await load(`${file()}..%2F..%2Fkeys%2Fexchange-ed25519.pem`)).status).toBe(404)
    const listed = await owner('GET', `/api/catalogue/${listing.address}`)
    const oneOff = listed.body.plans.find((one: { kind: string }) => one.kind === 'one-off')
    const poor = await buyer('POST', '/api/orders', { organisation: 'operator', listing: 'civil-causes', planId: oneOff.id })
    expect([poor.status, poor.body.code]).toEqual([402, 'exchange/balance-used-up'])
    expect((await owner('POST', '/api/orders', { organisation: 'operator', listing: 'civil-causes', planId: oneOff.id })).status).toBe(409)
  })

  it('pays for what is new by tokens, once, however it is fetched', async () => {
    await payIn('2000.00')
    const entitlement = await order('per-token')
    const usage = async () => (await buyer('GET', `/api/entitlements/${entitlement}/usage`)).body
    const some = await load(`/api/deliveries/${listing.address}/main/records?limit=3`)
    const records = (await some.text())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(records).toHaveLength(3)
    expect(some.headers.get('link')).toContain('rel="next"')
    await load(`/api/deliveries/${listing.address}/main/records?limit=3`)
    const first = await usage()
    expect(first.entitlement.used.records).toBe(3)
    const files = await parquet()
    const loadAll = async () => {
      for (const { path, size } of files) {
        expect((await load(file() + path, buyerKey, {}, 'HEAD')).headers.get('content-length')).toBe(String(size))
        const whole = new Uint8Array(await (await load(file() + path)).arrayBuffer())
        expect(whole.length).toBe(size)
        const tail = await load(file() + path, buyerKey, { range: `bytes=${size - 8}-${size - 1}` })
        expect([tail.status, tail.headers.get('content-range')]).toEqual([206, `bytes ${size - 8}-${size - 1}/${size}`])
        expect(Buffer.from(await tail.arrayBuffer())).toEqual(Buffer.from(whole.slice(-8)))
      }
    }
    await loadAll()
    const second = await usage()
    const { body: listed } = await buyer('GET', `/api/catalogue/${listing.address}`)
    expect(second.entitlement.used).toEqual({ records: listed.sheet.records, tokens: listed.tokens.o200k, calls: 2 })
    const charged = Number((BigInt(listed.tokens.o200k) * 333_333n) / 1_000_000n) / 100
    expect(second.entitlement.charged).toBe(`${charged.toFixed(2)} CNY`)
    await loadAll()
    await load(`/api/deliveries/${listing.address}/main/records?limit=50`)
    const third = await usage()
    expect(third.entitlement.charged).toBe(second.entitlement.charged)
    expect(await wallet(buyer)).toEqual({ wallet: `${(2000 - charged).toFixed(2)} CNY` })
    const { receipts, publicKey } = (await buyer('GET', `/api/entitlements/${entitlement}/receipts.json`)).body
    expect(receipts).toHaveLength(third.items.length)
    expect(checkReceipts(receipts, createPublicKey(publicKey))).toBeUndefined()
    receipts[1].body.charge = '0.01 CNY'
    expect(checkReceipts(receipts, createPublicKey(publicKey))).toEqual({ at: 1, why: 'hash' })
    expect((await (await signIn(server.url, 'stranger'))('GET', `/api/entitlements/${entitlement}/usage`)).status).toBe(404)
  }, 60_000)

  it('is stopped by the quota, and a call repeated under its key counts once', async () => {
    await owner('POST', `/api/entitlements/${(await buyer('GET', '/api/entitlements')).body.items[0].id}/revoke`, { why: 'test' })
    await order('per-call')
    const page = (key: string) => load(`/api/deliveries/${listing.address}/main/records?limit=1`, buyerKey, { 'idempotency-key': key })
    const answers = []
    for (const key of ['a', 'b', 'b', 'a', 'c', 'd']) answers.push((await page(key)).status)
    expect(answers).toEqual([200, 200, 200, 200, 200, 403])
    const files = await load(`/hf/api/datasets/${listing.address}/tree/main`)
    expect(files.headers.get('x-error-message')).toContain('does not include')
  })

  it('owns what it paid for; shares reach the others to the last fen, and the book agrees', async () => {
    await order('one-off')
    expect((await load(`/hf/api/datasets/${listing.address}/tree/main`)).status).toBe(200)
    const sold = (await owner('GET', '/api/entitlements?side=seller')).body.items
    expect(sold).toHaveLength(3)
    expect((await owner('GET', '/api/ledger/audit')).body).toEqual({ holds: true, faults: [] })
    const [spent, got] = await Promise.all([wallet(buyer), wallet(owner)])
    const fen = (text = '0.00 CNY') => Math.round(Number.parseFloat(text) * 100)
    const lines = (await owner('GET', '/api/ledger?limit=1000')).body.items
    const annotators = 200_000 - fen(spent['wallet']) - fen(got['earnings']) - fen(got['platform:fees'])
    expect(annotators).toBeGreaterThan(0)
    expect(fen(got['world:bank'])).toBe(-200_000)
    expect(lines.length).toBeGreaterThan(4)
    const csv = await (await owner('GET', '/api/statement.csv')).body
    expect(csv.split('\r\n')).toHaveLength(lines.length + 2)
  })

  it('cannot spend more than there is, however many ask at once', async () => {
    const { body } = await buyer('GET', `/api/catalogue/${listing.address}`)
    const plan = body.plans.find((one: { kind: string }) => one.kind === 'one-off')
    const asked = await Promise.all(
      Array.from({ length: 12 }, () =>
        buyer('POST', '/api/orders', { organisation: 'operator', listing: 'civil-causes', planId: plan.id }),
      ),
    )
    const left = Number.parseFloat((await wallet(buyer))['wallet'] ?? '0')
    expect(left).toBeGreaterThanOrEqual(0)
    expect(asked.filter(({ status }) => status === 201).length).toBeLessThanOrEqual(1)
    expect((await owner('GET', '/api/ledger/audit')).body.holds).toBe(true)
  })
})

describe('a refund', () => {
  it('gives back what was paid at the order, from all who got it, once', async () => {
    await payIn('980.00')
    const before = [await wallet(buyer), await wallet(owner)]
    const entitlement = await order('one-off')
    const revoke = () => owner('POST', `/api/entitlements/${entitlement}/revoke`, { why: 'ordered twice', refund: true })
    expect((await revoke()).status).toBe(200)
    expect([await wallet(buyer), await wallet(owner)]).toEqual(before)
    expect((await revoke()).status).toBe(404)
    expect((await owner('GET', '/api/ledger/audit')).body.holds).toBe(true)
  })
})

describe('delta sharing', () => {
  it('charges at the query and gives addresses that hold by themselves', async () => {
    const base = `/delta-sharing/shares/operator/schemas/civil-causes`
    const tables = (await (await load(`${base}/tables`)).json()) as { items: { name: string }[] }
    const name = tables.items[0]?.name ?? ''
    const asked = await fetch(`${server.url}${base}/tables/${name}/query`, {
      method: 'POST',
      headers: { authorization: `Bearer ${buyerKey}`, 'content-type': 'application/json' },
      body: '{}',
    })
    expect([asked.status, asked.headers.get('delta-table-version')]).toEqual([200, '0'])
    const lines = (await asked.text())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines[0]).toEqual({ protocol: { minReaderVersion: 1 } })
    const { url, size } = lines[2].file
    expect((await (await fetch(url)).arrayBuffer()).byteLength).toBe(size)
    expect((await fetch(url.replace(/.$/, (digit: string) => (digit === '0' ? '1' : '0')))).status).toBe(403)
    expect((await fetch(url.replace(/expires=\d+/, 'expires=1'))).status).toBe(403)
  })
})
