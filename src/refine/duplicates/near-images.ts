import { compareCodeUnits } from '../../base/record/index.ts'
import { readThumbnail, sameThumbnail, type Thumbnail } from './same-thumbnail.ts'

/** What the search needs of an image: columns `phash` and `thumbnail` of its record. */
export interface HashedImage {
  readonly id: string
  /** 64-bit perceptual hash, 16 hex digits. */
  readonly phash: string
  /** 16 × 16 grey levels, 512 hex digits. */
  readonly thumbnail: string
}

interface NearImagePair {
  /** Ids of the two, `a` before `b`. */
  readonly a: string
  readonly b: string
  /** Bits in which the hashes differ. */
  readonly distance: number
}

export interface NearImages {
  /** Verified pairs, sorted by `a`, then `b`. */
  readonly pairs: readonly NearImagePair[]
  /** Images with more look-alikes than the work limit allows: not all of their pairs were looked at. */
  readonly crowded: number
}

/** Bits that may differ by default: re-encoding, half size and brighter take up to 4, a crop of 2 % takes up to 12. */
export const DEFAULT_MAX_DISTANCE = 10

const QUARTERS = 4
/** Past this a quarter may differ in 4 bits, which is 2,517 look-ups each. */
const MAX_DISTANCE = 15

/** Units of work an image may cost (a hash comparison is 1): keeps hostile or static-camera sets from being quadratic. */
const MAX_WORK = 50_000
const VERIFICATION_WORK = 64

/**
 * Pairs of near copies: perceptual hashes within `maxDistance` bits, and thumbnails that show the same picture.
 * Images with the same hash and thumbnail are paired with the first of them only, so that pairs span the clusters
 * without counting them out. Candidates come from multi-index hashing: two hashes that differ in ≤ d bits agree in
 * one of four quarters up to ⌊d/4⌋ bits. About O(n · buckets) for mixed images; at most MAX_WORK an image.
 * Source: Norouzi, Punjani, Fleet, "Fast search in Hamming space with multi-index hashing", CVPR 2012.
 */
export function findNearImages(images: readonly HashedImage[], { maxDistance = DEFAULT_MAX_DISTANCE } = {}): NearImages {
  if (!Number.isInteger(maxDistance) || maxDistance < 0 || maxDistance > MAX_DISTANCE) {
    throw new RangeError(`findNearImages: maxDistance ${maxDistance} is not an integer in 0..${MAX_DISTANCE}`)
  }
  const pairs: NearImagePair[] = []
  const distinct = pairExactCopies(images, pairs)
  const crowded = pairNearCopies(distinct, maxDistance, pairs)
  pairs.sort((x, y) => compareCodeUnits(x.a, y.a) || compareCodeUnits(x.b, y.b))
  return { pairs, crowded }
}

interface Candidate {
  readonly id: string
  readonly high: number
  readonly low: number
  readonly thumbnail: Thumbnail
}

/** Pairs equal images with the first of them; gives the others, without those of one level, whose hash is noise. */
function pairExactCopies(images: readonly HashedImage[], pairs: NearImagePair[]): Candidate[] {
  const sorted = images.toSorted(
    (x, y) => compareCodeUnits(x.phash, y.phash) || compareCodeUnits(x.thumbnail, y.thumbnail) || compareCodeUnits(x.id, y.id),
  )
  const distinct: Candidate[] = []
  let first: HashedImage | undefined
  let candidate: Candidate | undefined
  for (const image of sorted) {
    if (first && image.phash === first.phash && image.thumbnail === first.thumbnail) {
      if (candidate) pairs.push({ a: first.id, b: image.id, distance: 0 })
      continue
    }
    first = image
    candidate = candidateOf(image)
    if (candidate) distinct.push(candidate)
  }
  return distinct
}

const HASH = /^[0-9a-f]{16}$/

function candidateOf({ id, phash, thumbnail }: HashedImage): Candidate | undefined {
  if (!HASH.test(phash)) throw new RangeError(`findNearImages: ${id} has the hash "${phash}", which is not 16 hex digits`)
  const read = readThumbnail(thumbnail)
  if (!read) throw new RangeError(`findNearImages: ${id} has a thumbnail that is not 512 hex digits`)
  if (read.isFlat) return undefined
  return { id, high: Number.parseInt(phash.slice(0, 8), 16), low: Number.parseInt(phash.slice(8), 16), thumbnail: read }
}

