const ORIENTATION = 0x0112
const EXIF_PREFIX = 'Exif\0\0'

/** Bytes [from, from + text.length) as ASCII. */
export const startsWithText = (bytes: Uint8Array, from: number, text: string): boolean => {
  for (let i = 0; i < text.length; i++) if (bytes[from + i] !== text.charCodeAt(i)) return false
  return true
}

export const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.length)

/** Orientation 1..8 in an Exif block, with or without its prefix; 1 where it has none or is damaged. Source: CIPA DC-008 4.6.4 A. */
export function orientationOf(exif: Uint8Array): number {
  const tiff = startsWithText(exif, 0, EXIF_PREFIX) ? exif.subarray(EXIF_PREFIX.length) : exif
  const isLittle = startsWithText(tiff, 0, 'II*\0')
  if (tiff.length < 8 || !(isLittle || startsWithText(tiff, 0, 'MM\0*'))) return 1
  const view = viewOf(tiff)
  const directory = view.getUint32(4, isLittle)
  if (directory + 2 > tiff.length) return 1
  const entries = view.getUint16(directory, isLittle)
  for (let i = 0; i < entries; i++) {
    const at = directory + 2 + 12 * i
    if (at + 12 > tiff.length) return 1
    if (view.getUint16(at, isLittle) !== ORIENTATION) continue
    const orientation = view.getUint16(at + 8, isLittle)
    return orientation >= 1 && orientation <= 8 ? orientation : 1
  }
  return 1
}

/** An Exif block (TIFF) that tells the orientation and nothing else. */
export function orientationBlock(orientation: number): Uint8Array {
  const bytes = new Uint8Array(26)
  bytes.set(Buffer.from('II*\0', 'latin1'))
  const view = viewOf(bytes)
  view.setUint32(4, 8, true)
  view.setUint16(8, 1, true)
  view.setUint16(10, ORIENTATION, true)
  view.setUint16(12, 3, true)
  view.setUint32(14, 1, true)
  view.setUint16(18, orientation, true)
  return bytes
}

/** The same behind `Exif\0\0`, as JPEG wants it. */
export const prefixedOrientation = (orientation: number): Uint8Array =>
  Buffer.concat([Buffer.from(EXIF_PREFIX, 'latin1'), orientationBlock(orientation)])

/** Does an application segment hold Exif? @param from its first byte after the length */
export const isExif = (bytes: Uint8Array, from: number): boolean => startsWithText(bytes, from, EXIF_PREFIX)
