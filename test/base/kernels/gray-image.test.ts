import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  cropCentre,
  type GrayImage,
  grayFromRange,
  grayFromSamples,
  rangeOf,
  resizeByArea,
  shrinkToFit,
} from '../../../src/base/kernels/index.ts'

const image = (width: number, height: number, levels: readonly number[]): GrayImage => ({ width, height, levels: Uint8Array.from(levels) })
const meanOf = ({ levels }: GrayImage): number => Array.from(levels).reduce((sum, level) => sum + level, 0) / levels.length

const anyImage = fc
  .tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }))
  .chain(([width, height]) =>
    fc.uint8Array({ minLength: width * height, maxLength: width * height }).map((levels): GrayImage => ({ width, height, levels })),
  )

describe('grayFromSamples', () => {
  it('weighs colours as Pillow does', () => {
    // Pillow 12: Image.new('RGB', (1, 1), colour).convert('L').getpixel((0, 0))
    const known: [number[], number][] = [
      [[255, 0, 0], 76],
      [[0, 255, 0], 150],
      [[0, 0, 255], 29],
      [[12, 200, 77], 130],
      [[255, 255, 255], 255],
    ]
    for (const [colour, level] of known) expect(grayFromSamples(Uint8Array.from(colour), 1, 1, 3).levels[0]).toBe(level)
  })

  it('sees transparent pixels as white, opaque ones as they are', () => {
    expect(Array.from(grayFromSamples(Uint8Array.of(0, 0, 0, 0, 10, 10, 10, 255), 2, 1, 4).levels)).toEqual([255, 10])
    expect(Array.from(grayFromSamples(Uint8Array.of(0, 128), 1, 1, 2).levels)).toEqual([127])
  })

  it('refuses samples that do not fill the image', () => {
    expect(() => grayFromSamples(new Uint8Array(5), 2, 1, 3)).toThrow(RangeError)
  })
})

describe('grayFromRange', () => {
  it('spreads a range over all levels, NaN and what lies outside at its ends', () => {
    const samples = [-5, 0, 40, 100, 300, Number.NaN]
    expect(Array.from(grayFromRange(samples, 6, 1, 0, 100).levels)).toEqual([0, 0, 102, 255, 255, 0])
    expect(rangeOf(samples)).toEqual([-5, 300])
    expect(rangeOf([Number.NaN, Number.POSITIVE_INFINITY])).toEqual([0, 0])
  })
})

describe('resizeByArea', () => {
  it('means whole blocks', () => {
    expect(Array.from(resizeByArea(image(4, 2, [0, 10, 20, 30, 40, 50, 60, 70]), 2, 1).levels)).toEqual([25, 45])
  })

  it('shares out pixels that lie on an edge', () => {
    // 3 pixels onto 2: each new one covers one and a half old ones.
    const [left, right] = resizeByArea(image(3, 1, [0, 90, 30]), 2, 1).levels
    expect(left).toBeCloseTo((0 + 0.5 * 90) / 1.5, 9)
    expect(right).toBeCloseTo((0.5 * 90 + 30) / 1.5, 9)
  })

  it('keeps the mean, and a single level, at any size', () => {
    const sizes = fc.tuple(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 50 }))
    fc.assert(
      fc.property(anyImage, sizes, (from, [width, height]) => {
        const to = resizeByArea(from, width, height)
        expect(to.levels).toHaveLength(width * height)
        expect(meanOf(to)).toBeCloseTo(meanOf(from), 8)
        const flat = resizeByArea({ ...from, levels: from.levels.map(() => 77) }, width, height)
        for (const level of flat.levels) expect(level).toBeCloseTo(77, 9)
      }),
    )
  })

  it('mirrors when its input is mirrored', () => {
    const mirrored = ({ width, height, levels }: GrayImage): GrayImage => ({
      width,
      height,
      levels: levels.map((_, i) => levels[Math.floor(i / width) * width + (width - 1 - (i % width))] as number),
    })
    fc.assert(
      fc.property(anyImage, (from) => {
        const one = mirrored(resizeByArea(from, 7, 5)).levels
        const other = resizeByArea(mirrored(from), 7, 5).levels
        for (const [i, level] of one.entries()) expect(level).toBeCloseTo(other[i] as number, 9)
      }),
    )
  })
})

describe('shrinkToFit and cropCentre', () => {
  it('keep proportions and never enlarge', () => {
    const wide = image(100, 50, new Array(5000).fill(9))
    expect(shrinkToFit(wide, 20)).toMatchObject({ width: 20, height: 10 })
    expect(shrinkToFit(wide, 200)).toBe(wide)
    expect(cropCentre(image(4, 1, [1, 2, 3, 4]), 2, 9)).toMatchObject({ width: 2, height: 1, levels: Float64Array.of(2, 3) })
  })
})
