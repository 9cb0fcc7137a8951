import { BANDS, type Utf8Text } from '../../base/kernels/index.ts'
import { concatNumbers, type RecordBatch } from '../../base/record/index.ts'
import { readChunk } from '../../base/store/index.ts'
import type { TablePlan } from '../table-plan.ts'
import { type Clusters, createClusters } from './clusters.ts'
import { DEFAULT_MAX_DISTANCE, findNearImages } from './near-images.ts'
import { findNearTexts } from './near-text.ts'
import { CONTENT_STRIDE, nearTextFields, nearTexts } from './sign-records.ts'

/** One record that another stands for. */
export interface Duplicate {
  readonly id: string
  readonly into: string
  readonly kind: 'exact' | 'near'
  /** Number of the chunk that holds it. */
  readonly chunk: number
}

export interface DuplicateOptions {
  readonly exact: boolean
  readonly near: boolean
  /** Jaccard similarity of texts from which they count as near duplicates. */
  readonly threshold: number
  /** Bits of 64 in which perceptual hashes may differ. */
  readonly imageDistance: number
}

/** Thresholds of design.md 7: Jaccard .8; perceptual hashes by the measured default of near-images. */
export const DEFAULT_DUPLICATES: DuplicateOptions = { exact: true, near: true, threshold: 0.8, imageDistance: DEFAULT_MAX_DISTANCE }

export const NO_DUPLICATES: DuplicateOptions = { ...DEFAULT_DUPLICATES, exact: false, near: false }

/** What was found in one table. */
export interface DuplicateReport {
  readonly duplicates: readonly Duplicate[]
  readonly exact: number
  readonly near: number
  readonly candidates: number
  readonly verified: number
  readonly overflows: number
}

/** Work of one thread. */
export interface DuplicateTask {
  /** In order of id, as the last segment wrote them. */
  readonly chunks: readonly string[]
  readonly plan: TablePlan
  readonly options: DuplicateOptions
}

interface Signatures {
  readonly nRecords: number
  readonly content: Float64Array
  readonly quality: Float64Array
  readonly bands: Float64Array | undefined
  /** Number of the first record of each chunk. */
  readonly starts: readonly number[]
}

/** Finds exact and near duplicates among the records of a table. */
export async function resolveDuplicates({ chunks, plan, options }: DuplicateTask): Promise<DuplicateReport> {
  const signatures = await readSignatures(chunks)
  const clusters = createClusters(signatures.nRecords)
  if (options.exact) joinExact(signatures, clusters)
  const exactOf = new Uint32Array(signatures.nRecords)
  for (let record = 0; record < exactOf.length; record++) exactOf[record] = clusters.find(record)
  let found = { candidates: 0, verified: 0, overflows: 0 }
  if (options.near && signatures.bands)
    found = await joinNearTexts(signatures, signatures.bands, chunks, plan, exactOf, clusters, options.threshold)
  if (options.near && plan.modality === 'image') found = await joinNearImages(signatures, chunks, exactOf, clusters, options.imageDistance)
  const duplicates = await named(losers(signatures, clusters, exactOf), signatures.starts, chunks)
  const exact = duplicates.filter((one) => one.kind === 'exact').length
  return { duplicates, exact, near: duplicates.length - exact, ...found }
}

async function readSignatures(chunks: readonly string[]): Promise<Signatures> {
  let nRecords = 0
  const starts: number[] = []
  const parts: Record<'content' | 'quality' | 'bands', Float64Array[]> = { content: [], quality: [], bands: [] }
  for (const path of chunks) {
    const { batch, side } = await readChunk(path, new Set())
    starts.push(nRecords)
    nRecords += batch.ids.length
    for (const name of ['content', 'quality', 'bands'] as const) if (side[name]) parts[name].push(side[name])
  }
  const bands = concatNumbers(parts.bands)
  return {
    nRecords,
    starts,
    content: concatNumbers(parts.content),
    quality: concatNumbers(parts.quality),
    bands: nRecords > 0 && bands.length === nRecords * BANDS ? bands : undefined,
  }
}

/** Joins records whose content keys are equal: one pass over a table of keys in order of record, 8 bytes a record. */
function joinExact({ content, nRecords }: Signatures, clusters: Clusters): void {
  const bits = Math.ceil(Math.log2(Math.max(2, 2 * nRecords)))
  const mask = 2 ** bits - 1
  // Number of the first record of a key, plus one; 0 is free.
  const slots = new Uint32Array(2 ** bits)
  for (let record = 0; record < nRecords; record++) {
    const high = content[record * CONTENT_STRIDE] as number
    const low = content[record * CONTENT_STRIDE + 1] as number
    let slot = (high % 2 ** bits) & mask
    for (;;) {
      const first = slots[slot] as number
      if (first === 0) {
        slots[slot] = record + 1
        break
      }
      const at = (first - 1) * CONTENT_STRIDE
      if (content[at] === high && content[at + 1] === low) {
        clusters.join(first - 1, record)
        break
      }
      slot = (slot + 1) & mask
    }
  }
}

type Found = { candidates: number; verified: number; overflows: number }

