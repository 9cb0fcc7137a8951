import type { DataSet } from 'dicom-parser'
import { MAX_IMAGE_PIXELS } from './decode-image.ts'
import { decimal } from './dicom-columns.ts'
import { type Dicom, EXPLICIT_BIG } from './dicom-dataset.ts'

/** Interleaved 8-bit samples of the first frame, windowed for the eye. */
export interface Preview {
  readonly width: number
  readonly height: number
  readonly channels: 1 | 3
  readonly samples: Uint8Array
}

/** Of all frames, in the unit that rescaling gives (Hounsfield units for CT). */
interface PixelStatistics {
  readonly min: number
  readonly max: number
  readonly mean: number
}

/** Pixels as far as they were read, or why not. `truncated`: the file holds fewer bytes than its header declares. */
export type PixelReading =
  | { readonly kind: 'read'; readonly statistics: PixelStatistics | null; readonly preview: Preview }
  | { readonly kind: 'none' | 'unsupported' | 'truncated'; readonly reason: string }

interface Layout {
  readonly width: number
  readonly height: number
  readonly frames: number
  readonly samplesPerPixel: number
  readonly bytesPerSample: number
  readonly bitsStored: number
  readonly isSigned: boolean
  readonly isPlanar: boolean
  readonly photometric: string
}

/** Reads pixels that lie plain in the file. Source: PS3.3 C.7.6.3, C.11.1, C.11.2; PS3.5 8. O(samples). */
export function readPixels({ dataset, transferSyntax }: Dicom): PixelReading {
  const element = dataset.elements['x7fe00010']
  const layout = layoutOf(dataset)
  if (!element || layout.width === 0 || layout.height === 0) return { kind: 'none', reason: 'no pixel data' }
  if (layout.width * layout.height > MAX_IMAGE_PIXELS) return { kind: 'unsupported', reason: `${layout.width} × ${layout.height} pixels` }
  const isKnown = CHANNELS[layout.photometric] === layout.samplesPerPixel && [1, 2].includes(layout.bytesPerSample)
  if (!isKnown)
    return { kind: 'unsupported', reason: `${layout.photometric}, ${layout.samplesPerPixel} × ${layout.bytesPerSample * 8} bits` }
  const frameSamples = layout.width * layout.height * layout.samplesPerPixel
  const wanted = frameSamples * layout.frames * layout.bytesPerSample
  const present = Math.min(element.length, dataset.byteArray.length - element.dataOffset)
  if (present < wanted) return { kind: 'truncated', reason: `${present} of ${wanted} bytes of pixels` }
  const bytes = dataset.byteArray.subarray(element.dataOffset, element.dataOffset + wanted)
  const samples = samplesOf(bytes, layout, transferSyntax === EXPLICIT_BIG)
  const isMeasured = layout.samplesPerPixel === 1 && layout.photometric !== 'PALETTE COLOR'
  return {
    kind: 'read',
    statistics: isMeasured ? statisticsOf(samples, rescaleOf(dataset)) : null,
    preview: previewOf(dataset, samples.subarray(0, frameSamples), layout),
  }
}

/** Photometric interpretations that are read, with their samples a pixel. */
const CHANNELS: Readonly<Record<string, number>> = { MONOCHROME1: 1, MONOCHROME2: 1, 'PALETTE COLOR': 1, RGB: 3, YBR_FULL: 3 }

function layoutOf(dataset: DataSet): Layout {
  const allocated = dataset.uint16('x00280100') ?? 0
  const frames = dataset.intString('x00280008') ?? 1
  return {
    width: dataset.uint16('x00280011') ?? 0,
    height: dataset.uint16('x00280010') ?? 0,
    frames: frames > 0 ? frames : 1,
    samplesPerPixel: dataset.uint16('x00280002') ?? 1,
    bytesPerSample: allocated / 8,
    bitsStored: Math.min(allocated, dataset.uint16('x00280101') ?? allocated),
    isSigned: dataset.uint16('x00280103') === 1,
    isPlanar: dataset.uint16('x00280006') === 1,
    photometric: dataset.string('x00280004')?.trim() ?? '',
  }
}

type Samples = Uint8Array | Int8Array | Int16Array | Uint16Array

/** Stored values: overlay bits above `bitsStored` cut off, the sign carried up. */
function samplesOf(bytes: ArrayLike<number>, { bytesPerSample, bitsStored, isSigned }: Layout, isBigEndian: boolean): Samples {
  const n = bytes.length / bytesPerSample
  const samples: Samples =
    bytesPerSample === 1 ? (isSigned ? new Int8Array(n) : new Uint8Array(n)) : isSigned ? new Int16Array(n) : new Uint16Array(n)
  const [low, high] = isBigEndian ? [1, 0] : [0, 1]
  const shift = 32 - bitsStored
  for (let i = 0; i < n; i++) {
    const at = i * bytesPerSample
    const raw = bytesPerSample === 1 ? (bytes[at] as number) : (bytes[at + low] as number) | ((bytes[at + high] as number) << 8)
    samples[i] = isSigned ? (raw << shift) >> shift : (raw << shift) >>> shift
  }
  return samples
}

