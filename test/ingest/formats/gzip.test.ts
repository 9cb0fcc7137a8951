import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openFile } from '../../../src/base/store/index.ts'
import type { ContainerFormat } from '../../../src/ingest/format.ts'
import plugin from '../../../src/ingest/formats/gzip.ts'
import { unpackAll, unpackBytes } from '../archives.ts'
import { hasSharedData, sharedFile } from '../reading.ts'

const gzip = plugin as ContainerFormat

const TEXT = Array.from({ length: 60_000 }, (_, i) => `${i},${(i * 7919) % 1000}`).join('\n')

describe('gzip', () => {
  it.each([
    ['data/a.csv.gz', 'a.csv'],
    ['a.tgz', 'a.tar'],
    ['a.tar.GZ', 'a.tar'],
    ['a.csv', 'a.csv'],
    ['.gz', '.gz'],
  ])('%s holds %s', async (path, inner) => {
    const [member] = await unpackBytes(gzip, gzipSync(TEXT), path)
    expect([member?.path, member?.bytes.toString() === TEXT, member?.problem]).toEqual([inner, true, undefined])
  })

  it('reads several members in one file as one, and nothing as nothing', async () => {
    expect((await unpackBytes(gzip, Buffer.concat([gzipSync('a,b\n'), gzipSync('1,2\n')])))[0]?.bytes.toString()).toBe('a,b\n1,2\n')
    expect((await unpackBytes(gzip, gzipSync('')))[0]).toMatchObject({ bytes: Buffer.alloc(0), problem: undefined })
  })

  it('gives what is readable of a cut file, then says so', async () => {
    const packed = gzipSync(TEXT)
    const [member] = await unpackBytes(gzip, packed.subarray(0, 100_000))
    expect(member?.problem).toBe('ingest/file-truncated')
    expect(member?.bytes.length).toBeGreaterThan(300_000)
    expect(TEXT.startsWith(member?.bytes.toString() ?? 'x')).toBe(true)
  })

  it('finds a flipped bit', async () => {
    const packed = gzipSync(TEXT)
    packed[packed.length - 5] = (packed[packed.length - 5] as number) ^ 1
    expect((await unpackBytes(gzip, packed))[0]?.problem).toBe('ingest/file-truncated')
  })

  it('survives any bytes with ProblemErrors only', async () => {
    const whole = gzipSync('x,y\n1,2\n'.repeat(50))
    const damaged = fc
      .tuple(fc.nat(whole.length), fc.nat(whole.length - 1), fc.uint8Array({ minLength: 1, maxLength: 8 }))
      .map(([end, at, patch]) => Buffer.concat([whole.subarray(0, at), patch, whole.subarray(at + patch.length)]).subarray(0, end))
    await fc.assert(
      fc.asyncProperty(fc.oneof(damaged, fc.uint8Array({ maxLength: 100 })), async (bytes) => {
        expect(await unpackBytes(gzip, bytes)).toHaveLength(1)
      }),
    )
  })
})

describe.runIf(hasSharedData)('gzip on a real file', () => {
  it('unpacks a track of ADS-B', async () => {
    const path = '06-low-altitude-uav/adsb/rega_zh.json.gz'
    const [member] = await unpackAll(gzip, await openFile(path, sharedFile(path)))
    expect(member?.path).toBe('rega_zh.json')
    // 339 rows by SOURCES.md.
    expect(JSON.parse(member?.bytes.toString() ?? '')).toHaveLength(339)
  })
})
