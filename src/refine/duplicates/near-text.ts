import { BANDS, createShingler, jaccard, shingleSet, type Utf8Text } from '../../base/kernels/index.ts'
import { type Clusters, createClusters } from './clusters.ts'

export interface NearTextOptions {
  /** Jaccard similarity from which two texts stand for each other. */
  readonly threshold: number
}

export interface NearTextResult {
  readonly clusters: Clusters
  /** Pairs that shared a band, and those of them at or above the threshold. */
  readonly candidates: number
  readonly verified: number
  /** Buckets larger than BUCKET_CAP, in which only neighbours and the first BUCKET_CAP members were compared. */
  readonly overflows: number
}

/** Members of one bucket that are compared with all others in it; a larger bucket is boilerplate and would cost its square. */
export const BUCKET_CAP = 64

/**
 * Clusters of near-duplicate texts: candidates share one of BANDS band keys, every candidate pair is verified by
 * exact Jaccard on shingles, verified pairs are joined.
 * @param keys BANDS numbers a text, from `bandKeys`
 * @param textsOf gives texts by number, called with ascending numbers of those that have a candidate
 */
export async function findNearTexts(
  keys: Float64Array,
  textsOf: (numbers: Uint32Array) => AsyncIterable<readonly [number, string | Utf8Text]>,
  options: NearTextOptions,
): Promise<NearTextResult> {
  const size = keys.length / BANDS
  const buckets = bucketsOf(keys, size)
  const wanted = new Uint8Array(size)
  for (const bucket of buckets) for (const member of bucket) wanted[member] = 1
  const numbers = Uint32Array.from({ length: count(wanted) })
  for (let i = 0, at = 0; i < size; i++) if (wanted[i]) numbers[at++] = i
  const sets = new Map<number, Float64Array>()
  const shingle = createShingler()
  for await (const [number, text] of textsOf(numbers)) sets.set(number, shingleSet(shingle(text)))
  return verify(buckets, sets, size, options)
}

const count = (flags: Uint8Array): number => flags.reduce((sum, flag) => sum + flag, 0)

/** Groups of at least two texts with one band key in common, members ascending. */
function bucketsOf(keys: Float64Array, size: number): Uint32Array[] {
  const buckets: Uint32Array[] = []
  const band = new Float64Array(size)
  for (let b = 0; b < BANDS; b++) {
    for (let i = 0; i < size; i++) band[i] = keys[i * BANDS + b] as number
    const sorted = band.slice().sort()
    const repeated = new Map<number, number[]>()
    for (let i = 1; i < size; i++) if (sorted[i] === sorted[i - 1]) repeated.set(sorted[i] as number, [])
    if (repeated.size === 0) continue
    for (let i = 0; i < size; i++) repeated.get(band[i] as number)?.push(i)
    for (const members of repeated.values()) buckets.push(Uint32Array.from(members))
  }
  return buckets
}

function verify(
  buckets: readonly Uint32Array[],
  sets: ReadonlyMap<number, Float64Array>,
  size: number,
  options: NearTextOptions,
): NearTextResult {
  const clusters = createClusters(size)
  const refuted = new Set<number>()
  let candidates = 0
  let verified = 0
  let overflows = 0
  const compare = (a: number, b: number): void => {
    if (clusters.find(a) === clusters.find(b)) return
    const pair = a * size + b
    if (refuted.has(pair)) return
    candidates++
    const left = sets.get(a)
    const right = sets.get(b)
    if (left && right && jaccard(left, right) >= options.threshold) {
      verified++
      clusters.join(a, b)
    } else refuted.add(pair)
  }
  for (const bucket of buckets) {
    if (bucket.length > BUCKET_CAP) overflows++
    for (let j = 1; j < bucket.length; j++) {
      const member = bucket[j] as number
      compare(bucket[j - 1] as number, member)
      for (let i = 0; i < Math.min(j - 1, BUCKET_CAP); i++) compare(bucket[i] as number, member)
    }
  }
  return { clusters, candidates, verified, overflows }
}
