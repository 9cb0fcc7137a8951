import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { problemOf } from '../../src/base/problem/index.ts'
import { exists, listFiles, readText, remove, writeAtomic } from '../../src/base/store/index.ts'
import { s3Storage } from '../../src/base/store/storages/s3.ts'
import { build, verifyRelease } from '../../src/index.ts'
import type { Answer, Asked } from './faulty-proxy.ts'
import { type ObjectStore, startObjectStore } from './object-store.ts'

let store: ObjectStore
const before = { ...process.env }

beforeAll(async () => {
  store = await startObjectStore()
  Object.assign(process.env, store.environment, { AWS_MAX_ATTEMPTS: '3' })
})
afterEach(() => {
  store.options = {}
})
afterAll(async () => {
  await store.stop()
  process.env = before
})

const IMPATIENT = { retries: { attempts: 3, firstPauseMs: 1, longestPauseMs: 4 }, idleMs: 400 }
const storage = (environment: Record<string, string> = {}) =>
  s3Storage({ environment: { ...store.environment, ...environment }, ...IMPATIENT, partBytes: 100_000 })
const codeOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'no problem',
    (error: unknown) => problemOf(error)?.code ?? String(error),
  )

const rows = (n: number, from = 0): string =>
  `id,pressure,site\n${Array.from({ length: n }, (_, i) => `${i + from},${((i + from) * 7919) % 1000},s${i % 5}`).join('\n')}\n`

const error = (status: number, code: string, more = '', headers: Record<string, string> = {}): Answer => ({
  status,
  headers: { 'content-type': 'application/xml', ...headers },
  body: `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>x</Message>${more}</Error>`,
})

describe('what a service refuses', () => {
  it.each<[string, Answer, string]>([
    // Answers as the Amazon S3 API reference documents them ("Error responses").
    ['store/access-denied', error(403, 'AccessDenied'), 's3:GetObject'],
    ['store/credentials-refused', error(403, 'InvalidAccessKeyId', '<AWSAccessKeyId>S3RVER</AWSAccessKeyId>'), 'AWS_SECRET_ACCESS_KEY'],
    ['store/credentials-refused', error(403, 'SignatureDoesNotMatch', '<StringToSign>S3RVER-secret</StringToSign>'), 'AWS_ACCESS_KEY_ID'],
    ['store/credentials-refused', error(400, 'ExpiredToken'), 'AWS_SESSION_TOKEN'],
    ['store/no-bucket', error(404, 'NoSuchBucket'), 'AWS_ENDPOINT_URL'],
    ['store/wrong-region', error(301, 'PermanentRedirect', '', { 'x-amz-bucket-region': 'eu-west-1' }), 'eu-west-1'],
    ['store/wrong-region', error(400, 'AuthorizationHeaderMalformed', '<Region>eu-west-1</Region>'), 'eu-west-1'],
    ['store/refused', error(400, 'KeyTooLongError'), '1,024'],
    ['store/unreachable', error(503, 'SlowDown'), 'tried 3 times'],
    ['store/unreachable', error(500, 'InternalError'), 'it goes on where it was'],
  ])('%s is a problem that says what to do', async (code, answer, words) => {
    store.options = { answer: () => answer }
    const thrown: unknown = await storage()
      .list('s3://lake/x')
      .catch((caught: unknown) => caught)
    const problem = problemOf(thrown)
    expect(problem?.code).toBe(code)
    expect(`${problem?.message.en} ${problem?.advice.en}`).toContain(words)
    expect(problem?.message.zh).toMatch(/\p{Script=Han}/u)
    expect(JSON.stringify(problem)).not.toContain('secret')
    expect(JSON.stringify(problem)).not.toContain('S3RVER')
  })

  it('is told when the answer has no body, as of HEAD', async () => {
    store.options = { answer: () => ({ status: 301, headers: { 'x-amz-bucket-region': 'eu-west-1' } }) }
    expect(await codeOf(storage().look('s3://lake/x'))).toBe('store/wrong-region')
    store.options = { answer: () => ({ status: 400, headers: { 'x-amz-bucket-region': 'eu-west-1' } }) }
    expect(await codeOf(storage().look('s3://lake/x'))).toBe('store/wrong-region')
    store.options = { answer: () => ({ status: 403 }) }
    expect(await codeOf(storage().look('s3://lake/x'))).toBe('store/access-denied')
  })

  it('of a real bucket that is not there, and with a wrong key, is told apart', async () => {
    expect(await codeOf(storage().list('s3://no-such-lake/x'))).toBe('store/no-bucket')
    expect(await codeOf(storage().look('s3://no-such-lake/x'))).toBe('store/no-bucket')
  })

  it('says that there are no credentials, and that nothing answers', async () => {
    const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, HOME } = process.env
    delete process.env['AWS_ACCESS_KEY_ID']
    delete process.env['AWS_SECRET_ACCESS_KEY']
    process.env['HOME'] = '/nowhere'
    expect(await codeOf(storage().list('s3://lake/x'))).toBe('store/no-credentials')
    Object.assign(process.env, { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, HOME })
    expect(await codeOf(storage({ AWS_ENDPOINT_URL: 'http://127.0.0.1:9' }).list('s3://lake/x'))).toBe('store/unreachable')
  })
})

