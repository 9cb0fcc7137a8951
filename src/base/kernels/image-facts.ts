import { cropCentre, type GrayImage, shrinkToFit } from './gray-image.ts'

/** What can be said of an image from its grey levels alone; each number is the same on every machine. */
export interface ImageFacts {
  /** Variance of the Laplacian in squared grey levels; low is blurred. Pech-Pacheco et al. 2000. */
  readonly sharpness: number
  /** Mean level, 0 black .. 1 white. */
  readonly brightness: number
  /** Standard deviation of the levels over 255 (RMS contrast, Peli 1990), 0..0.5. */
  readonly contrast: number
  /** Share of pixels at level 15 or darker. */
  readonly darkShare: number
  /** Share of pixels at level 240 or brighter. */
  readonly brightShare: number
  /** Shannon entropy of the 256 levels in bits, 0..8. */
  readonly entropy: number
  /** Standard deviation of the noise in grey levels. Immerkær 1996. */
  readonly noise: number
  /** Mean level over noise in dB, the noise taken as at least that of rounding to 256 levels. */
  readonly snr: number
}

/** Longer side at which all but the noise is measured, so that thresholds mean the same for all resolutions. */
const WORKING_SIDE = 512

/** Sides of the centre cut at full resolution in which noise is measured: shrinking would average the noise away. */
const NOISE_SIDE = 512

const DARK_LEVEL = 15
const BRIGHT_LEVEL = 240

/** Rounding to whole levels is itself noise of 1/√12 levels. */
const ROUNDING_NOISE = Math.sqrt(1 / 12)

/** Facts of an image at its full resolution. O(pixels). */
export function imageFacts(image: GrayImage): ImageFacts {
  const working = shrinkToFit(image, WORKING_SIDE)
  const { mean, deviation, darkShare, brightShare, entropy } = levelStatistics(working)
  const noise = noiseDeviation(cropCentre(image, NOISE_SIDE, NOISE_SIDE))
  return {
    sharpness: laplacianVariance(working),
    brightness: mean / 255,
    contrast: deviation / 255,
    darkShare,
    brightShare,
    entropy,
    noise,
    snr: 20 * Math.log10(Math.max(mean, ROUNDING_NOISE) / Math.max(noise, ROUNDING_NOISE)),
  }
}

interface LevelStatistics {
  readonly mean: number
  readonly deviation: number
  readonly darkShare: number
  readonly brightShare: number
  readonly entropy: number
}

function levelStatistics({ levels }: GrayImage): LevelStatistics {
  const n = levels.length
  const counts = new Uint32Array(256)
  let sum = 0
  let squares = 0
  for (let i = 0; i < n; i++) {
    const level = levels[i] as number
    sum += level
    squares += level * level
    const bin = Math.floor(level + 0.5)
    counts[bin] = (counts[bin] as number) + 1
  }
  const share = (from: number, to: number): number => counts.subarray(from, to + 1).reduce((total, count) => total + count, 0) / n
  let entropy = 0
  for (const count of counts) if (count > 0) entropy -= (count / n) * Math.log2(count / n)
  const mean = sum / n
  return {
    mean,
    deviation: Math.sqrt(Math.max(0, squares / n - mean * mean)),
    darkShare: share(0, DARK_LEVEL),
    brightShare: share(BRIGHT_LEVEL, 255),
    entropy: Math.max(0, entropy),
  }
}

/**
 * Variance of the response to the 4-neighbour Laplacian over the inner pixels; 0 for images under 3 × 3.
 * Source: Pech-Pacheco, Cristóbal, Chamorro-Martínez, Fernández-Valdivia, ICPR 2000.
 */
export function laplacianVariance({ width, height, levels }: GrayImage): number {
  const n = (width - 2) * (height - 2)
  if (width < 3 || height < 3) return 0
  let sum = 0
  let squares = 0
  for (let y = 1; y < height - 1; y++) {
    const end = (y + 1) * width - 1
    for (let i = y * width + 1; i < end; i++) {
      const around = (levels[i - 1] as number) + (levels[i + 1] as number) + (levels[i - width] as number) + (levels[i + width] as number)
      const response = around - 4 * (levels[i] as number)
      sum += response
      squares += response * response
    }
  }
  return Math.max(0, squares / n - (sum / n) * (sum / n))
}

/**
 * Standard deviation of additive noise, from the difference of two Laplacians, which is blind to edges and slopes;
 * fine texture is read as noise. 0 for images under 3 × 3. Source: Immerkær, CVIU 64(2), 1996, eq. 3.
 */
export function noiseDeviation({ width, height, levels }: GrayImage): number {
  if (width < 3 || height < 3) return 0
  const at = (i: number): number => levels[i] as number
  let sum = 0
  for (let y = 1; y < height - 1; y++) {
    const end = (y + 1) * width - 1
    for (let i = y * width + 1; i < end; i++) {
      const up = i - width
      const down = i + width
      const corners = at(up - 1) + at(up + 1) + at(down - 1) + at(down + 1)
      const sides = at(up) + at(down) + at(i - 1) + at(i + 1)
      sum += Math.abs(corners - 2 * sides + 4 * at(i))
    }
  }
  return (Math.sqrt(Math.PI / 2) * sum) / (6 * (width - 2) * (height - 2))
}
