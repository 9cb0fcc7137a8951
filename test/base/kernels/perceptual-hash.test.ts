import { existsSync, readFileSync } from 'node:fs'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { type GrayImage, grayFromSamples, perceptualHash, resizeByArea, thumbnailOf } from '../../../src/base/kernels/index.ts'

const make = (width: number, height: number, level: (x: number, y: number) => number): GrayImage => ({
  width,
  height,
  levels: Uint8Array.from({ length: width * height }, (_, i) => level(i % width, Math.floor(i / width))),
})

/** The definition, written the slow way: DCT-II over both axes, then bits above the median. */
function slowHash(image: GrayImage): string {
  const { levels } = resizeByArea(image, 32, 32)
  const coefficients: number[] = []
  for (let v = 0; v < 8; v++) {
    for (let u = 0; u < 8; u++) {
      let sum = 0
      for (let i = 0; i < 1024; i++) {
        const [x, y] = [i % 32, Math.floor(i / 32)]
        sum += (levels[i] as number) * Math.cos((Math.PI * (2 * x + 1) * u) / 64) * Math.cos((Math.PI * (2 * y + 1) * v) / 64)
      }
      coefficients.push(sum)
    }
  }
  const sorted = coefficients.toSorted((a, b) => a - b)
  const median = ((sorted[31] as number) + (sorted[32] as number)) / 2
  const bits = coefficients.map((value) => (value > median ? 1 : 0)).join('')
  return BigInt(`0b${bits}`).toString(16).padStart(16, '0')
}

describe('perceptualHash', () => {
  it('agrees with its definition', () => {
    for (let seed = 1; seed < 20; seed++) {
      const image = make(60 + seed, 45, (x, y) => Math.round(127 + 60 * Math.sin((x * seed) / 17) + 60 * Math.cos((y + x) / (3 + seed))))
      expect(perceptualHash(image)).toBe(slowHash(image))
    }
  })

  it('sets half of its bits, more or less, and is the same for a lighter copy', () => {
    const image = make(80, 60, (x, y) => 40 + ((x * 7 + y * 13) % 90) + (x > 40 ? 60 : 0))
    const hash = perceptualHash(image)
    expect(hash).toMatch(/^[0-9a-f]{16}$/)
    expect(perceptualHash({ ...image, levels: image.levels.map((level) => level + 20) })).toBe(hash)
  })
})

describe('thumbnailOf', () => {
  it('has 16 × 16 levels, row by row', () => {
    const thumbnail = thumbnailOf(make(32, 32, (x, y) => (y < 2 ? x * 8 : 0)))
    expect(thumbnail).toHaveLength(512)
    // Cells of 2 × 2: levels 0 and 8 mean 4, 16 and 24 mean 20.
    expect(thumbnail.slice(0, 4)).toBe('0414')
    expect(thumbnail.slice(32)).toMatch(/^0+$/)
  })
})

const SHARED = new URL('../../../../shared/data/', import.meta.url)
const isThere = existsSync(SHARED)
if (!isThere) process.stderr.write(`${SHARED.pathname} is absent: no comparison with imagehash\n`)

/** `str(imagehash.phash(Image.open(file)))` of imagehash 4.3.2, Pillow 13.0.0, which shrink by Lanczos instead of by area. */
const IMAGEHASH: readonly [file: string, hash: string][] = [
  ['02-agriculture/plantcv/VIS_SV_0_z1_h1_g0_e82_117770.jpg', '829975dac166d92e'],
  ['02-agriculture/plantcv/brassica_multi_rgb_img.jpg', 'aa2f5a45d015d53d'],
  ['06-low-altitude-uav/uav_images/DJI_0024.JPG', '9ebc83844eb78d4a'],
  ['07-autonomous-driving/comma2k19_seg40/preview.png', 'c9c9dbf636968284'],
  ['07-autonomous-driving/lane_images/solidWhiteCurve.jpg', '94d06f2a08d4f5b7'],
  ['07-autonomous-driving/lane_images/whiteCarLaneSwitch.jpg', 'c2da7d25a54a40bf'],
]

describe.runIf(isThere)('perceptualHash on real images', () => {
  it.each(IMAGEHASH)('%s differs from the hash of imagehash in 4 bits at most', async (file, expected) => {
    const { data, info } = await sharp(readFileSync(new URL(file, SHARED)))
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true })
    const hash = perceptualHash(grayFromSamples(data, info.width, info.height, info.channels))
    const differing = (BigInt(`0x${hash}`) ^ BigInt(`0x${expected}`)).toString(2).replaceAll('0', '').length
    expect(differing).toBeLessThanOrEqual(4)
  })
})