const isGet = ({ method, url }: Asked, key: string): boolean => method === 'GET' && url.split('?')[0] === `/lake/${key}`

describe('bytes on their way', () => {
  it('are asked for again when they come too slowly, from where they stopped', async () => {
    const bytes = Buffer.alloc(3_000_000, 'slow ')
    await storage().write('s3://lake/slow', bytes)
    const firstByte = store.seen.length
    let nStalled = 0
    store.options = { fault: (asked) => (isGet(asked, 'slow') && nStalled++ < 4 ? 'stalled' : undefined) }
    const file = await storage().open('s3://lake/slow')
    let nBytes = 0
    for await (const piece of file.stream(0, file.size)) nBytes += piece.length
    expect(nBytes).toBe(bytes.length)
    expect(store.seen.slice(firstByte).filter((asked) => isGet(asked, 'slow'))).toHaveLength(5)
  })

  it('that are not those written are noticed: once, and they are fetched again; always, and it is a problem', async () => {
    await storage().write('s3://lake/chunk', Buffer.from('the bytes of a chunk'))
    const flipped = (body: Buffer): Buffer => Buffer.concat([Buffer.from([body[0] ?? 0 ^ 1]), body.subarray(1).reverse()])
    store.options = { rewrite: (asked, body) => (isGet(asked, 'chunk') && asked.times === 0 ? flipped(body) : body) }
    expect(Buffer.from(await storage().read('s3://lake/chunk')).toString()).toBe('the bytes of a chunk')
    store.options = { rewrite: (asked, body) => (isGet(asked, 'chunk') ? flipped(body) : body) }
    expect(await codeOf(storage().read('s3://lake/chunk'))).toBe('store/damaged-underway')
  })

  it.each([1_000, 350_000])(
    'of an upload of %i bytes that the service stores otherwise are noticed, and the object is removed',
    async (n) => {
      store.options = { damage: ({ method }, body) => (method === 'PUT' ? Buffer.concat([body.subarray(1), Buffer.from('x')]) : body) }
      expect(await codeOf(storage().write('s3://lake/damaged', Buffer.alloc(n, 'abc')))).toBe('store/damaged-underway')
      store.options = {}
      expect(await storage().look('s3://lake/damaged')).toBe('nothing')
    },
  )

  it('of a long upload are few at once', async () => {
    let [running, most] = [0, 0]
    async function* pieces(): AsyncGenerator<Uint8Array> {
      for (let i = 0; i < 200; i++) yield Buffer.alloc(50_000, i)
    }
    store.options = {
      fault: ({ method, url }) => {
        if (method !== 'PUT' || !url.includes('partNumber')) return undefined
        most = Math.max(most, ++running)
        setTimeout(() => running--, 5)
        return undefined
      },
    }
    await storage().writeStream('s3://lake/long', pieces())
    expect((await storage().open('s3://lake/long')).size).toBe(10_000_000)
    expect(most).toBeGreaterThan(1)
    expect(most).toBeLessThanOrEqual(8)
  })
})

