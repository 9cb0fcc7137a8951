import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type GrayImage, imageFacts, laplacianVariance, noiseDeviation, resizeByArea } from '../../../src/base/kernels/index.ts'

const make = (width: number, height: number, level: (x: number, y: number) => number): GrayImage => ({
  width,
  height,
  levels: Uint8Array.from({ length: width * height }, (_, i) => level(i % width, Math.floor(i / width))),
})

/** Normal deviates of a fixed seed (mulberry32 through Box–Muller). */
function normals(seed: number): () => number {
  let state = seed
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform())
}

describe('imageFacts', () => {
  it('says of one level that there is nothing in it', () => {
    const facts = imageFacts(make(64, 48, () => 128))
    expect(facts).toMatchObject({ sharpness: 0, contrast: 0, darkShare: 0, brightShare: 0, entropy: 0, noise: 0 })
    expect(facts.brightness).toBeCloseTo(128 / 255, 12)
  })

  it('gives the closed forms of a half black, half white image', () => {
    const facts = imageFacts(make(64, 64, (x) => (x < 32 ? 0 : 255)))
    expect(facts).toMatchObject({ darkShare: 0.5, brightShare: 0.5, entropy: 1 })
    expect(facts.brightness).toBeCloseTo(0.5, 12)
    expect(facts.contrast).toBeCloseTo(0.5, 12)
  })

  it('has 8 bits of entropy when every level is as common as the others', () => {
    expect(imageFacts(make(256, 16, (x) => x)).entropy).toBeCloseTo(8, 12)
  })

  it('has the Laplacian variance of a checkerboard', () => {
    // Inner responses are ±4 × 100, half of each: mean 0, variance 160000.
    expect(laplacianVariance(make(12, 12, (x, y) => ((x + y) % 2) * 100))).toBeCloseTo(160_000, 6)
    expect(laplacianVariance(make(2, 9, (x) => x * 90))).toBe(0)
  })

  it('finds less sharpness in what is blurred', () => {
    const random = normals(7)
    const sharp = make(128, 128, () => Math.max(0, Math.min(255, 128 + 40 * random())))
    const blurred = resizeByArea(resizeByArea(sharp, 40, 40), 128, 128)
    expect(laplacianVariance(blurred)).toBeLessThan(laplacianVariance(sharp) / 4)
  })

  it.each([3, 10, 25])('estimates noise of deviation %d on a slope with an edge', (deviation) => {
    const random = normals(deviation)
    const noisy = make(256, 256, (x, y) => Math.max(0, Math.min(255, Math.round(60 + x / 4 + (y > 128 ? 60 : 0) + deviation * random()))))
    expect(noiseDeviation(noisy) / deviation).toBeGreaterThan(0.93)
    expect(noiseDeviation(noisy) / deviation).toBeLessThan(1.08)
  })

  it('is finite for any image, and shares lie in 0..1', () => {
    const sizes = fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }))
    fc.assert(
      fc.property(sizes, fc.infiniteStream(fc.integer({ min: 0, max: 255 })), ([width, height], stream) => {
        const facts = imageFacts(make(width, height, () => stream.next().value as number))
        for (const value of Object.values(facts)) expect(Number.isFinite(value)).toBe(true)
        for (const share of [facts.brightness, facts.darkShare, facts.brightShare]) expect(share >= 0 && share <= 1).toBe(true)
        expect(facts.entropy).toBeLessThanOrEqual(8)
      }),
    )
  })
})
