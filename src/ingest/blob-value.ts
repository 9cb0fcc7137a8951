import type { MediaValue } from './format.ts'
import { asciiAt, isRiff, startsWith } from './magic-bytes.ts'

const MAGIC: readonly (readonly [extension: string, bytes: readonly number[]])[] = [
  ['png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['jpg', [0xff, 0xd8, 0xff]],
  ['gif', [0x47, 0x49, 0x46, 0x38]],
  ['bmp', [0x42, 0x4d]],
  ['tiff', [0x49, 0x49, 0x2a, 0]],
  ['tiff', [0x4d, 0x4d, 0, 0x2a]],
  ['flac', [0x66, 0x4c, 0x61, 0x43]],
  ['ogg', [0x4f, 0x67, 0x67, 0x53]],
  ['mp3', [0x49, 0x44, 0x33]],
  ['pdf', [0x25, 0x50, 0x44, 0x46, 0x2d]],
]
/** Bytes below which a magic number of two bytes is no evidence. */
const SMALLEST_IMAGE = 26

/** Extension of the medium that the bytes are; undefined for other bytes. */
export function mediaExtension(bytes: Uint8Array): string | undefined {
  if (bytes.length < SMALLEST_IMAGE) return undefined
  const found = MAGIC.find(([, magic]) => startsWith(bytes, magic))?.[0]
  if (found) return found
  if (isRiff(bytes, 'WEBP')) return 'webp'
  if (isRiff(bytes, 'WAVE')) return 'wav'
  return asciiAt(bytes, 4, 4) === 'ftyp' ? 'mp4' : undefined
}

/** Bytes inside a record: a medium where they are one, else Base64. @param extension for bytes without a magic number */
export function blobValue(bytes: Uint8Array, extension?: string): MediaValue | string {
  const known = mediaExtension(bytes) ?? extension
  return known === undefined
    ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64')
    : { media: bytes, extension: known }
}
