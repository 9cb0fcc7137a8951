import { orientationBlock, orientationOf, startsWithText, viewOf } from './orientation.ts'

const DRAWN_WITH: ReadonlySet<string> = new Set(['VP8X', 'VP8 ', 'VP8L', 'ALPH', 'ANIM', 'ANMF', 'ICCP'])
const HAS_EXIF = 0x08
const HAS_XMP = 0x04

/**
 * A WebP without Exif, XMP and unknown chunks, and without what lies behind its end; an orientation other than upright stays in an Exif of
 * its own. Undefined when the structure is broken. O(bytes). Source: RFC 9649 2.3–2.7.
 */
export function stripWebp(bytes: Uint8Array): Uint8Array | undefined {
  if (bytes.length < 12 || !startsWithText(bytes, 0, 'RIFF') || !startsWithText(bytes, 8, 'WEBP')) return undefined
  const view = viewOf(bytes)
  const total = Math.min(bytes.length, 8 + view.getUint32(4, true))
  const kept: Uint8Array[] = []
  let orientation = 1
  for (let at = 12; at + 8 <= total; ) {
    const length = view.getUint32(at + 4, true)
    const end = at + 8 + length
    if (end > total) return undefined
    const name = Buffer.from(bytes.subarray(at, at + 4)).toString('latin1')
    if (name === 'EXIF') orientation = orientationOf(bytes.subarray(at + 8, end))
    if (DRAWN_WITH.has(name)) kept.push(chunkOf(name, bytes.subarray(at + 8, end)))
    at = end + (length % 2)
  }
  return kept.length === 0 ? undefined : riffOf(kept, orientation)
}

function chunkOf(name: string, data: Uint8Array): Buffer {
  const chunk = Buffer.alloc(8 + data.length + (data.length % 2))
  chunk.write(name, 0, 'latin1')
  chunk.writeUInt32LE(data.length, 4)
  chunk.set(data, 8)
  return chunk
}

function riffOf(kept: readonly Uint8Array[], orientation: number): Uint8Array {
  const [first] = kept
  const isExtended = first !== undefined && startsWithText(first, 0, 'VP8X')
  // Only the extended form can tell of an Exif.
  const isTurned = isExtended && orientation !== 1
  if (isExtended) first[8] = ((first[8] ?? 0) & ~(HAS_EXIF | HAS_XMP)) | (isTurned ? HAS_EXIF : 0)
  const chunks = isTurned ? [...kept, chunkOf('EXIF', orientationBlock(orientation))] : kept
  const body = Buffer.concat([Buffer.from('WEBP', 'latin1'), ...chunks])
  const head = Buffer.alloc(8)
  head.write('RIFF', 0, 'latin1')
  head.writeUInt32LE(body.length, 4)
  return Buffer.concat([head, body])
}
