import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join as joinLocal } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { problemOf } from '../../src/base/problem/index.ts'
import { join } from '../../src/base/store/index.ts'
import type { Storage } from '../../src/base/store/storage.ts'
import { folderStorage } from '../../src/base/store/storages/folder.ts'
import { s3Storage } from '../../src/base/store/storages/s3.ts'
import { build } from '../../src/index.ts'
import { seededFaults } from './faulty-proxy.ts'
import { type ObjectStore, startObjectStore } from './object-store.ts'

const SEED = 20260601
const work = mkdtempSync(joinLocal(tmpdir(), 'storages-'))
let store: ObjectStore
const kept: Record<string, Storage> = {}

beforeAll(async () => {
  store = await startObjectStore({
    fault: seededFaults(SEED, 0.2, ['error-500', 'slow-down', 'reset', 'answer-lost', 'truncated', 'stalled']),
  })
  Object.assign(process.env, store.environment)
  const patience = { retries: { attempts: 11, firstPauseMs: 1, longestPauseMs: 20 }, idleMs: 400 }
  Object.assign(kept, {
    folder: folderStorage(),
    's3, a fifth of all requests failing': s3Storage({ environment: store.environment, ...patience, partBytes: 100_000, pageKeys: 7 }),
  })
  process.stderr.write(`faults of seed ${SEED}\n`)
})
afterAll(async () => {
  await store.stop()
  rmSync(work, { recursive: true, force: true })
})

const utf8 = (text: string): Uint8Array => Buffer.from(text, 'utf8')
async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  // One buffer for all pieces, as file streams have it.
  const buffer = new Uint8Array(size)
  for (let at = 0; at < bytes.length; at += size) {
    const piece = bytes.subarray(at, at + size)
    buffer.set(piece)
    yield buffer.subarray(0, piece.length)
  }
}
const whole = async (pieces: AsyncIterable<Uint8Array>): Promise<Buffer> => {
  const found: Uint8Array[] = []
  for await (const piece of pieces) found.push(Buffer.from(piece))
  return Buffer.concat(found)
}

