import fc from 'fast-check'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import type { MediaValue } from '../../../src/ingest/format.ts'
import jpeg from '../../../src/ingest/formats/jpeg.ts'
import png from '../../../src/ingest/formats/png.ts'
import tiff from '../../../src/ingest/formats/tiff.ts'
import webp from '../../../src/ingest/formats/webp.ts'
import { hasSharedData, type Reading, readBytes, readShared, sniffBytes } from '../reading.ts'

const FORMATS = { png, jpeg, tiff, webp } as const
type Kind = keyof typeof FORMATS
const KINDS = Object.keys(FORMATS) as Kind[]

/** A picture with a gradient, an edge and a pattern. */
const pixels = (width: number, height: number): Uint8Array =>
  Uint8Array.from({ length: width * height * 3 }, (_, i) => {
    const [x, y] = [Math.floor(i / 3) % width, Math.floor(i / 3 / width)]
    return (x * 2 + (y > height / 2 ? 90 : 0) + ((x ^ y) & 7) * 6 + (i % 3) * 10) & 255
  })

const encode = (kind: Kind, width = 96, height = 64): Promise<Buffer> =>
  sharp(pixels(width, height), { raw: { width, height, channels: 3 } })
    [kind]()
    .toBuffer()

const reasonOf = ({ broken }: Reading): string => broken[0]?.problem.message.en ?? ''

describe.each(KINDS)('%s', (kind) => {
  const format = FORMATS[kind]

  it('is known by its bytes, whatever its name', async () => {
    const bytes = await encode(kind)
    for (const other of KINDS) expect(sniffBytes(FORMATS[other], 'a.bin', bytes) >= 0.9).toBe(other === kind)
  })

  it('gives one record with the file itself, its size and facts', async () => {
    const bytes = await encode(kind)
    const { rows, broken } = await readBytes(format, `apple/scab/leaf.${kind}`, bytes)
    expect(broken).toEqual([])
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({
      file_name: `leaf.${kind}`,
      folder: 'scab',
      format: kind,
      width: 96,
      height: 64,
      channels: 3,
      bits: 8,
      bytes: bytes.length,
    })
    const { image } = rows[0] as unknown as { image: MediaValue }
    expect(Buffer.from(image.media).equals(bytes)).toBe(true)
    expect(rows[0]?.['phash']).toMatch(/^[0-9a-f]{16}$/)
    expect(rows[0]?.['thumbnail']).toMatch(/^[0-9a-f]{512}$/)
    for (const fact of ['sharpness', 'brightness', 'contrast', 'entropy', 'noise', 'snr']) expect(rows[0]?.[fact]).toBeTypeOf('number')
  })

  it('tells why a cut file does not decode', async () => {
    const bytes = await encode(kind, 300, 300)
    for (const share of [0.02, 0.3, 0.9]) {
      const { rows, broken } = await readBytes(format, `a.${kind}`, bytes.subarray(0, Math.floor(bytes.length * share)))
      expect([rows.length, broken.length]).toEqual([0, 1])
      expect(broken[0]?.problem.code).toBe('ingest/image-undecodable')
      expect(broken[0]).toMatchObject({ ordinal: 0, place: 1 })
    }
  })

  it('survives any bytes: one record or one broken record', async () => {
    const whole = await encode(kind, 40, 30)
    const damaged = fc
      .tuple(fc.nat(whole.length), fc.nat(whole.length - 1), fc.uint8Array({ minLength: 1, maxLength: 40 }))
      .map(([end, at, patch]) => Buffer.concat([whole.subarray(0, at), patch, whole.subarray(at + patch.length)]).subarray(0, end))
    await fc.assert(
      fc.asyncProperty(fc.oneof(damaged, fc.uint8Array({ maxLength: 300 })), async (bytes) => {
        const { rows, broken, problem } = await readBytes(format, 'a', bytes)
        expect([rows.length + broken.length, problem]).toEqual([1, undefined])
      }),
      { numRuns: 60 },
    )
  })
})

