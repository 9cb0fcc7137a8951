import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import sharp, { type Metadata, type Sharp } from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import { perceptualHash, thumbnailOf } from '../../../src/base/kernels/index.ts'
import { decodeImage } from '../../../src/ingest/decode-image.ts'
import { bitsOf, findNearImages, type HashedImage } from '../../../src/refine/duplicates/near-images.ts'
import { hasSharedData, sharedFile } from '../../ingest/reading.ts'

async function hashed(id: string, bytes: Uint8Array): Promise<HashedImage> {
  const { gray } = await decodeImage(bytes)
  return { id, phash: perceptualHash(gray), thumbnail: thumbnailOf(gray) }
}

const pairIds = (images: readonly HashedImage[], options?: { maxDistance: number }): string[] =>
  findNearImages(images, options).pairs.map(({ a, b }) => `${a} ${b}`)

/** Every image of the real data, folder by folder. */
function imageFiles(folder: string): string[] {
  return readdirSync(sharedFile(folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(?:png|jpe?g)$/i.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

/** Consecutive frames of one road mask: near copies by any measure but meaning, and no two may merge. */
const MASKS = 'lane_gt'

const COPIES: Readonly<Record<string, (image: Sharp, metadata: Metadata) => Sharp>> = {
  'JPEG quality 60': (image) => image.jpeg({ quality: 60 }),
  'half size': (image, { width }) => image.resize(Math.round(width / 2)).png(),
  '6 % brighter': (image) => image.modulate({ brightness: 1.06 }).png(),
  '2 % cropped': (image, { width, height }) => {
    const [left, top] = [Math.round(width / 100), Math.round(height / 100)]
    return image.extract({ left, top, width: width - 2 * left, height: height - 2 * top }).png()
  },
}

describe.runIf(hasSharedData)('findNearImages on real images', () => {
  let originals: HashedImage[]
  const files = hasSharedData ? ['02-agriculture', '06-low-altitude-uav', '07-autonomous-driving'].flatMap(imageFiles) : []

  beforeAll(async () => {
    originals = []
    for (const file of files) originals.push(await hashed(file, readFileSync(file)))
  })

  it('merges no two distinct ones: 96 leaves on the same black, 16 other pictures, 4 of them masks of consecutive frames', () => {
    expect(originals).toHaveLength(112)
    expect(pairIds(originals)).toEqual([])
  })

  it.each(Object.keys(COPIES))('finds copies: %s', async (kind) => {
    const found: boolean[] = []
    const photographs = originals.filter(({ id }) => !id.includes(MASKS) && !id.endsWith('_bin_img.png'))
    const copies: HashedImage[] = []
    for (const { id } of photographs) {
      const image = sharp(id)
      copies.push(await hashed(`${id}~`, await (COPIES[kind] as (typeof COPIES)[string])(image, await image.metadata()).toBuffer()))
    }
    const pairs = new Set(pairIds([...originals, ...copies]))
    for (const { id } of photographs) found.push(pairs.delete(`${id} ${id}~`))
    // What is left would be a pair of two different pictures.
    expect([...pairs]).toEqual([])
    const recall = found.filter(Boolean).length / found.length
    process.stderr.write(`near images, ${kind}: recall ${recall.toFixed(3)} of ${found.length}\n`)
    expect(recall).toBeGreaterThanOrEqual(kind === '2 % cropped' ? 0.97 : 1)
  })
})

/** A picture of its own for each seed: 4 × 4 patches of pseudo-random levels. */
function patchwork(seed: number): string {
  const levels = Uint8Array.from({ length: 256 }, (_, i) => {
    const cell = (Math.floor(i / 64) << 2) | ((i % 16) >> 2)
    return Math.imul(Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(cell + 1, 0x85ebca6b), 0xc2b2ae35) >>> 24
  })
  return Buffer.from(levels).toString('hex')
}

const hex16 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map((value) => value.toString(16).padStart(16, '0'))

/** The hash with the bits at these places turned. */
const flipped = (hash: string, places: readonly number[]): string =>
  (BigInt(`0x${hash}`) ^ [...new Set(places)].reduce((mask, place) => mask | (1n << BigInt(place)), 0n)).toString(16).padStart(16, '0')

describe('findNearImages', () => {
  it('finds by multi-index hashing what comparing all with all finds', () => {
    const set = fc.tuple(
      hex16,
      fc.array(fc.array(fc.integer({ min: 0, max: 63 }), { maxLength: 18 }), { minLength: 2, maxLength: 25 }),
      fc.integer({ min: 0, max: 15 }),
    )
    fc.assert(
      fc.property(set, ([base, flips, maxDistance]) => {
        const images = flips.map((places, i) => ({ id: `i${i}`, phash: flipped(base, places), thumbnail: patchwork(1) }))
        const distinct = [...new Map(images.map((image) => [image.phash, image])).values()]
        const expected = new Set<string>()
        for (const one of distinct) {
          for (const other of distinct) {
            const distance = (BigInt(`0x${one.phash}`) ^ BigInt(`0x${other.phash}`)).toString(2).replaceAll('0', '').length
            if (one.phash < other.phash && distance <= maxDistance) expected.add([one.phash, other.phash].join(' '))
          }
        }
        const hashOf = new Map(images.map(({ id, phash }) => [id, phash]))
        const found = findNearImages(images, { maxDistance }).pairs.filter(({ distance }) => distance > 0)
        const foundHashes = found.map(({ a, b }) => [hashOf.get(a), hashOf.get(b)].sort().join(' '))
        expect(new Set(foundHashes)).toEqual(expected)
        expect(found).toHaveLength(expected.size)
      }),
    )
  })

  it('pairs equal images with the first of them, whatever the order they come in', () => {
    const images = ['d', 'b', 'a', 'c'].map((id) => ({ id, phash: '00ff00ff00ff00ff', thumbnail: patchwork(3) }))
    expect(pairIds(images)).toEqual(['a b', 'a c', 'a d'])
    expect(pairIds(images.toReversed())).toEqual(['a b', 'a c', 'a d'])
  })

  it('never merges by hash alone: images of one level, and different pictures under one hash', () => {
    const flat = (id: string, level: string): HashedImage => ({ id, phash: '8000000000000000', thumbnail: level.repeat(256) })
    expect(pairIds([flat('a', '00'), flat('b', '00'), flat('c', '01'), flat('d', 'ff')])).toEqual([])
    const same = '0123456789abcdef'
    expect(pairIds([1, 2, 3].map((seed) => ({ id: `i${seed}`, phash: same, thumbnail: patchwork(seed) })))).toEqual([])
  })

  it('finds 100 near copies among 50,000 pictures, and nothing else', () => {
    const images = Array.from({ length: 50_000 }, (_, i) => {
      const hash = BigInt.asUintN(64, (BigInt(i) + 1n) * 0x9e3779b97f4a7c15n).toString(16)
      return { id: `i${i}`, phash: hash.padStart(16, '0'), thumbnail: patchwork(i) }
    })
    const copies = images
      .slice(0, 100)
      .map((image, i) => ({ ...image, id: `${image.id}~`, phash: flipped(image.phash, [i % 64, (i * 7) % 64, (i * 13) % 64]) }))
    const { pairs, crowded } = findNearImages([...images, ...copies])
    expect(pairs.map(({ a, b }) => `${a} ${b}`).sort()).toEqual(copies.map(({ id }) => `${id.slice(0, -1)} ${id}`).sort())
    expect(crowded).toBe(0)
  })

  it('says how many images it could not look at in full', () => {
    const images = Array.from({ length: 2_000 }, (_, i) => ({
      id: `i${i}`,
      phash: `abcdabcdabcd${i.toString(16).padStart(4, '0')}`,
      thumbnail: patchwork(i),
    }))
    const { pairs, crowded } = findNearImages(images)
    expect(crowded).toBeGreaterThan(0)
    expect(pairs).toEqual([])
  })

  it('refuses what is no hash, no thumbnail, no distance', () => {
    const good = { id: 'a', phash: '0'.repeat(16), thumbnail: patchwork(1) }
    expect(() => findNearImages([{ ...good, phash: 'xyz' }])).toThrow(RangeError)
    expect(() => findNearImages([{ ...good, thumbnail: 'ff' }])).toThrow(RangeError)
    expect(() => findNearImages([good], { maxDistance: 16 })).toThrow(RangeError)
  })

  it('counts bits', () => {
    fc.assert(
      fc.property(fc.integer(), (bits) => {
        expect(bitsOf(bits)).toBe((bits >>> 0).toString(2).replaceAll('0', '').length)
      }),
    )
  })
})