describe.each([
  ['folder', `${work}/folder`],
  ['s3, a fifth of all requests failing', 's3://lake/contract'],
])('storage: %s', (name, root) => {
  const storage = (): Storage => kept[name] as Storage

  it('gives back what was written, whole and in any part', async () => {
    const bytes = randomBytes(750_000)
    const path = join(root, 'ranges', 'bytes')
    await storage().writeStream(path, inPieces(bytes, 65_536))
    expect(Buffer.compare(Buffer.from(await storage().read(path)), bytes)).toBe(0)
    const file = await storage().open(path)
    expect(file.size).toBe(bytes.length)
    const place = fc.integer({ min: 0, max: 760_000 })
    await fc.assert(
      fc.asyncProperty(place, place, async (start, length) => {
        const expected = bytes.subarray(start, start + length)
        expect(Buffer.compare(Buffer.from(await file.read(start, length)), expected)).toBe(0)
        expect(Buffer.compare(await whole(file.stream(start, Math.min(bytes.length, start + length))), expected)).toBe(0)
      }),
      { numRuns: 20, seed: SEED },
    )
    const copy = await file.localPath()
    expect(Buffer.compare(readFileSync(copy), bytes)).toBe(0)
    await file.close()
    if (name !== 'folder') expect(existsSync(copy)).toBe(false)
  })

  it.each([0, 1, 99_999, 100_000, 100_001, 200_000, 350_000])('streams %i bytes into a file', async (nBytes) => {
    const bytes = randomBytes(nBytes)
    const path = join(root, 'sizes', `${nBytes}`)
    await storage().writeStream(path, inPieces(bytes, 30_000))
    expect(Buffer.compare(Buffer.from(await storage().read(path)), bytes)).toBe(0)
    await storage().write(path, bytes.subarray(0, nBytes >> 1))
    expect((await storage().open(path)).size).toBe(nBytes >> 1)
  })

  it('shows nothing of a file whose pieces broke off', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield randomBytes(300_000)
      throw new Error('the source broke off')
    }
    await expect(storage().writeStream(join(root, 'broken', 'file'), broken())).rejects.toThrow('the source broke off')
    expect(await storage().look(join(root, 'broken', 'file'))).toBe('nothing')
    await storage().write(join(root, 'broken', 'other'), utf8('x'))
    expect(await storage().list(join(root, 'broken'))).toEqual(['other'])
  })

  it('keeps names of every kind, and lists them sorted, page by page', async () => {
    const names = [
      'a b.csv',
      'plus+and&amp;.csv',
      '中文/数据 表.csv',
      'emoji-😀.txt',
      '%2F%20.csv',
      'question?#hash.csv',
      `${'long/'.repeat(30)}${'x'.repeat(200)}.csv`,
      'quote\'s "and" <tags>.csv',
      '\u00e9-composed',
      'e\u0301-decomposed',
      'z',
      ...Array.from({ length: 20 }, (_, i) => `many/${String(i).padStart(2, '0')}`),
    ]
    const folder = join(root, 'names')
    for (const path of names) await storage().write(join(folder, path), utf8(path))
    expect(await storage().list(folder)).toEqual([...names].sort())
    for (const path of names) expect(Buffer.from(await storage().read(join(folder, path))).toString('utf8')).toBe(path)
    const found = await storage().walk(folder, '')
    expect(found.map((one) => one.path).sort()).toEqual([...names].sort())
    expect(found.every((one) => one.kind === 'file' && one.size === utf8(one.path).length)).toBe(true)
    expect((await storage().walk(folder, 'many')).map((one) => one.path).sort()).toEqual(names.filter((one) => one.startsWith('many/')))
  })

  it('tells a file from a folder from nothing', async () => {
    await storage().write(join(root, 'kinds', 'a', 'b.csv'), utf8('x'))
    expect(await storage().look(join(root, 'kinds', 'a', 'b.csv'))).toBe('file')
    expect(await storage().look(join(root, 'kinds', 'a'))).toBe('folder')
    expect(await storage().look(join(root, 'kinds'))).toBe('folder')
    expect(await storage().look(join(root, 'kinds', 'a', 'b'))).toBe('nothing')
    expect(await storage().look(join(root, 'kind'))).toBe('nothing')
  })

  it('refuses to go on with a file that is no longer as it was', async () => {
    const path = join(root, 'changing')
    await storage().write(path, randomBytes(2_500_000))
    const { size, pin } = await storage().open(path)
    expect((await storage().open(path, { size, pin })).size).toBe(size)
    await storage().write(path, randomBytes(2_600_000))
    const later = async (): Promise<Buffer> => {
      const file = await storage().open(path, { size, pin })
      return whole(file.stream(0, size))
    }
    const thrown: unknown = await later().catch((error: unknown) => error)
    expect(problemOf(thrown)?.code).toBe('store/changed-underway')
  })

  it('moves a folder once, and leaves what is there', async () => {
    const [from, to] = [join(root, 'moves', 'staged'), join(root, 'moves', '1.0.0')]
    const fill = async (text: string): Promise<void> => {
      await storage().write(join(from, 'manifest.json'), utf8(text))
      await storage().write(join(from, 'data', 'a b 中.parquet'), utf8(`data of ${text}`))
    }
    const options = { last: 'manifest.json', hashes: new Map<string, string>() }
    // No + in these names: s3rver takes the source of a copy with %2B for another key; S3 does not.
    await fill('first')
    expect(await storage().moveFolder(from, to, options)).toBe('moved')
    expect(await storage().look(from)).toBe('nothing')
    expect(await storage().list(to)).toEqual(['data/a b 中.parquet', 'manifest.json'])
    await fill('second')
    expect(await storage().moveFolder(from, to, options)).toBe('taken')
    expect(Buffer.from(await storage().read(join(to, 'data/a b 中.parquet'))).toString('utf8')).toBe('data of first')
    await storage().remove(from)
    expect(await storage().list(join(root, 'moves'))).toEqual(['1.0.0/data/a b 中.parquet', '1.0.0/manifest.json'])
  })

  it('removes a folder with all in it, and nothing beside it', async () => {
    for (const path of ['gone/a', 'gone/b/c', 'gone-too/d']) await storage().write(join(root, 'remove', path), utf8(path))
    await storage().remove(join(root, 'remove', 'gone'))
    await storage().remove(join(root, 'remove', 'never-was'))
    expect(await storage().list(join(root, 'remove'))).toEqual(['gone-too/d'])
  })
})

describe('a folder', () => {
  it('that is a file is a problem that says so', async () => {
    writeFileSync(`${work}/file`, '')
    const thrown: unknown = await folderStorage()
      .write(`${work}/file/x`, utf8('x'))
      .catch((error: unknown) => error)
    expect(problemOf(thrown)).toMatchObject({ code: 'store/not-writable', facts: { found: expect.stringMatching(/^(?:EEXIST|ENOTDIR)$/) } })
  })
})

describe('source files', () => {
  const holding = (pattern: RegExp): string[] =>
    readdirSync('src', { recursive: true })
      .map(String)
      .filter((path) => path.endsWith('.ts') && pattern.test(readFileSync(joinLocal('src', path), 'utf8')))

  // A promise is true whatever it promises, and tsc looks away when it is negated.
  it('wait for what they ask a storage', () => {
    expect(holding(/!(?:exists|isFolder|isRelease)\(/)).toEqual([])
  })

  it('load the SDK of S3 only once a path asks for it', () => {
    expect(holding(/^import (?!type\b).*@aws-sdk/m)).toEqual([])
    expect(holding(/await import\('@aws-sdk/)).toEqual(['base/store/s3/connection.ts'])
  })
})

describe('a build on a folder', () => {
  it('is not made of a source that changes meanwhile', async () => {
    mkdirSync(`${work}/raw`)
    const file = `${work}/raw/a.csv`
    writeFileSync(file, `a,b\n${'1,2\n'.repeat(500)}`)
    const report = ({ stage }: { stage: string }): void => {
      if (stage === 'sample') writeFileSync(file, `a,b\n${'3,4\n'.repeat(501)}`)
    }
    const changed = await build({ input: `${work}/raw`, out: `${work}/out`, threads: 1 }, { clock: Date.now, report })
    expect(changed.ok ? 'released' : changed.problem.code).toBe('store/changed-underway')
  })
})
