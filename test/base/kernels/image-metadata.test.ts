import { readdirSync, readFileSync } from 'node:fs'
import { deflateSync } from 'node:zlib'
import exifReader, { type Exif } from 'exif-reader'
import fc from 'fast-check'
import sharp, { type Sharp } from 'sharp'
import { describe, expect, it } from 'vitest'
import { stripImageMetadata } from '../../../src/base/kernels/index.ts'
import { hasSharedData, sharedFile } from '../../ingest/reading.ts'

const SERIAL = 'SN-4711-0815'
const OWNER = 'Zhang San 13812345678'
const XMP = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="${SERIAL}"/></rdf:RDF></x:xmpmeta>`
const EXIF = {
  IFD0: { Artist: OWNER, Make: 'Canon', Model: 'EOS', Software: SERIAL, ImageDescription: OWNER },
  IFD2: { BodySerialNumber: SERIAL, CameraOwnerName: OWNER, LensSerialNumber: SERIAL, UserComment: OWNER },
  IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '31/1 13/1 30/1', GPSLongitudeRef: 'E', GPSLongitude: '121/1 28/1 12/1' },
}

/** Noise with edges, so that a wrongly copied byte is a wrong pixel. */
const picture = (width = 97, height = 61): Sharp => {
  const samples = Uint8Array.from({ length: width * height * 3 }, (_, i) => ((i * 7919) ^ (i >> 3)) & 255)
  return sharp(samples, { raw: { width, height, channels: 3 } })
}

const withMetadata = (image: Sharp, orientation: number): Sharp =>
  image.withMetadata({ orientation, icc: 'p3' }).withExifMerge(EXIF).withXmp(XMP)

const FORMATS: readonly [extension: string, name: string, encode: (image: Sharp) => Sharp][] = [
  ['jpg', 'JPEG', (image) => image.jpeg({ quality: 80 })],
  ['jpg', 'progressive JPEG', (image) => image.jpeg({ progressive: true, mozjpeg: true })],
  ['png', 'PNG', (image) => image.png()],
  ['webp', 'WebP', (image) => image.webp({ quality: 70 })],
  ['webp', 'lossless WebP', (image) => image.webp({ lossless: true })],
  ['tif', 'TIFF', (image) => image.tiff({ compression: 'lzw' })],
  ['tif', 'tiled BigTIFF', (image) => image.tiff({ compression: 'deflate', tile: true, bigtiff: true })],
]

const pixelsOf = async (bytes: Uint8Array): Promise<Buffer> => await sharp(bytes, { autoOrient: false, failOn: 'warning' }).raw().toBuffer()
const strip = (bytes: Uint8Array, extension: string, keep: readonly number[] = []): Uint8Array => {
  const stripped = stripImageMetadata(bytes, extension, new Set(keep))
  if (!stripped) throw new Error('not stripped')
  return stripped
}
const holds = (bytes: Uint8Array, text: string): boolean =>
  Buffer.from(bytes).includes(text) || Buffer.from(bytes).includes(Buffer.from(text, 'utf16le'))

describe.each(FORMATS)('.%s, %s', (extension, _name, encode) => {
  it.each([1, 3, 6, 8])('keeps pixels, colour profile and orientation %i, and nothing of person, device and place', async (orientation) => {
    const bytes = await encode(withMetadata(picture(), orientation)).toBuffer()
    const before = await sharp(bytes).metadata()
    // The input holds what must go: else this would prove nothing.
    expect(before.exif ?? before.xmp).toBeDefined()
    expect([SERIAL, OWNER].some((text) => holds(bytes, text))).toBe(true)
    const stripped = strip(bytes, extension)
    expect((await pixelsOf(stripped)).equals(await pixelsOf(bytes))).toBe(true)
    const after = await sharp(stripped).metadata()
    expect([after.orientation ?? 1, after.icc?.length]).toEqual([before.orientation ?? 1, before.icc?.length])
    expect([after.width, after.height, after.xmp]).toEqual([before.width, before.height, undefined])
    const exif: Exif = after.exif ? exifReader(after.exif) : ({} as Exif)
    expect(exif.GPSInfo).toBeUndefined()
    expect(exif.Photo?.['BodySerialNumber'] ?? exif.Image?.['Artist']).toBeUndefined()
    for (const text of [SERIAL, OWNER, 'Canon']) expect(holds(stripped, text)).toBe(false)
    expect(Buffer.compare(strip(stripped, extension), stripped)).toBe(0)
  })

  it('changes no byte of an image without metadata', async () => {
    const bytes = await encode(picture()).toBuffer()
    const stripped = strip(bytes, extension)
    expect((await pixelsOf(stripped)).equals(await pixelsOf(bytes))).toBe(true)
    if (extension !== 'tif' && extension !== 'webp') expect(stripped).toBe(bytes)
  })

  it('gives nothing half done on a cut or damaged file, and never hangs', async () => {
    const bytes = await encode(withMetadata(picture(40, 30), 6)).toBuffer()
    fc.assert(
      fc.property(fc.nat({ max: bytes.length - 1 }), fc.nat({ max: 255 }), fc.boolean(), (at, value, isCut) => {
        const damaged = isCut ? bytes.subarray(0, at) : Buffer.from(bytes)
        if (!isCut) damaged[at] = value
        const stripped = stripImageMetadata(damaged, extension, new Set())
        if (stripped) expect(stripped.length).toBeLessThanOrEqual(damaged.length + 64)
      }),
      { numRuns: 300 },
    )
  })
})

/** A segment of a JPEG put right behind its start. */
const withSegment = (jpeg: Buffer, marker: number, data: Buffer): Buffer =>
  Buffer.concat([jpeg.subarray(0, 2), Buffer.of(0xff, marker, (data.length + 2) >> 8, (data.length + 2) & 255), data, jpeg.subarray(2)])

describe('JPEG', () => {
  it('loses comments, IPTC, thumbnails and what lies behind its end', async () => {
    const plain = await picture().jpeg().toBuffer()
    const jfif = Buffer.concat([Buffer.from('JFIF\0\x01\x02\x01\0\x48\0\x48\x01\x01', 'latin1'), Buffer.from([9, 8, 7])])
    let dressed = withSegment(plain, 0xed, Buffer.from(`Photoshop 3.0\0${OWNER}`))
    for (const [marker, text] of [
      [0xfe, SERIAL],
      [0xe4, OWNER],
      [0xe2, `MPF\0${SERIAL}`],
    ] as const)
      dressed = withSegment(dressed, marker, Buffer.from(text))
    dressed = withSegment(dressed, 0xe0, jfif)
    const stripped = strip(Buffer.concat([dressed, Buffer.from(`ftypmp42 ${OWNER}`)]), 'jpg')
    for (const text of [OWNER, SERIAL, 'ftyp', 'MPF']) expect(holds(stripped, text)).toBe(false)
    expect((await pixelsOf(stripped)).equals(await pixelsOf(plain))).toBe(true)
  })

  it('keeps application segments that are asked for, such as radiometric data', async () => {
    const bytes = withSegment(await picture().jpeg().toBuffer(), 0xe3, Buffer.from('thermal raw'))
    expect(holds(strip(bytes, 'jpg', [3]), 'thermal raw')).toBe(true)
    expect(holds(strip(bytes, 'jpg'), 'thermal raw')).toBe(false)
  })
})

describe('PNG', () => {
  it('loses its texts, also packed ones, and private chunks', async () => {
    const bytes = await picture().png().toBuffer()
    const chunk = (name: string, data: Buffer): Buffer => {
      const head = Buffer.alloc(8)
      head.writeUInt32BE(data.length, 0)
      head.write(name, 4, 'latin1')
      return Buffer.concat([head, data, Buffer.alloc(4)])
    }
    const packed = chunk('zTXt', Buffer.concat([Buffer.from('Owner\0\0'), deflateSync(OWNER)]))
    const dressed = Buffer.concat([
      bytes.subarray(0, 33),
      packed,
      chunk('tEXt', Buffer.from(`Author\0${OWNER}`)),
      chunk('prVt', Buffer.from(SERIAL)),
      bytes.subarray(33),
      Buffer.from(SERIAL),
    ])
    expect(Buffer.compare(strip(dressed, 'png'), bytes)).toBe(0)
  })
})

describe('TIFF', () => {
  it('keeps all pages, and not the bytes that nothing points to', async () => {
    const pages = await picture(160, 90).tiff({ pyramid: true, tile: true, tileWidth: 32, tileHeight: 32 }).toBuffer()
    const before = await sharp(pages).metadata()
    const stripped = strip(Buffer.concat([pages, Buffer.from(OWNER)]), 'tif')
    expect((await sharp(stripped).metadata()).pages).toBe(before.pages)
    for (let page = 0; page < (before.pages ?? 1); page++) {
      const pixels = async (bytes: Uint8Array): Promise<Buffer> => await sharp(bytes, { page }).raw().toBuffer()
      expect((await pixels(stripped)).equals(await pixels(pages))).toBe(true)
    }
    expect(holds(stripped, OWNER)).toBe(false)
  })

  it('refuses directories in a circle', () => {
    const circle = Buffer.alloc(32)
    circle.write('II*\0', 'latin1')
    circle.writeUInt32LE(8, 4)
    circle.writeUInt32LE(8, 10)
    expect(stripImageMetadata(circle, 'tif', new Set())).toBeUndefined()
  })
})

describe.runIf(hasSharedData)('real images', () => {
  it('decode to the same pixels, and tell no place', async () => {
    const paths = readdirSync(sharedFile(''), { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.(?:jpe?g|png|tiff?|webp)$/i.test(path))
      .sort()
    const some = paths.filter((path, i) => !path.includes('plantvillage') || i % 10 === 0)
    expect(some.length).toBeGreaterThan(10)
    let told = 0
    for (const path of some) {
      const bytes = readFileSync(sharedFile(path))
      const extension = /\.png$/i.test(path) ? 'png' : /\.tiff?$/i.test(path) ? 'tif' : 'jpg'
      const stripped = strip(bytes, extension)
      expect((await pixelsOf(stripped)).equals(await pixelsOf(bytes)), path).toBe(true)
      const [before, after] = [await sharp(bytes).metadata(), await sharp(stripped).metadata()]
      if (before.exif && exifReader(before.exif).GPSInfo) told++
      expect(after.exif && exifReader(after.exif).GPSInfo, path).toBeUndefined()
      expect([after.orientation ?? 1, after.icc?.length]).toEqual([before.orientation ?? 1, before.icc?.length])
    }
    expect(told).toBeGreaterThan(0)
  }, 60_000)
})
