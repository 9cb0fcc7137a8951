import { startsWithText, viewOf } from './orientation.ts'

const [COMPRESSION, STRIP_OFFSETS, STRIP_BYTES, TILE_OFFSETS, TILE_BYTES, SUB_DIRECTORIES] = [259, 273, 279, 324, 325, 330] as const
/** JPEG as TIFF 6.0 first had it: its tables lie anywhere in the file. */
const OLD_JPEG = 6

const span = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i)

/**
 * Tags that pixels are drawn with, and the place of a map's raster, which is its content: TIFF 6.0 baseline and extensions without texts,
 * times, names and private directories; GeoTIFF; ICC.
 */
const KEPT: ReadonlySet<number> = new Set([
  ...[
    254, 255, 256, 257, 258, 259, 262, 263, 264, 265, 266, 273, 274, 277, 278, 279, 280, 281, 282, 283, 284, 286, 287, 290, 291, 292, 293,
  ],
  ...[296, 301, 317, 318, 319, 320, 321, 322, 323, 324, 325, 326, 327, 328, 330, 332, 334, 336, 338, 339, 340, 341, 342, 347, 351],
  ...span(529, 532),
  ...[34675, 33550, 33922, 34264, 34735, 34736, 34737, 42113],
])

const TYPE_BYTES: Readonly<Record<number, number>> = {
  ...{ 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8 },
}

/** Directories past which a file is a loop or an attack. */
const MAX_DIRECTORIES = 10_000

/** Times that a file's bytes may be copied, for pages that share them. */
const MAX_COPIES = 8

/** Sizes that TIFF and BigTIFF differ in. */
interface Shape {
  readonly isLittle: boolean
  readonly offset: 4 | 8
  readonly count: 2 | 8
  readonly entry: 12 | 20
}

interface Copying {
  readonly bytes: Uint8Array
  readonly view: DataView
  readonly out: Uint8Array
  readonly shape: Shape
  readonly seen: Set<number>
  /** Bytes copied so far: entries may share them, but not over and over. */
  copied: number
}

/**
 * A TIFF or BigTIFF in which only its directories' kept tags, their values and the pixels are left, each in its place; all other bytes are
 * zero, whatever pointed to them or not. Undefined when the structure is broken or not read (old JPEG). O(bytes).
 * Source: TIFF 6.0 sections 2 and 8; BigTIFF; OGC GeoTIFF 1.1.
 */
export function stripTiff(bytes: Uint8Array): Uint8Array | undefined {
  const shape = shapeOf(bytes)
  if (!shape) return undefined
  const copying: Copying = { bytes, view: viewOf(bytes), out: new Uint8Array(bytes.length), shape, seen: new Set(), copied: 0 }
  const head = shape.offset === 4 ? 8 : 16
  if (!copy(copying, 0, head)) return undefined
  return copyChain(copying, readOffset(copying, head - shape.offset)) ? copying.out : undefined
}

function shapeOf(bytes: Uint8Array): Shape | undefined {
  if (bytes.length < 16) return undefined
  for (const isLittle of [true, false]) {
    if (startsWithText(bytes, 0, isLittle ? 'II*\0' : 'MM\0*')) return { isLittle, offset: 4, count: 2, entry: 12 }
    if (startsWithText(bytes, 0, isLittle ? 'II+\0\b\0\0\0' : 'MM\0+\0\b\0\0')) return { isLittle, offset: 8, count: 8, entry: 20 }
  }
  return undefined
}

function readWhole({ view, shape }: Copying, at: number, size: number): number {
  if (size === 2) return view.getUint16(at, shape.isLittle)
  return size === 4 ? view.getUint32(at, shape.isLittle) : Number(view.getBigUint64(at, shape.isLittle))
}

const readOffset = (copying: Copying, at: number): number => readWhole(copying, at, copying.shape.offset)

function copy(copying: Copying, from: number, length: number): boolean {
  const { bytes, out } = copying
  copying.copied += length
  if (!Number.isSafeInteger(from + length) || from + length > bytes.length || copying.copied > MAX_COPIES * bytes.length) return false
  out.set(bytes.subarray(from, from + length), from)
  return true
}

/** Directories that follow each other: pages, or reductions of one. */
function copyChain(copying: Copying, first: number): boolean {
  let at = first
  while (at !== 0) {
    if (copying.seen.has(at) || copying.seen.size >= MAX_DIRECTORIES) return false
    copying.seen.add(at)
    const next = copyDirectory(copying, at)
    if (next === undefined) return false
    at = next
  }
  return true
}

interface Entry {
  readonly at: number
  readonly tag: number
  readonly size: number
  readonly count: number
  /** Where its values lie. */
  readonly values: number
}

/** @returns the offset of the next directory; undefined when something lies outside of the file */
function copyDirectory(copying: Copying, at: number): number | undefined {
  const { bytes, out, shape } = copying
  if (at + shape.count > bytes.length) return undefined
  const count = readWhole(copying, at, shape.count)
  const end = at + shape.count + count * shape.entry
  if (!Number.isSafeInteger(end) || end + shape.offset > bytes.length) return undefined
  const entries: Entry[] = []
  for (let i = 0; i < count; i++) {
    const entry = readEntry(copying, at + shape.count + i * shape.entry)
    if (KEPT.has(entry.tag)) entries.push(entry)
  }
  for (const [i, entry] of entries.entries()) {
    if (entry.size === 0) return undefined
    out.set(bytes.subarray(entry.at, entry.at + shape.entry), at + shape.count + i * shape.entry)
    if (entry.size * entry.count > shape.offset && !copy(copying, entry.values, entry.size * entry.count)) return undefined
  }
  const after = at + shape.count + entries.length * shape.entry
  writeCount(copying, at, entries.length)
  out.set(bytes.subarray(end, end + shape.offset), after)
  return copyPixels(copying, entries) ? readOffset(copying, end) : undefined
}

function readEntry(copying: Copying, at: number): Entry {
  const { shape } = copying
  const size = TYPE_BYTES[readWhole(copying, at + 2, 2)] ?? 0
  const count = readWhole(copying, at + 4, shape.offset)
  const inPlace = at + 4 + shape.offset
  return { at, tag: readWhole(copying, at, 2), size, count, values: size * count <= shape.offset ? inPlace : readOffset(copying, inPlace) }
}

function writeCount({ out, shape }: Copying, at: number, count: number): void {
  const view = viewOf(out)
  if (shape.count === 2) view.setUint16(at, count, shape.isLittle)
  else view.setBigUint64(at, BigInt(count), shape.isLittle)
}

/** Strips, tiles and directories below this one. */
function copyPixels(copying: Copying, entries: readonly Entry[]): boolean {
  const wholes = (tag: number): number[] => {
    const entry = entries.find((one) => one.tag === tag)
    return entry && [2, 4, 8].includes(entry.size)
      ? Array.from({ length: entry.count }, (_, i) => readWhole(copying, entry.values + i * entry.size, entry.size))
      : []
  }
  if (wholes(COMPRESSION)[0] === OLD_JPEG) return false
  for (const [offsets, lengths] of [
    [wholes(STRIP_OFFSETS), wholes(STRIP_BYTES)],
    [wholes(TILE_OFFSETS), wholes(TILE_BYTES)],
  ] as const) {
    if (offsets.length !== lengths.length) return false
    for (const [i, offset] of offsets.entries()) if (!copy(copying, offset, lengths[i] as number)) return false
  }
  return wholes(SUB_DIRECTORIES).every((offset) => copyChain(copying, offset))
}