/** Images by the value of one quarter of their hash: those of value v are `items` from starts[v] to starts[v + 1]. */
interface QuarterIndex {
  readonly starts: Uint32Array
  readonly items: Uint32Array
}

const quarterOf = ({ high, low }: Candidate, quarter: number): number =>
  ((quarter < 2 ? high : low) >>> (quarter % 2 === 0 ? 16 : 0)) & 0xffff

function indexQuarter(candidates: readonly Candidate[], quarter: number): QuarterIndex {
  const starts = new Uint32Array(0x10001)
  for (const candidate of candidates) {
    const slot = quarterOf(candidate, quarter) + 1
    starts[slot] = (starts[slot] as number) + 1
  }
  for (let value = 0; value < 0x10000; value++) starts[value + 1] = (starts[value + 1] as number) + (starts[value] as number)
  const items = new Uint32Array(candidates.length)
  const next = starts.slice()
  for (let i = 0; i < candidates.length; i++) {
    const value = quarterOf(candidates[i] as Candidate, quarter)
    items[next[value] as number] = i
    next[value] = (next[value] as number) + 1
  }
  return { starts, items }
}

function pairNearCopies(candidates: readonly Candidate[], maxDistance: number, pairs: NearImagePair[]): number {
  const radius = Math.floor(maxDistance / QUARTERS)
  const probes = masksWithin(radius)
  const indexes = Array.from({ length: QUARTERS }, (_, quarter) => indexQuarter(candidates, quarter))
  let crowded = 0
  for (let i = 0; i < candidates.length; i++) {
    let work = MAX_WORK
    for (let quarter = 0; quarter < QUARTERS && work > 0; quarter++) {
      const index = indexes[quarter] as QuarterIndex
      const value = quarterOf(candidates[i] as Candidate, quarter)
      for (const probe of probes) {
        work = compareBucket({ candidates, i, quarter, radius, maxDistance, pairs }, index, value ^ probe, work)
        if (work <= 0) break
      }
    }
    if (work <= 0) crowded++
  }
  return crowded
}

interface Search {
  readonly candidates: readonly Candidate[]
  readonly i: number
  readonly quarter: number
  readonly radius: number
  readonly maxDistance: number
  readonly pairs: NearImagePair[]
}

/** Compares image `i` with the later ones of a bucket; gives the work that is left. */
function compareBucket(search: Search, { starts, items }: QuarterIndex, value: number, budget: number): number {
  const { candidates, i, maxDistance, pairs } = search
  const image = candidates[i] as Candidate
  const start = starts[value] as number
  let work = budget
  for (let slot = (starts[value + 1] as number) - 1; slot >= start && work > 0; slot--) {
    const j = items[slot] as number
    if (j <= i) break
    work--
    const other = candidates[j] as Candidate
    const distance = bitsOf(image.high ^ other.high) + bitsOf(image.low ^ other.low)
    if (distance > maxDistance || wasCompared(search, image, other)) continue
    work -= VERIFICATION_WORK
    if (!sameThumbnail(image.thumbnail, other.thumbnail)) continue
    const [a, b] = image.id < other.id ? [image.id, other.id] : [other.id, image.id]
    pairs.push({ a, b, distance })
  }
  return work
}

/** Did an earlier quarter already bring these two together? */
function wasCompared({ quarter, radius }: Search, image: Candidate, other: Candidate): boolean {
  for (let earlier = 0; earlier < quarter; earlier++) {
    if (bitsOf(quarterOf(image, earlier) ^ quarterOf(other, earlier)) <= radius) return true
  }
  return false
}

/** Number of bits set in 32 bits. */
export function bitsOf(bits: number): number {
  const pairs = bits - ((bits >>> 1) & 0x55555555)
  const nibbles = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return Math.imul((nibbles + (nibbles >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

/** All 16-bit masks of at most `radius` bits, fewest bits first: 1, 17, 137 or 697 of them. */
function masksWithin(radius: number): Uint16Array {
  const masks = Array.from({ length: 0x10000 }, (_, mask) => mask).filter((mask) => bitsOf(mask) <= radius)
  return Uint16Array.from(masks.sort((x, y) => bitsOf(x) - bitsOf(y) || x - y))
}
