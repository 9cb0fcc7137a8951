import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, describe, expect, it } from 'vitest'
import { build, explain, verifyRelease } from '../../src/index.ts'
import { exportText } from './export-text.ts'

const work = mkdtempSync(join(tmpdir(), 'privacy-'))
afterAll(() => rmSync(work, { recursive: true, force: true }))

const SERIAL = 'SN-4711-0815'

const photo = (seed: number) =>
  sharp(
    Uint8Array.from({ length: 160 * 120 * 3 }, (_, i) => ((i * (7919 + 64 * seed)) ^ (i >> (3 + seed))) & 255),
    { raw: { width: 160, height: 120, channels: 3 } },
  )
    .withMetadata({ orientation: 6 })
    .withExifMerge({
      IFD2: { BodySerialNumber: SERIAL },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '31/1 13/1 48/1', GPSLongitudeRef: 'E', GPSLongitude: '121/1 28/1 15/1' },
    })
    .jpeg()
    .toBuffer()

describe('images of a bare folder', () => {
  it('are released without serial numbers and exact places, pixel by pixel the same, and the trail tells it', async () => {
    mkdirSync(join(work, 'photos'))
    const raw = await Promise.all([1, 2, 3].map(photo))
    for (const [i, bytes] of raw.entries()) writeFileSync(join(work, 'photos', `p${i}.jpg`), bytes)
    expect(raw.every((bytes) => bytes.includes(SERIAL))).toBe(true)
    const built = await build({ input: join(work, 'photos'), out: join(work, 'out'), threads: 1 })
    if (!built.ok) throw new Error(built.problem.message.en)
    const { folder, manifest } = built.value
    expect(manifest.counts).toMatchObject({ in: 3, out: 3 })
    // Neither as files nor embedded in Parquet.
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => statSync(join(folder, path)).isFile())
    expect(files.filter((path) => path.endsWith('.jpg')).length).toBe(3)
    expect(files.filter((path) => readFileSync(join(folder, path)).includes(SERIAL))).toEqual([])
    const pixels = async (bytes: Uint8Array): Promise<string> => (await sharp(bytes).raw().toBuffer()).toString('base64')
    const released = files.filter((path) => path.endsWith('.jpg')).map((path) => readFileSync(join(folder, path)))
    expect((await Promise.all(released.map(pixels))).sort()).toEqual((await Promise.all(raw.map(pixels))).sort())
    for (const bytes of released) expect((await sharp(bytes).metadata()).orientation).toBe(6)
    const rows = await exportText(folder)
    expect(rows.map((row) => [row['gps_latitude'], row['gps_longitude']])).toEqual(Array.from({ length: 3 }, () => [31.23, 121.47]))
    const told = await explain(folder, String(rows[0]?.['id']))
    if (!told.ok || !('steps' in told.value.replay)) throw new Error('not explained')
    expect(told.value.changedBy).toEqual(['image/strip-metadata', 'image/gps-strip'])
    const step = told.value.replay.steps.find(({ use }) => use === 'image/strip-metadata')
    expect(step?.changed.map(({ field }) => field).sort()).toEqual(['bytes', 'image'])
    expect(step?.changed.find(({ field }) => field === 'image')?.after).toBe(rows[0]?.['image'])
    const verified = await verifyRelease({ folder })
    expect(verified.ok && verified.value.holds).toBe(true)
  }, 60_000)
})
