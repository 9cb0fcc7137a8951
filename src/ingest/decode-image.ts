import type { Metadata, Sharp } from 'sharp'
import { type GrayImage, grayFromRange, grayFromSamples, rangeOf } from '../base/kernels/index.ts'

/** Pixels past which an image is not decoded: 256 Mpx as RGB fill 768 MB, and a small file can claim any size (a bomb). */
export const MAX_IMAGE_PIXELS = 256 << 20

/** Bytes past which an image file is not read into memory: uncompressed 16-bit RGB of about 40 Mpx. */
export const MAX_IMAGE_BYTES = 256 << 20

export interface DecodedImage {
  readonly metadata: Metadata
  /** Grey levels at full resolution, turned upright by EXIF orientation. */
  readonly gray: GrayImage
}

/**
 * Decodes the first page of an image. Rejects with sharp's own message when it is truncated, damaged or too large.
 * Time and memory O(pixels): 3 to 4 bytes a pixel while decoding, 1 after.
 */
export async function decodeImage(bytes: Uint8Array): Promise<DecodedImage> {
  const { default: sharp } = await import('sharp')
  // One thread an image: the engine's workers already use every core, and libvips would cache decoded files.
  sharp.concurrency(1)
  sharp.cache(false)
  const image = sharp(bytes, { limitInputPixels: MAX_IMAGE_PIXELS, failOn: 'truncated', sequentialRead: true, autoOrient: true })
  const metadata = await image.metadata()
  const isMeasured = metadata.depth !== 'uchar' && metadata.channels === 1
  const isGrey16 = metadata.space === 'grey16'
  return { metadata, gray: isMeasured ? await decodeMeasured(image, isGrey16 ? 'grey16' : 'b-w') : await decodeColours(image) }
}

async function decodeColours(image: Sharp): Promise<GrayImage> {
  const { data, info } = await image.toColourspace('srgb').raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true })
  return grayFromSamples(data, info.width, info.height, info.channels)
}

/**
 * One channel of 16-bit or float samples is a measurement (thermal, depth, elevation): its own range is black to white.
 * @param space the space that the samples are in already, so that libvips does not squeeze them into 8 bits
 */
async function decodeMeasured(image: Sharp, space: 'grey16' | 'b-w'): Promise<GrayImage> {
  const { data, info } = await image.toColourspace(space).raw({ depth: 'float' }).toBuffer({ resolveWithObject: true })
  const all = new Float32Array(data.buffer, data.byteOffset, data.byteLength / Float32Array.BYTES_PER_ELEMENT)
  const samples = info.channels === 1 ? all : all.filter((_, i) => i % info.channels === 0)
  const [low, high] = rangeOf(samples)
  return grayFromRange(samples, info.width, info.height, low, high)
}
