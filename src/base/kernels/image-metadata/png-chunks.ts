import { crc32 } from 'node:zlib'
import { orientationBlock, orientationOf, viewOf } from './orientation.ts'

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/** Chunks that pixels are drawn with, beside the critical ones: transparency, colour, resolution, animation. */
const DRAWN_WITH: ReadonlySet<string> = new Set([
  ...['tRNS', 'cHRM', 'gAMA', 'iCCP', 'sBIT', 'sRGB', 'cICP', 'mDCV', 'mDCv', 'cLLI', 'cLLi', 'bKGD', 'hIST', 'pHYs', 'sPLT'],
  ...['acTL', 'fcTL', 'fdAT'],
])

const isCritical = (name: string): boolean => /^[A-Z]/.test(name)

/**
 * A PNG of its critical chunks and those that its pixels are drawn with: no eXIf, texts, times or private chunks, and nothing behind its
 * end; an orientation other than upright stays in an eXIf of its own. Undefined when the structure is broken. O(bytes).
 * Source: W3C PNG (third edition) 4.7, 5, 11.3.
 */
export function stripPng(bytes: Uint8Array): Uint8Array | undefined {
  if (Buffer.compare(bytes.subarray(0, 8), SIGNATURE) !== 0) return undefined
  const view = viewOf(bytes)
  const kept: Uint8Array[] = [SIGNATURE]
  let orientation = 1
  for (let at = 8; at + 12 <= bytes.length; ) {
    const end = at + 12 + view.getUint32(at)
    if (end > bytes.length) return undefined
    const name = Buffer.from(bytes.subarray(at + 4, at + 8)).toString('latin1')
    if (name === 'eXIf') orientation = orientationOf(bytes.subarray(at + 8, end - 4))
    if (isCritical(name) || DRAWN_WITH.has(name)) kept.push(bytes.subarray(at, end))
    // Right behind the header, for it must stand before the pixels.
    if (name === 'IEND') return Buffer.concat(orientation === 1 ? kept : [...kept.slice(0, 2), exifChunk(orientation), ...kept.slice(2)])
    at = end
  }
  return undefined
}

function exifChunk(orientation: number): Uint8Array {
  const block = orientationBlock(orientation)
  const chunk = Buffer.alloc(12 + block.length)
  chunk.writeUInt32BE(block.length, 0)
  chunk.write('eXIf', 4, 'latin1')
  chunk.set(block, 8)
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 8 + block.length)), 8 + block.length)
  return chunk
}
