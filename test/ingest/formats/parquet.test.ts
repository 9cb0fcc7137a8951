import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import parquet from '../../../src/ingest/formats/parquet.ts'
import { hasSharedData, readBytes, readShared, sniffBytes } from '../reading.ts'

/** Sum of all values of observation.state: sum(sum(x) for x in pq.read_table(…).to_pydict()['observation.state']). */
const STATE_SUM = 3976.6731841912406

let folder = ''
let duckdb: DuckDBInstance
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'parquet-test-'))
  duckdb = await DuckDBInstance.create(':memory:', { threads: '1' })
})
afterAll(() => {
  duckdb.closeSync()
  rmSync(folder, { recursive: true })
})

let nFiles = 0

/** A Parquet file that DuckDB wrote. */
async function written(select: string, options = ''): Promise<Buffer> {
  const path = join(folder, `${nFiles++}.parquet`)
  const connection = await duckdb.connect()
  await connection.run(`COPY (${select}) TO '${path}' (FORMAT parquet${options})`)
  connection.closeSync()
  return readFileSync(path)
}

describe('parquet written by DuckDB', () => {
  it.each(['uncompressed', 'snappy', 'gzip', 'zstd', 'brotli', 'lz4_raw'])('reads %s by row groups', async (codec) => {
    const bytes = await written(
      `SELECT i, '水泵' || (i % 7) AS name, CASE WHEN i % 3 = 0 THEN NULL ELSE i / 4 END AS v FROM range(10000) t(i)`,
      `, CODEC '${codec}', ROW_GROUP_SIZE 2048`,
    )
    const { rows, places, broken, batches } = await readBytes(parquet, 'a.parquet', bytes)
    expect([rows.length, broken.length, batches.length > 3]).toEqual([10_000, 0, true])
    expect(rows[5]).toEqual({ i: 5, name: '水泵5', v: 1.25 })
    expect(rows[9999]).toEqual({ i: 9999, name: '水泵3', v: null })
    expect(rows.every((row, i) => row['i'] === i)).toBe(true)
    expect(places[9999]).toBe(10_000)
  })

  it('keeps long whole numbers, decimals, times and nested values', async () => {
    const bytes =
      await written(`SELECT 9007199254740993::BIGINT AS id, 42::BIGINT AS n, 0.3::DECIMAL(10,2) AS price, 1234567.89::DECIMAL(12,2) AS large,
      TIMESTAMP '2024-05-06 07:08:09.123' AS t, DATE '2024-05-06' AS d, true AS ok, [1, 2, NULL] AS list, {'a': 1, 'b': ['x', 'y']} AS struct,
      MAP {'k': 1} AS map, NULL::VARCHAR AS nothing, 1.5::FLOAT AS f`)
    const { rows } = await readBytes(parquet, 'a.parquet', bytes)
    expect(rows[0]).toEqual({
      id: '9007199254740993',
      n: 42,
      price: 0.3,
      large: 1234567.89,
      t: new Date('2024-05-06T07:08:09.123Z'),
      d: new Date('2024-05-06'),
      ok: true,
      list: [1, 2, null],
      struct: { a: 1, b: ['x', 'y'] },
      map: { k: 1 },
      nothing: null,
      f: 1.5,
    })
  })

  it('makes media of images, and text or Base64 of other bytes', async () => {
    const png = `89504E470D0A1A0A${'00'.repeat(40)}`
    const bytes =
      await written(`SELECT {'bytes': from_hex('${png}'), 'path': 'x.png'} AS image, {'bytes': from_hex('${'00'.repeat(40)}'), 'path': 'a/b.npy'} AS data,
      from_hex('${png}') AS raw, from_hex('E6B0B4') AS text, from_hex('FF00FE') AS blob`)
    const { rows } = await readBytes(parquet, 'a.parquet', bytes)
    const media = Uint8Array.from(Buffer.from(png, 'hex'))
    expect(rows[0]).toEqual({
      image: { media, extension: 'png' },
      data: { media: new Uint8Array(40), extension: 'npy' },
      raw: { media, extension: 'png' },
      text: '水',
      blob: '/wD+',
    })
  })
})

describe.runIf(hasSharedData)('parquet on real files', () => {
  it('reads a robot episode with the numbers that pyarrow 26 reads', async () => {
    const { rows, batches, broken } = await readShared(parquet, '08-embodied-ai/g1_lerobot/data/chunk-000/episode_000000.parquet')
    expect([rows.length, broken.length]).toEqual([479, 0])
    expect(batches[0]?.names).toEqual(['observation.state', 'action', 'timestamp', 'frame_index', 'episode_index', 'index', 'task_index'])
    const states = rows.flatMap((row) => row['observation.state'] as number[])
    expect(states.length).toBe(479 * 26)
    expect(states.reduce((sum, value) => sum + value, 0)).toBeCloseTo(STATE_SUM, 6)
    expect(rows.reduce((sum, row) => sum + (row['frame_index'] as number), 0)).toBe((478 * 479) / 2)
  })
})

describe('parquet on bad input', () => {
  it('loses only the damaged row group', async () => {
    const bytes = await written(`SELECT i, repeat('x', 50) || i AS s FROM range(8192) t(i)`, `, CODEC 'uncompressed', ROW_GROUP_SIZE 2048`)
    const damaged = Buffer.from(bytes)
    damaged.fill(0xff, 8, 60)
    const { rows, broken } = await readBytes(parquet, 'a.parquet', damaged)
    expect(rows.length).toBe(6144)
    expect(broken).toMatchObject([{ place: 1, problem: { code: 'ingest/file-truncated' } }])
  })

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['a cut file', Buffer.from('PAR1 and no footer')],
    ['a lying footer', Buffer.concat([Buffer.from('PAR1'), Buffer.from([255, 255, 255, 127]), Buffer.from('PAR1')])],
  ])('refuses %s', async (_, bytes) => {
    expect((await readBytes(parquet, 'a.parquet', bytes)).problem?.code).toBe('ingest/file-truncated')
  })

  it('says that an encrypted file is one, and that an empty one has no rows', async () => {
    expect((await readBytes(parquet, 'a.parquet', Buffer.from('PARE....PARE'))).problem?.code).toBe('ingest/file-encrypted')
    expect((await readBytes(parquet, 'a.parquet', await written('SELECT 1 AS a WHERE false'))).problem?.code).toBe('ingest/file-empty')
  })

  it('takes a damaged file without a crash', async () => {
    const good = await written(`SELECT i, 's' || i AS s, [i] AS l FROM range(300) t(i)`, `, CODEC 'snappy'`)
    const flips = fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(flips, async (changes) => {
        const bytes = Buffer.from(good)
        for (const [at, byte] of changes) bytes[at] = byte
        await readBytes(parquet, 'a.parquet', bytes)
      }),
      { numRuns: 150 },
    )
  })

  it('is certain by its magic', () => {
    expect(sniffBytes(parquet, 'a', Buffer.from('PAR1xxxx'))).toBe(1)
    expect(sniffBytes(parquet, 'a.parquet', 'hello')).toBe(0)
  })
})
