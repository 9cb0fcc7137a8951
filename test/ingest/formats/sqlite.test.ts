import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import sqlite3 from 'node-sqlite3-wasm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import sqlite from '../../../src/ingest/formats/sqlite.ts'
import { hasSharedData, readBytes, readShared, sniffBytes } from '../reading.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sqlite-test-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

let nFiles = 0
type Value = number | bigint | string | Uint8Array | null

/** Bytes of a database that SQLite itself wrote, and what it answers to a query. */
function written(
  statements: readonly (readonly [sql: string, values?: Value[]])[],
  query: string,
): { bytes: Buffer; answer: Record<string, unknown>[] } {
  const path = join(folder, `${nFiles++}.db`)
  const database = new sqlite3.Database(path)
  const isPragma = (sql: string): boolean => sql.startsWith('PRAGMA')
  for (const [sql] of statements) if (isPragma(sql)) database.exec(sql)
  database.exec('BEGIN')
  for (const [sql, values] of statements) if (!isPragma(sql)) database.run(sql, values)
  database.exec('COMMIT')
  const answer = database.all(query) as Record<string, unknown>[]
  database.close()
  return {
    bytes: readFileSync(path),
    answer: answer.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)]))),
  }
}

const plain = (value: unknown): unknown =>
  typeof value === 'bigint' ? String(value) : value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value

describe('sqlite against SQLite itself', () => {
  it('reads rows of many pages, long texts and blobs', async () => {
    const text = '水泵'.repeat(20_000)
    const rows = Array.from(
      { length: 3000 },
      (_, i) => ['INSERT INTO t VALUES (?, ?, ?, ?)', [i * 7, `行${i}`, i / 3, i % 500 === 0 ? text : null]] as const,
    )
    const { bytes, answer } = written(
      [
        ['CREATE TABLE t (id INTEGER PRIMARY KEY, "a b" TEXT NOT NULL, [c] REAL, `d` TEXT)'],
        ...rows.map(([sql, values]) => [sql, [...values]] as [string, Value[]]),
      ],
      'SELECT * FROM t',
    )
    const read = await readBytes(sqlite, 'a.db', bytes)
    expect(read.rows).toEqual(answer)
    expect([read.places[2999], read.broken.length, read.batches[0]?.part]).toEqual([2999 * 7, 0, 't'])
  })

  it('reads tables without rowid, added and generated columns, in the order SQLite gives', async () => {
    const { bytes, answer } = written(
      [
        [
          'CREATE TABLE t (v TEXT, k2 INTEGER, g INTEGER GENERATED ALWAYS AS (k2 + 1) VIRTUAL, k1 TEXT, PRIMARY KEY (k1, k2)) WITHOUT ROWID',
        ],
        ...Array.from(
          { length: 2000 },
          (_, i) => ['INSERT INTO t (v, k2, k1) VALUES (?, ?, ?)', [`v${i}`.repeat(9), i, `k${i % 7}`]] as [string, Value[]],
        ),
      ],
      'SELECT k1, k2, v FROM t',
    )
    expect((await readBytes(sqlite, 'a.db', bytes)).rows).toEqual(answer)
    const added = written(
      [
        ['CREATE TABLE t (a INTEGER, CHECK (a > 0))'],
        ['INSERT INTO t VALUES (1)'],
        ["ALTER TABLE t ADD COLUMN b TEXT DEFAULT 'x, y'"],
        ['ALTER TABLE t ADD COLUMN c REAL DEFAULT 1.5'],
        ["INSERT INTO t VALUES (2, 'z', NULL)"],
      ],
      'SELECT * FROM t',
    )
    expect((await readBytes(sqlite, 'a.db', added.bytes)).rows).toEqual(added.answer)
  })

  it('reads UTF-16 databases, leaves views and virtual tables out, and makes media of pictures', async () => {
    const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(40)])
    const { bytes } = written(
      [
        ["PRAGMA encoding = 'UTF-16le'"],
        ['CREATE TABLE 图 (名称 TEXT, 数据 BLOB)'],
        ['INSERT INTO 图 VALUES (?, ?)', ['阀门', png]],
        ['CREATE VIEW w AS SELECT * FROM 图'],
        ['CREATE INDEX i ON 图 (名称)'],
        ['CREATE VIRTUAL TABLE f USING fts5(x)'],
      ],
      'SELECT 1',
    )
    const { rows, batches } = await readBytes(sqlite, 'a.db', bytes)
    expect(batches.some((batch) => batch.part === 'w' || batch.part === 'f')).toBe(false)
    expect(rows.find((row) => row['名称'] === '阀门')?.['数据']).toEqual({ media: Uint8Array.from(png), extension: 'png' })
  })

  it('gives every value back', async () => {
    const value = fc.oneof(
      fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.string({ unit: 'binary', maxLength: 20 }).filter((text) => !text.includes('\0')),
      fc.uint8Array({ maxLength: 20 }),
      fc.constant(null),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 30 }), async (table) => {
        const { bytes, answer } = written(
          [['CREATE TABLE t (a, b)'], ...table.map((row) => ['INSERT INTO t VALUES (?, ?)', row] as [string, Value[]])],
          'SELECT * FROM t',
        )
        expect((await readBytes(sqlite, 'a.db', bytes)).rows).toEqual(answer)
      }),
      { numRuns: 40 },
    )
  })
})

describe.runIf(hasSharedData)('sqlite on real files', () => {
  it('reads a ROS 2 bag (counts by Python sqlite3)', async () => {
    const { batches } = await readShared(sqlite, '08-embodied-ai/rosbag2/topics_and_services.db3')
    expect(batches.map((batch) => [batch.part, batch.ordinals.length])).toEqual([
      ['message_definitions', 4],
      ['messages', 13],
      ['metadata', 2],
      ['schema', 1],
      ['topics', 5],
    ])
  })
})

describe('sqlite on bad input', () => {
  const good = (): Buffer =>
    written(
      [
        ['CREATE TABLE t (a TEXT)'],
        ...Array.from({ length: 500 }, (_, i) => ['INSERT INTO t VALUES (?)', [`row ${i} ${'x'.repeat(40)}`]] as [string, Value[]]),
      ],
      'SELECT 1',
    ).bytes

  it('reads what is left of a cut file', async () => {
    const bytes = good()
    const { rows, broken } = await readBytes(sqlite, 'a.db', bytes.subarray(0, Math.floor(bytes.length / 2)))
    expect(rows.length).toBeGreaterThan(50)
    expect(rows.length).toBeLessThan(500)
    expect(broken.some((record) => record.problem.code === 'ingest/file-truncated')).toBe(true)
  })

  it('takes a damaged file without a crash, and ends', async () => {
    const bytes = good()
    const flips = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 20 })
    await fc.assert(
      fc.asyncProperty(flips, async (changes) => {
        const damaged = Buffer.from(bytes)
        for (const [at, byte] of changes) damaged[at] = byte
        await readBytes(sqlite, 'a.db', damaged)
      }),
      { numRuns: 200 },
    )
  })

  it.each([
    ['nothing', Buffer.alloc(0), 'ingest/file-truncated'],
    ['a header alone', Buffer.from('SQLite format 3\0'), 'ingest/file-truncated'],
  ])('refuses %s', async (_, bytes, code) => {
    expect((await readBytes(sqlite, 'a.db', bytes)).problem?.code).toBe(code)
  })

  it('is certain by its magic', () => {
    expect(sniffBytes(sqlite, 'a', good())).toBe(1)
    expect(sniffBytes(sqlite, 'a.db', 'hello')).toBe(0)
  })
})
