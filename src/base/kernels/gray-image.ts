/** Grey levels of an image, row by row; 0 black, 255 white. */
export interface GrayImage {
  readonly width: number
  readonly height: number
  /** width × height levels, 0..255. */
  readonly levels: Uint8Array | Float64Array
}

/**
 * Luma of interleaved 8-bit samples: 1 grey, 2 grey + alpha, 3 RGB, 4 RGB + alpha. What is transparent counts as
 * white paper. O(pixels). Source: ITU-R BT.601 weights in 16-bit fixed point, as Pillow's `L` mode rounds them.
 */
export function grayFromSamples(samples: Uint8Array, width: number, height: number, channels: number): GrayImage {
  if (samples.length !== width * height * channels) {
    throw new RangeError(`grayFromSamples: ${samples.length} samples for ${width}×${height}×${channels}`)
  }
  const n = width * height
  const levels = new Uint8Array(n)
  const isColour = channels >= 3
  const hasAlpha = channels === 2 || channels === 4
  for (let i = 0, at = 0; i < n; i++, at += channels) {
    const first = samples[at] as number
    const level = isColour
      ? (19595 * first + 38470 * (samples[at + 1] as number) + 7471 * (samples[at + 2] as number) + 0x8000) >>> 16
      : first
    levels[i] = hasAlpha ? overWhite(level, samples[at + channels - 1] as number) : level
  }
  return { width, height, levels }
}

const overWhite = (level: number, alpha: number): number => Math.floor((level * alpha + 255 * (255 - alpha) + 127) / 255)

/**
 * Samples of any depth stretched to 0..255 between `low` and `high`; NaN and what lies below `low` becomes 0.
 * For single-channel images whose scale is not light (16-bit thermal, depth, elevation, radiology). O(pixels).
 */
export function grayFromRange(samples: ArrayLike<number>, width: number, height: number, low: number, high: number): GrayImage {
  const n = width * height
  const levels = new Uint8Array(n)
  const scale = high > low ? 255 / (high - low) : 0
  for (let i = 0; i < n; i++) {
    const level = ((samples[i] as number) - low) * scale
    levels[i] = level > 0 ? Math.min(255, Math.floor(level + 0.5)) : 0
  }
  return { width, height, levels }
}

/** Smallest and largest finite sample; both 0 when there is none. O(samples). */
export function rangeOf(samples: ArrayLike<number>): readonly [low: number, high: number] {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (let i = 0; i < samples.length; i++) {
    const value = samples[i] as number
    if (!Number.isFinite(value)) continue
    if (value < low) low = value
    if (value > high) high = value
  }
  return low <= high ? [low, high] : [0, 0]
}

/**
 * The image at exactly `width` × `height`, each new pixel the mean of the area that it covers, edges weighted by
 * their share. Plain arithmetic in one order, so that every machine gives the same bits. O(old pixels + new pixels).
 */
export function resizeByArea(image: GrayImage, width: number, height: number): GrayImage {
  if (width === image.width && height === image.height) return image
  const columns = coverage(image.width, width)
  const rows = coverage(image.height, height)
  const levels = new Float64Array(width * height)
  const line = new Float64Array(width)
  for (let y = 0; y < height; y++) {
    const out = levels.subarray(y * width, (y + 1) * width)
    const first = rows.first[y] as number
    const last = rows.last[y] as number
    for (let from = first; from <= last; from++) {
      shrinkLine(image.levels, from * image.width, columns, line)
      const weight = from === first ? (rows.firstWeight[y] as number) : from === last ? (rows.lastWeight[y] as number) : rows.weight
      for (let x = 0; x < width; x++) out[x] = (out[x] as number) + weight * (line[x] as number)
    }
  }
  return { width, height, levels }
}

/** The image with its longer side at most `side`; never enlarged. */
export function shrinkToFit(image: GrayImage, side: number): GrayImage {
  const longer = Math.max(image.width, image.height)
  if (longer <= side) return image
  const scaled = (length: number): number => Math.max(1, Math.round((length * side) / longer))
  return resizeByArea(image, scaled(image.width), scaled(image.height))
}

/** A rectangle of the image, cut to what lies inside it. */
export function cropCentre(image: GrayImage, width: number, height: number): GrayImage {
  const w = Math.min(width, image.width)
  const h = Math.min(height, image.height)
  if (w === image.width && h === image.height) return image
  const left = (image.width - w) >> 1
  const top = (image.height - h) >> 1
  const levels = new Float64Array(w * h)
  for (let y = 0; y < h; y++) {
    const from = (top + y) * image.width + left
    levels.set(image.levels.subarray(from, from + w), y * w)
  }
  return { width: w, height: h, levels }
}

/** Which old cells each new cell covers along one axis, and with what weight; the weights of a cell add up to 1. */
interface Coverage {
  readonly first: Uint32Array
  readonly last: Uint32Array
  readonly firstWeight: Float64Array
  readonly lastWeight: Float64Array
  readonly weight: number
}

function coverage(from: number, to: number): Coverage {
  const first = new Uint32Array(to)
  const last = new Uint32Array(to)
  const firstWeight = new Float64Array(to)
  const lastWeight = new Float64Array(to)
  for (let i = 0; i < to; i++) {
    // Integer positions in units of 1/to of an old cell: no rounding decides which cells are covered.
    const start = i * from
    const end = start + from
    const a = Math.floor(start / to)
    const b = Math.floor((end - 1) / to)
    first[i] = a
    last[i] = b
    firstWeight[i] = a === b ? 1 : ((a + 1) * to - start) / from
    lastWeight[i] = (end - b * to) / from
  }
  return { first, last, firstWeight, lastWeight, weight: to / from }
}

function shrinkLine(levels: Uint8Array | Float64Array, offset: number, columns: Coverage, line: Float64Array): void {
  const { first, last, firstWeight, lastWeight, weight } = columns
  for (let x = 0; x < line.length; x++) {
    const a = first[x] as number
    const b = last[x] as number
    let sum = 0
    for (let i = offset + a + 1; i < offset + b; i++) sum += levels[i] as number
    const inner = sum * weight
    const edge = (firstWeight[x] as number) * (levels[offset + a] as number)
    line[x] = a === b ? edge : inner + edge + (lastWeight[x] as number) * (levels[offset + b] as number)
  }
}