describe('a release on objects', () => {
  it('keeps an outage apart from a broken file: the build stops, nothing is quarantined, and the next goes on', async () => {
    await writeAtomic('s3://lake/outage/plant/a.csv', rows(500))
    await writeAtomic('s3://lake/outage/plant/b.csv', rows(500, 1000))
    for (const [stage, from] of [
      ['survey', 1],
      ['refine', 4],
    ] as const) {
      store.options = {
        answer: (asked) => (isGet(asked, 'outage/plant/b.csv') && asked.times >= from ? error(503, 'SlowDown') : undefined),
      }
      const failed = await build({ input: 's3://lake/outage/plant', out: `s3://lake/outage/${stage}`, threads: 1 })
      expect(failed.ok ? 'released' : failed.problem.code, stage).toBe('store/unreachable')
      expect(await listFiles(`s3://lake/outage/${stage}`).then((paths) => paths.filter((path) => path.includes('0.1.0')))).toEqual([])
      store.options = {}
      const built = await build({ input: 's3://lake/outage/plant', out: `s3://lake/outage/${stage}`, threads: 1 })
      expect(built.ok && built.value.manifest.counts, stage).toMatchObject({ in: 1000, out: 1000, quarantined: 0 })
    }
  }, 60_000)

  it('refuses an object that may not be read, by name, and takes its neighbours', async () => {
    await writeAtomic('s3://lake/denied/plant/a.csv', rows(300))
    await writeAtomic('s3://lake/denied/plant/secret.csv', rows(300, 1000))
    await writeAtomic('s3://lake/denied/plant/frozen.csv', rows(300, 2000))
    store.options = {
      answer: (asked) =>
        isGet(asked, 'denied/plant/secret.csv')
          ? error(403, 'AccessDenied')
          : isGet(asked, 'denied/plant/frozen.csv')
            ? error(403, 'InvalidObjectState')
            : undefined,
    }
    const built = await build({ input: 's3://lake/denied/plant', out: 's3://lake/denied/out', threads: 1 })
    if (!built.ok) throw new Error(built.problem.message.en)
    expect(built.value.manifest.counts).toMatchObject({ in: 302, out: 300, quarantined: 2 })
    const { refused } = JSON.parse(await readText(`${built.value.folder}/sources.json`)) as {
      refused: { entry: { path: string }; code: string }[]
    }
    expect(refused.map((one) => `${one.entry.path} ${one.code}`).sort()).toEqual([
      'frozen.csv store/archived',
      'secret.csv store/access-denied',
    ])
  }, 60_000)

  it('is not made of a source that changes while it is built', async () => {
    await writeAtomic('s3://lake/changing/plant/a.csv', rows(500))
    const object = `${store.directory}/lake/changing/plant/a.csv._S3rver_object`
    const report = ({ stage, done, total }: { stage: string; done: number; total: number }): void => {
      if (stage !== 'sample' || done < total) return
      const bytes = rows(500, 7)
      writeFileSync(object, bytes)
      writeFileSync(`${object}.md5`, createHash('md5').update(bytes).digest('hex'))
    }
    const changed = await build(
      { input: 's3://lake/changing/plant', out: 's3://lake/changing/out', threads: 1 },
      { clock: Date.now, report },
    )
    expect(changed.ok ? 'released' : changed.problem.code).toBe('store/changed-underway')
    expect(await exists('s3://lake/changing/out/plant')).toBe(false)
  })

  it('is published by one of two builds with other content, and whole', async () => {
    await writeAtomic('s3://lake/race/one/plant/a.csv', rows(400))
    await writeAtomic('s3://lake/race/two/plant/a.csv', rows(400, 5000))
    const both = await Promise.all(
      ['one', 'two'].map((name) => build({ input: `s3://lake/race/${name}/plant`, out: 's3://lake/race/out', threads: 1 })),
    )
    const codes = both.map((one) => (one.ok ? 'released' : one.problem.code)).sort()
    expect(codes).toHaveLength(2)
    expect(codes[0]).toMatch(/^release\/version-taken|^released|^store\/place-claimed/)
    expect(codes.filter((code) => code === 'released')).toHaveLength(1)
    const verified = await verifyRelease({ folder: 's3://lake/race/out/plant/0.1.0' })
    expect(verified.ok && verified.value.holds).toBe(true)
  }, 60_000)

  it('is published by both of two builds with the same content', async () => {
    await writeAtomic('s3://lake/same/plant/a.csv', rows(400))
    const both = await Promise.all([1, 2].map(() => build({ input: 's3://lake/same/plant', out: 's3://lake/same/out', threads: 1 })))
    expect(both.map((one) => (one.ok ? 'released' : one.problem.code))).toEqual(['released', 'released'])
    const verified = await verifyRelease({ folder: 's3://lake/same/out/plant/0.1.0' })
    expect(verified.ok && verified.value.holds).toBe(true)
    expect(await listFiles('s3://lake/same/out/plant').then((paths) => paths.filter((path) => path.startsWith('.')))).toEqual([])
  }, 60_000)

  it('that was interrupted while it was published is taken up by the same content, and guarded from other', async () => {
    await writeAtomic('s3://lake/claimed/plant/a.csv', rows(400))
    const out = 's3://lake/claimed/out'
    // What a build leaves that is killed between its claim and its manifest.
    store.options = {
      answer: ({ method, url }) => (method === 'PUT' && url.includes('/0.1.0/manifest.json?') ? error(403, 'AccessDenied') : undefined),
    }
    const killed = await build({ input: 's3://lake/claimed/plant', out, threads: 1 })
    expect(killed.ok ? 'released' : killed.problem.code).toBe('store/access-denied')
    store.options = {}
    expect(await exists(`${out}/plant/0.1.0/README.md`)).toBe(true)
    expect((await verifyRelease({ folder: `${out}/plant/0.1.0` })).ok).toBe(false)
    await writeAtomic('s3://lake/claimed/plant/a.csv', rows(400, 1))
    const other = await build({ input: 's3://lake/claimed/plant', out, threads: 1 })
    expect(other.ok ? 'released' : other.problem).toMatchObject({
      code: 'store/place-claimed',
      facts: { found: `${out}/plant/.claim-0.1.0` },
    })
    await writeAtomic('s3://lake/claimed/plant/a.csv', rows(400))
    expect((await build({ input: 's3://lake/claimed/plant', out, threads: 1 })).ok).toBe(true)
    expect(await exists(`${out}/plant/.claim-0.1.0`)).toBe(false)
    await writeAtomic('s3://lake/claimed/plant/a.csv', rows(400, 1))
    const late = await build({ input: 's3://lake/claimed/plant', out, threads: 1 })
    expect(late.ok ? 'released' : late.problem.code).toBe('release/version-taken')
  }, 60_000)

  it('is published when the claim of another build goes between being met and being read', async () => {
    await writeAtomic('s3://lake/passing/plant/a.csv', rows(400))
    store.options = {
      answer: ({ method, url, times }) =>
        method === 'PUT' && url.includes('.claim-0.1.0') && times === 0 ? error(412, 'PreconditionFailed') : undefined,
    }
    const released = await build({ input: 's3://lake/passing/plant', out: 's3://lake/passing/out', threads: 1 })
    expect(released.ok ? 'released' : released.problem.code).toBe('released')
    expect(await exists('s3://lake/passing/out/plant/.claim-0.1.0')).toBe(false)
  }, 60_000)

  it('is refused where another stands also by a service that ignores conditions', async () => {
    store.options = { unconditional: true }
    await writeAtomic('s3://lake/plain/plant/a.csv', rows(400))
    expect((await build({ input: 's3://lake/plain/plant', out: 's3://lake/plain/out', threads: 1 })).ok).toBe(true)
    await writeAtomic('s3://lake/plain/plant/a.csv', rows(400, 3))
    const other = await build({ input: 's3://lake/plain/plant', out: 's3://lake/plain/out', threads: 1 })
    expect(other.ok ? 'released' : other.problem.code).toBe('release/version-taken')
  }, 60_000)

  it('names keys that are no path, and reads the rest', async () => {
    await writeAtomic('s3://lake/hostile/plant/a.csv', rows(300))
    const hostile = ['../up.csv', 'x/../../../etc/passwd', 'twice//slashed.csv', './dot.csv', '/', 'mark/', `${'d/'.repeat(70)}deep.csv`]
    const listed = (key: string): string =>
      `<Contents><Key>hostile/plant/${key}</Key><LastModified>2026-01-01T00:00:00.000Z</LastModified><ETag>"0"</ETag><Size>${key === 'mark/' ? 0 : 9}</Size></Contents>`
    store.options = {
      // s3rver has no such keys, for it makes paths of them.
      rewrite: ({ method, url }, body) =>
        method === 'GET' && /list-type=2/.test(url) && /prefix=hostile%2Fplant%2F/.test(url) && !/max-keys=1&/.test(`${url}&`)
          ? Buffer.from(body.toString('utf8').replace('<Contents>', `${hostile.map(listed).join('')}<Contents>`))
          : body,
    }
    const built = await build({ input: 's3://lake/hostile/plant', out: 's3://lake/hostile/out', threads: 1 })
    if (!built.ok) throw new Error(built.problem.message.en)
    expect(built.value.manifest.counts).toMatchObject({ out: 300, quarantined: hostile.length - 1 })
    store.options = {}
    const sources = await readText(`${built.value.folder}/sources.json`)
    for (const key of hostile) if (key !== 'mark/') expect(sources).toContain(JSON.stringify(key))
    await remove('s3://lake/hostile')
  }, 60_000)
})
