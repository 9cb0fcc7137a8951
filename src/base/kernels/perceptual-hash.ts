import { type GrayImage, resizeByArea } from './gray-image.ts'

const SIDE = 32
const LOW = 8

/** cos(π(2x+1)u / 64) of the DCT-II for the 8 lowest frequencies u over 32 samples x. */
const COSINES = Float64Array.from({ length: LOW * SIDE }, (_, i) =>
  Math.cos((Math.PI * (2 * (i % SIDE) + 1) * Math.floor(i / SIDE)) / (2 * SIDE)),
)

/**
 * 64-bit perceptual hash as 16 hex digits: which of the 8 × 8 lowest DCT-II coefficients of the 32 × 32 image lie
 * above their median, first row first, most significant bit first. Near copies differ in few bits; an image of one
 * level has a hash of noise, so that no two may be merged by hash alone. O(pixels).
 * Source: Zauner 2010, ch. 3.2.1, in the form of the Python package imagehash (`phash`), which shrinks by Lanczos.
 */
export function perceptualHash(image: GrayImage): string {
  const { levels } = resizeByArea(image, SIDE, SIDE)
  const columns = new Float64Array(LOW * SIDE)
  for (let v = 0; v < LOW; v++) {
    for (let x = 0; x < SIDE; x++) {
      let sum = 0
      for (let y = 0; y < SIDE; y++) sum += (levels[y * SIDE + x] as number) * (COSINES[v * SIDE + y] as number)
      columns[v * SIDE + x] = sum
    }
  }
  const coefficients = new Float64Array(LOW * LOW)
  for (let v = 0; v < LOW; v++) {
    for (let u = 0; u < LOW; u++) {
      let sum = 0
      for (let x = 0; x < SIDE; x++) sum += (columns[v * SIDE + x] as number) * (COSINES[u * SIDE + x] as number)
      // A thousandth of a grey level: below it a coefficient is rounding, and its sign would depend on the sum's order.
      coefficients[v * LOW + u] = Math.round(sum * 1e3)
    }
  }
  return hexOfBits(coefficients, medianOf(coefficients))
}

function medianOf(values: Float64Array): number {
  const sorted = values.slice().sort()
  return ((sorted[values.length / 2 - 1] as number) + (sorted[values.length / 2] as number)) / 2
}

function hexOfBits(values: Float64Array, threshold: number): string {
  let hex = ''
  for (let i = 0; i < values.length; i += 4) {
    let digit = 0
    for (let bit = 0; bit < 4; bit++) digit = digit * 2 + ((values[i + bit] as number) > threshold ? 1 : 0)
    hex += digit.toString(16)
  }
  return hex
}

/** Sides of the thumbnail by which near copies are verified. */
const THUMBNAIL_SIDE = 16

/** The image at 16 × 16 grey levels as 512 hex digits, row by row. */
export function thumbnailOf(image: GrayImage): string {
  const { levels } = resizeByArea(image, THUMBNAIL_SIDE, THUMBNAIL_SIDE)
  return Buffer.from(Uint8Array.from(levels, (level) => Math.floor(level + 0.5))).toString('hex')
}