/** Near duplicates among the first members of exact clusters. */
async function joinNearTexts(
  signatures: Signatures,
  bands: Float64Array,
  chunks: readonly string[],
  plan: TablePlan,
  exactOf: Uint32Array,
  clusters: Clusters,
  threshold: number,
): Promise<Found> {
  const leaders = Uint32Array.from(new Set(exactOf)).sort()
  const keys = new Float64Array(leaders.length * BANDS)
  for (let i = 0; i < leaders.length; i++)
    keys.set(bands.subarray((leaders[i] as number) * BANDS, ((leaders[i] as number) + 1) * BANDS), i * BANDS)
  const fields = nearTextFields(plan.fields)
  const names = new Set(fields.map((field) => field.name))
  async function* textsOf(numbers: Uint32Array): AsyncIterable<readonly [number, string | Utf8Text]> {
    let at = 0
    for (let c = 0; c < chunks.length && at < numbers.length; c++) {
      const start = signatures.starts[c] as number
      const end = signatures.starts[c + 1] ?? signatures.nRecords
      if ((leaders[numbers[at] as number] as number) >= end) continue
      const { batch } = await readChunk(chunks[c] as string, names)
      const textAt = nearTexts(batch, fields)
      while (at < numbers.length && (leaders[numbers[at] as number] as number) < end) {
        const number = numbers[at++] as number
        yield [number, textAt((leaders[number] as number) - start)]
      }
    }
  }
  const result = await findNearTexts(keys, textsOf, { threshold })
  for (let i = 0; i < leaders.length; i++) clusters.join(leaders[result.clusters.find(i)] as number, leaders[i] as number)
  return { candidates: result.candidates, verified: result.verified, overflows: result.overflows }
}

async function joinNearImages(
  signatures: Signatures,
  chunks: readonly string[],
  exactOf: Uint32Array,
  clusters: Clusters,
  maxDistance: number,
): Promise<Found> {
  const numberOf = new Map<string, number>()
  const hashes: { id: string; phash: string; thumbnail: string }[] = []
  for (const [c, path] of chunks.entries()) {
    const { batch } = await readChunk(path, new Set(['phash', 'thumbnail']))
    const text = (name: string, row: number): string | null => valueAt(batch, name, row)
    for (let row = 0; row < batch.ids.length; row++) {
      const record = (signatures.starts[c] as number) + row
      const phash = text('phash', row)
      const thumbnail = text('thumbnail', row)
      if (exactOf[record] !== record || phash === null || thumbnail === null) continue
      const id = batch.ids[row] as string
      numberOf.set(id, record)
      hashes.push({ id, phash, thumbnail })
    }
  }
  const { pairs, crowded } = findNearImages(hashes, { maxDistance })
  for (const pair of pairs) clusters.join(numberOf.get(pair.a) as number, numberOf.get(pair.b) as number)
  return { candidates: pairs.length, verified: pairs.length, overflows: crowded }
}

function valueAt(batch: RecordBatch, name: string, row: number): string | null {
  const column = batch.columns.get(name)
  return column?.kind === 'text' ? (column.values[row] ?? null) : null
}

/** A record that another one stands for, both by number. */
interface Loser {
  readonly record: number
  readonly winner: number
  readonly kind: 'exact' | 'near'
}

/** In each cluster the best member stays: fullest, then smallest content key, then smallest id; the others are merged into it. */
function losers(signatures: Signatures, clusters: Clusters, exactOf: Uint32Array): Loser[] {
  const best = new Uint32Array(signatures.nRecords)
  for (let record = 0; record < best.length; record++) {
    const root = clusters.find(record)
    // A root is the smallest number of its cluster, so it comes first.
    if (root === record || isBetter(signatures, record, best[root] as number)) best[root] = record
  }
  const found: Loser[] = []
  for (let record = 0; record < best.length; record++) {
    const winner = best[clusters.find(record)] as number
    if (winner !== record) found.push({ record, winner, kind: exactOf[winner] === exactOf[record] ? 'exact' : 'near' })
  }
  return found
}

/** The losers by their ids, read again from the chunks that hold one: ids of ten million records are not kept in memory. */
async function named(found: readonly Loser[], starts: readonly number[], chunks: readonly string[]): Promise<Duplicate[]> {
  const wanted = Uint32Array.from(new Set(found.flatMap(({ record, winner }) => [record, winner]))).sort()
  const ids = new Map<number, string>()
  let at = 0
  for (let chunk = 0; chunk < chunks.length && at < wanted.length; chunk++) {
    const end = starts[chunk + 1] ?? Number.POSITIVE_INFINITY
    if ((wanted[at] as number) >= end) continue
    const { batch } = await readChunk(chunks[chunk] as string, new Set())
    for (; at < wanted.length && (wanted[at] as number) < end; at++) {
      const record = wanted[at] as number
      ids.set(record, batch.ids[record - (starts[chunk] as number)] as string)
    }
  }
  let chunk = 0
  return found.map(({ record, winner, kind }) => {
    while (chunk + 1 < starts.length && record >= (starts[chunk + 1] as number)) chunk++
    return { id: ids.get(record) as string, into: ids.get(winner) as string, kind, chunk }
  })
}

function isBetter(signatures: Signatures, a: number, b: number): boolean {
  const { quality, content } = signatures
  if (quality[a] !== quality[b]) return (quality[a] as number) > (quality[b] as number)
  for (let k = 0; k < CONTENT_STRIDE; k++) {
    const left = content[a * CONTENT_STRIDE + k] as number
    const right = content[b * CONTENT_STRIDE + k] as number
    if (left !== right) return left < right
  }
  return false
}
