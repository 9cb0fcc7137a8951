import { isExif, orientationOf, prefixedOrientation, startsWithText, viewOf } from './orientation.ts'

const [SOI, EOI, SOS, COMMENT, APP0, APP15] = [0xd8, 0xd9, 0xda, 0xfe, 0xe0, 0xef] as const

/** Markers without a length: TEM, RST0–7. */
const isBare = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)

interface Walk {
  readonly kept: Uint8Array[]
  orientation: number
}

/**
 * A JPEG without comments, without application segments but JFIF (its thumbnail cut off), ICC profile and Adobe's colour transform, and
 * without what lies behind its end; an orientation other than upright stays in an Exif block of its own. Entropy-coded data, tables and
 * frames are copied byte by byte. Undefined when the structure is broken. O(bytes).
 * @param keepSegments numbers of application segments (0–15) that stay as they are
 * Source: ITU-T T.81 B.1; JFIF 1.02; CIPA DC-008 4.7.
 */
export function stripJpeg(bytes: Uint8Array, keepSegments: ReadonlySet<number>): Uint8Array | undefined {
  if (bytes[0] !== 0xff || bytes[1] !== SOI) return undefined
  const walk: Walk = { kept: [], orientation: 1 }
  for (let at = markerFrom(bytes, 2); at !== undefined; ) {
    const marker = bytes[at + 1] as number
    if (marker === EOI) return assemble(walk)
    const end = endOfSegment(bytes, at)
    if (end === undefined) return undefined
    keepSegment(walk, bytes.subarray(at, end), marker, keepSegments)
    at = markerFrom(bytes, marker === SOS ? copyScan(walk, bytes, end) : end)
  }
  return undefined
}

/** The next marker; decoders pass over stray bytes and fill bytes in front of it. Undefined where none follows. */
function markerFrom(bytes: Uint8Array, from: number): number | undefined {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const marker = bytes[at + 1]
    if (marker !== undefined && marker !== 0xff && marker !== 0 && !isBare(marker)) return at
  }
  return undefined
}

/** Index past a segment with a length; undefined where the length is wrong, or the marker starts another image. */
function endOfSegment(bytes: Uint8Array, at: number): number | undefined {
  if (bytes[at + 1] === SOI || at + 4 > bytes.length) return undefined
  const end = at + 2 + viewOf(bytes).getUint16(at + 2)
  return end > bytes.length || end < at + 4 ? undefined : end
}

function assemble({ kept, orientation }: Walk): Uint8Array {
  const isJfif = kept[0]?.[1] === APP0
  const exif = orientation === 1 ? [] : [segment(0xe1, prefixedOrientation(orientation))]
  return Buffer.concat([
    Buffer.of(0xff, SOI),
    ...(isJfif ? kept.slice(0, 1) : []),
    ...exif,
    ...kept.slice(isJfif ? 1 : 0),
    Buffer.of(0xff, EOI),
  ])
}

const segment = (marker: number, data: Uint8Array): Uint8Array =>
  Buffer.concat([Buffer.of(0xff, marker, (data.length + 2) >> 8, (data.length + 2) & 0xff), data])

function keepSegment(walk: Walk, whole: Uint8Array, marker: number, keepSegments: ReadonlySet<number>): void {
  if (marker === COMMENT) return
  if (marker < APP0 || marker > APP15 || keepSegments.has(marker - APP0)) walk.kept.push(whole)
  else if (isExif(whole, 4) && marker === APP0 + 1)
    walk.orientation = walk.orientation === 1 ? orientationOf(whole.subarray(4)) : walk.orientation
  else if (marker === APP0 && startsWithText(whole, 4, 'JFIF\0')) walk.kept.push(withoutThumbnail(whole))
  else if (marker === APP0 + 2 && startsWithText(whole, 4, 'ICC_PROFILE\0')) walk.kept.push(whole)
  else if (marker === APP0 + 14 && startsWithText(whole, 4, 'Adobe')) walk.kept.push(whole)
}

/** Marker, length, `JFIF`, version, density, and a thumbnail of no size. */
const JFIF_BYTES = 18

function withoutThumbnail(jfif: Uint8Array): Uint8Array {
  if (jfif.length <= JFIF_BYTES) return jfif
  const cut = Buffer.from(jfif.subarray(0, JFIF_BYTES))
  cut.writeUInt16BE(JFIF_BYTES - 2, 2)
  cut.fill(0, JFIF_BYTES - 2)
  return cut
}

/** Copies entropy-coded data up to the next marker. @returns where that is */
function copyScan(walk: Walk, bytes: Uint8Array, from: number): number {
  let at = bytes.indexOf(0xff, from)
  while (at >= 0 && (bytes[at + 1] === 0 || isBare(bytes[at + 1] ?? 0))) at = bytes.indexOf(0xff, at + 2)
  const end = at < 0 ? bytes.length : at
  walk.kept.push(bytes.subarray(from, end))
  return end
}
