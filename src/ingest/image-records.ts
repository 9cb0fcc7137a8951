import { type GrayImage, imageFacts, perceptualHash, thumbnailOf } from '../base/kernels/index.ts'
import type { Problem } from '../base/problem/index.ts'
import type { ByteSource } from '../base/store/index.ts'
import { readAll } from '../base/store/index.ts'
import { type DecodedImage, decodeImage, MAX_IMAGE_BYTES } from './decode-image.ts'
import { readDronePose } from './drone-pose.ts'
import { readExif } from './exif-fields.ts'
import { fileNameOf, folderOf } from './file-place.ts'
import type { RawBatch, RawRecord } from './format.ts'
import { imageTooLarge, imageUndecodable } from './problems.ts'
import { brokenFile, oneRecord } from './single-record.ts'

/**
 * The one record of an image file: its bytes, place, size, camera data and facts of its pixels. All image formats
 * give the same columns, in the same order. A file that does not decode is a broken record with its reason.
 * @param extension extension under which readers of the release know the bytes
 */
export async function* readImage(source: ByteSource, extension: string): AsyncGenerator<RawBatch> {
  if (source.size > MAX_IMAGE_BYTES) {
    yield brokenFile(imageTooLarge({ at: source.path, found: source.size, expected: MAX_IMAGE_BYTES }))
    return
  }
  const bytes = await readAll(source)
  const decoded = await decodeOrExplain(bytes, source.path)
  if ('problem' in decoded) {
    yield brokenFile(decoded.problem)
    return
  }
  const { metadata } = decoded
  yield oneRecord({
    image: { media: bytes, extension },
    file_name: fileNameOf(source.path),
    folder: folderOf(source.path),
    format: metadata.format ?? null,
    bytes: bytes.length,
    width: metadata.width,
    height: metadata.height,
    channels: metadata.channels ?? null,
    bits: metadata.bitsPerSample ?? BITS[metadata.depth ?? ''] ?? null,
    pages: metadata.pages ?? 1,
    orientation: metadata.orientation ?? 1,
    ...(await readExif(metadata.exif)),
    ...readDronePose(metadata.xmp),
    ...pixelColumns(decoded.gray),
  })
}

/** The record again, with its bytes, from what was measured when it was read first. */
export async function imageAgain(source: ByteSource, record: RawRecord, extension: string): Promise<RawBatch> {
  return oneRecord({ ...record, image: { media: await readAll(source), extension } })
}

const BITS: Readonly<Record<string, number>> = { uchar: 8, char: 8, ushort: 16, short: 16, uint: 32, int: 32, float: 32, double: 64 }

async function decodeOrExplain(bytes: Uint8Array, at: string): Promise<DecodedImage | { problem: Problem }> {
  try {
    return await decodeImage(bytes)
  } catch (error) {
    // sharp knows no error codes: its message is the reason.
    return { problem: imageUndecodable({ at, found: error instanceof Error ? firstLine(error.message) : String(error) }) }
  }
}

const firstLine = (text: string): string => text.split('\n', 1)[0] as string

/** Columns of what an image's grey levels tell, as operators and the search for near copies read them; null without any. */
export function pixelColumns(gray: GrayImage | null): Record<string, number | string | null> {
  const facts = gray && imageFacts(gray)
  return {
    sharpness: facts?.sharpness ?? null,
    brightness: facts?.brightness ?? null,
    contrast: facts?.contrast ?? null,
    dark_share: facts?.darkShare ?? null,
    bright_share: facts?.brightShare ?? null,
    entropy: facts?.entropy ?? null,
    noise: facts?.noise ?? null,
    snr: facts?.snr ?? null,
    phash: gray && perceptualHash(gray),
    thumbnail: gray && thumbnailOf(gray),
  }
}