describe('images', () => {
  it('give the same columns in the same order for every format', async () => {
    const names = await Promise.all(KINDS.map(async (kind) => (await readBytes(FORMATS[kind], 'a', await encode(kind))).batches[0]?.names))
    for (const other of names) expect(other).toEqual(names[0])
  })

  it('have the same facts and hash without loss, whatever the format', async () => {
    const facts = await Promise.all(
      (['png', 'tiff'] as const).map(async (kind) => {
        const bytes = await sharp(pixels(96, 64), { raw: { width: 96, height: 64, channels: 3 } })
          [kind](kind === 'tiff' ? { compression: 'lzw' } : {})
          .toBuffer()
        const row = (await readBytes(FORMATS[kind], 'a', bytes)).rows[0] ?? {}
        return ['sharpness', 'entropy', 'noise', 'phash', 'thumbnail'].map((name) => row[name])
      }),
    )
    expect(facts[0]).toEqual(facts[1])
  })

  it('measure one channel of 16 bits over its own range', async () => {
    const levels = Uint16Array.from({ length: 4096 }, (_, i) => 2900 + (i % 64) * 2)
    const bytes = await sharp(levels, { raw: { width: 64, height: 64, channels: 1 } })
      .toColourspace('grey16')
      .png()
      .toBuffer()
    const row = (await readBytes(png, 'thermal.png', bytes)).rows[0]
    expect(row).toMatchObject({ bits: 16, channels: 1, width: 64 })
    // A ramp over the whole range: mean in the middle, deviation 1/√12 of it.
    expect(row?.['brightness']).toBeCloseTo(0.5, 2)
    expect(row?.['contrast']).toBeCloseTo(0.293, 2)
  })

  it('refuse a bomb: 30,000 × 30,000 pixels in a few kilobytes', async () => {
    const header = Buffer.alloc(33)
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]).copy(header)
    header.write('IHDR', 12)
    header.writeUInt32BE(30_000, 16)
    header.writeUInt32BE(30_000, 20)
    header.set([8, 0, 0, 0, 0], 24)
    const { crc32 } = await import('node:zlib')
    header.writeUInt32BE(crc32(header.subarray(12, 29)), 29)
    const reading = await readBytes(png, 'bomb.png', Buffer.concat([header, Buffer.from('\0\0\0\0IDAT\x35\xaf\x06\x1e', 'latin1')]))
    expect(reading.broken).toHaveLength(1)
    expect(reasonOf(reading)).toMatch(/pixel limit/i)
  })

  it('hash upright what the camera turned', async () => {
    const upright = await encode('jpeg')
    const turned = await sharp(upright).rotate(90).withMetadata({ orientation: 8 }).jpeg({ quality: 95 }).toBuffer()
    const [one, other] = [(await readBytes(jpeg, 'a', upright)).rows[0], (await readBytes(jpeg, 'b', turned)).rows[0]]
    expect(other).toMatchObject({ orientation: 8, width: 64, height: 96 })
    const bits = (BigInt(`0x${one?.['phash']}`) ^ BigInt(`0x${other?.['phash']}`)).toString(2).replaceAll('0', '').length
    expect(bits).toBeLessThanOrEqual(6)
  })

  it('read EXIF, also where it is damaged', async () => {
    const exif = {
      IFD0: { Make: 'Acme', Model: 'X1' },
      IFD2: { DateTimeOriginal: '2024:05:06 07:08:09', OffsetTimeOriginal: '+08:00', FocalLength: '35/1' },
    }
    const bytes = await sharp(await encode('jpeg'))
      .withExif(exif)
      .jpeg()
      .toBuffer()
    const { rows } = await readBytes(jpeg, 'a.jpg', bytes)
    expect(rows[0]).toMatchObject({ camera: 'Acme X1', focal_length: 35, taken: new Date('2024-05-05T23:08:09Z'), gps_latitude: null })
    const at = bytes.indexOf('Exif\0\0', 0, 'latin1')
    for (let offset = 6; offset < 60; offset += 3) {
      const broken = Buffer.from(bytes)
      broken.fill(0xff, at + offset, at + offset + 6)
      expect((await readBytes(jpeg, 'a.jpg', broken)).rows).toHaveLength(1)
    }
  })
})

describe.runIf(hasSharedData)('images of a drone', () => {
  it('carry position, camera and pose', async () => {
    const { rows } = await readShared(jpeg, '06-low-altitude-uav/uav_images/DJI_0024.JPG')
    // exiftool-like values by Pillow 13: GPS (46, 50, 34.3126) N, (91, 59, 37.308) W, 198.409 m; XMP read by eye.
    expect(rows[0]).toMatchObject({
      width: 4000,
      height: 2250,
      camera: 'DJI FC300S',
      taken: new Date('2016-06-23T16:32:43Z'),
      focal_length: 3.61,
      iso: 100,
      gps_altitude: 198.409,
      relative_altitude: 39.9,
      gimbal_pitch: -89.9,
      gimbal_yaw: -140,
      flight_yaw: -138.7,
    })
    expect(rows[0]?.['gps_latitude']).toBeCloseTo(46 + 50 / 60 + 34.3126 / 3600, 9)
    expect(rows[0]?.['gps_longitude']).toBeCloseTo(-(91 + 59 / 60 + 37.308 / 3600), 9)
  })
})