interface Rescale {
  readonly slope: number
  readonly intercept: number
}

const rescaleOf = (dataset: DataSet): Rescale => ({
  slope: decimal(dataset, 'x00281053') ?? 1,
  intercept: decimal(dataset, 'x00281052') ?? 0,
})

function statisticsOf(samples: Samples, { slope, intercept }: Rescale): PixelStatistics {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  let sum = 0
  for (let i = 0; i < samples.length; i++) {
    const value = samples[i] as number
    if (value < low) low = value
    if (value > high) high = value
    sum += value
  }
  const ends = [low * slope + intercept, high * slope + intercept]
  return { min: Math.min(...ends), max: Math.max(...ends), mean: (sum / samples.length) * slope + intercept }
}

function previewOf(dataset: DataSet, frame: Samples, layout: Layout): Preview {
  const { width, height, photometric } = layout
  if (photometric === 'PALETTE COLOR') return { width, height, channels: 3, samples: throughPalette(dataset, frame) }
  if (layout.samplesPerPixel === 3) return { width, height, channels: 3, samples: colours(frame, layout) }
  const samples = windowed(frame, rescaleOf(dataset), windowOf(dataset))
  if (photometric === 'MONOCHROME1') for (let i = 0; i < samples.length; i++) samples[i] = 255 - (samples[i] as number)
  return { width, height, channels: 1, samples }
}

interface Window {
  readonly center: number
  readonly width: number
}

function windowOf(dataset: DataSet): Window | undefined {
  const center = decimal(dataset, 'x00281050')
  const width = decimal(dataset, 'x00281051')
  return center !== null && width !== null && width >= 1 ? { center, width } : undefined
}

/** Linear window (PS3.3 C.11.2.1.2.1); without one the frame's own range is black to white. */
function windowed(frame: Samples, { slope, intercept }: Rescale, window: Window | undefined): Uint8Array {
  const samples = new Uint8Array(frame.length)
  let [low, high] = [0, 0]
  if (window) {
    low = window.center - 0.5 - (window.width - 1) / 2
    high = window.center - 0.5 + (window.width - 1) / 2
  } else {
    const { min, max } = statisticsOf(frame, { slope, intercept })
    low = min
    high = max
  }
  const scale = high > low ? 255 / (high - low) : 0
  for (let i = 0; i < frame.length; i++) {
    const value = (frame[i] as number) * slope + intercept
    samples[i] = value <= low ? 0 : value > high ? 255 : Math.floor((value - low) * scale + 0.5)
  }
  return samples
}

/** RGB of three interleaved or separate planes, scaled to 8 bits. */
function colours(frame: Samples, { isPlanar, bitsStored, photometric, width, height }: Layout): Uint8Array {
  const pixels = width * height
  const shift = Math.max(0, bitsStored - 8)
  const samples = new Uint8Array(frame.length)
  for (let pixel = 0; pixel < pixels; pixel++) {
    for (let channel = 0; channel < 3; channel++) {
      samples[pixel * 3 + channel] = (frame[isPlanar ? channel * pixels + pixel : pixel * 3 + channel] as number) >> shift
    }
  }
  return photometric === 'YBR_FULL' ? rgbFromYbr(samples) : samples
}

/** Inverse of PS3.3 C.7.6.3.1.2, YBR_FULL (BT.601, full range). The array clamps. */
function rgbFromYbr(samples: Uint8Array): Uint8Array {
  const rgb = new Uint8ClampedArray(samples.length)
  for (let i = 0; i < samples.length; i += 3) {
    const y = samples[i] as number
    const blue = (samples[i + 1] as number) - 128
    const red = (samples[i + 2] as number) - 128
    rgb[i] = y + 1.402 * red
    rgb[i + 1] = y - 0.344136 * blue - 0.714136 * red
    rgb[i + 2] = y + 1.772 * blue
  }
  return new Uint8Array(rgb.buffer)
}

const PALETTES = [
  ['x00281101', 'x00281201'],
  ['x00281102', 'x00281202'],
  ['x00281103', 'x00281203'],
] as const

/** Colours of palette indexes; indexes outside of a table take its nearest end (PS3.3 C.7.6.3.1.5). */
function throughPalette(dataset: DataSet, frame: Samples): Uint8Array {
  const samples = new Uint8Array(frame.length * 3)
  PALETTES.forEach(([descriptor, data], channel) => {
    const first = dataset.uint16(descriptor, 1) ?? 0
    const bits = dataset.uint16(descriptor, 2) ?? 16
    const element = dataset.elements[data]
    const words = element ? Math.floor(element.length / 2) : 0
    const entries = Math.min(words, dataset.uint16(descriptor, 0) || 0x10000)
    const table = Uint8Array.from({ length: entries }, (_, i) => (dataset.uint16(data, i) ?? 0) >> (bits > 8 ? 8 : 0))
    for (let i = 0; i < frame.length && entries > 0; i++) {
      const entry = Math.min(entries - 1, Math.max(0, (frame[i] as number) - first))
      samples[i * 3 + channel] = table[entry] as number
    }
  })
  return samples
}
