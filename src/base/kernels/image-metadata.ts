import { stripJpeg } from './image-metadata/jpeg-segments.ts'
import { stripPng } from './image-metadata/png-chunks.ts'
import { stripTiff } from './image-metadata/tiff-directories.ts'
import { stripWebp } from './image-metadata/webp-chunks.ts'

/** By the extension under which a release keeps an image. */
const STRIPPERS: Readonly<Record<string, (bytes: Uint8Array, keepSegments: ReadonlySet<number>) => Uint8Array | undefined>> = {
  jpg: stripJpeg,
  png: stripPng,
  webp: stripWebp,
  tif: stripTiff,
}

/**
 * An image without what tells of persons, devices and places: Exif, GPS, maker notes, embedded thumbnails, XMP, IPTC, comments. Pixels,
 * colour profile and orientation stay, nothing is coded anew. The same bytes where there is nothing to leave out. O(bytes).
 * @returns undefined for a format that is not known here, and for a file whose structure is broken
 */
export function stripImageMetadata(bytes: Uint8Array, extension: string, keepSegments: ReadonlySet<number>): Uint8Array | undefined {
  const strip = Object.hasOwn(STRIPPERS, extension) ? STRIPPERS[extension] : undefined
  const stripped = strip?.(bytes, keepSegments)
  return stripped && Buffer.compare(stripped, bytes) === 0 ? bytes : stripped
}
