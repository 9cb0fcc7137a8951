import { BANDS, createShingler, jaccard, shingleSet, stringOf } from '../../base/kernels/index.ts'
import type { Field, RecordBatch } from '../../base/record/index.ts'
import { readChunk } from '../../base/store/index.ts'
import { CONTENT_STRIDE, nearTexts } from './sign-records.ts'

/** One chunk of a table; its number gives its records theirs. */
export interface ChunkTask {
  readonly path: string
  readonly chunk: number
}

/** Numbers that a chunk has for its records: a record's number is `chunk × this + row`, in order of id, within 2⁵³. */
const CHUNK_SPAN = 2 ** 32

export const SIGNATURE_COLUMNS = {
  record: 'integer',
  chunk: 'integer',
  path: 'text',
  id: 'text',
  high: 'integer',
  low: 'integer',
  quality: 'integer',
} as const
type SignatureRow = Readonly<Record<'record' | 'chunk' | 'high' | 'low' | 'quality', number> & Record<'path' | 'id', string>>

/** The signatures of the records of a chunk. */
export async function* signatureRows({ path, chunk }: ChunkTask): AsyncIterable<SignatureRow> {
  const { batch, side } = await readChunk(path, new Set())
  const content = side['content'] as Float64Array
  const quality = side['quality'] as Float64Array
  for (const [row, id] of batch.ids.entries())
    yield {
      record: chunk * CHUNK_SPAN + row,
      chunk,
      path,
      id,
      high: content[row * CONTENT_STRIDE] as number,
      low: content[row * CONTENT_STRIDE + 1] as number,
      quality: quality[row] as number,
    }
}

export const BAND_COLUMNS = { record: 'integer', band: 'integer', hash: 'integer' } as const
type BandRow = Readonly<Record<'record' | 'band' | 'hash', number>>

/** The band keys of the texts of a chunk. */
export async function* bandRows({ path, chunk }: ChunkTask): AsyncIterable<BandRow> {
  const { batch, side } = await readChunk(path, new Set())
  const bands = side['bands'] as Float64Array
  for (let row = 0; row < batch.ids.length; row++)
    for (let band = 0; band < BANDS; band++) yield { record: chunk * CHUNK_SPAN + row, band, hash: bands[row * BANDS + band] as number }
}

export const TEXT_COLUMNS = { record: 'integer', content: 'text' } as const
interface TextRow {
  readonly record: number
  readonly content: string
}

function textsOf(batch: RecordBatch, fields: readonly Field[]): (row: number) => string {
  const textAt = nearTexts(batch, fields)
  return (row) => {
    const text = textAt(row)
    return typeof text === 'string' ? text : stringOf(text)
  }
}

/** The texts of records, as near duplicates see them. @param wanted together by `path` */
export async function* textRows(
  { fields }: { readonly fields: readonly Field[] },
  wanted: AsyncIterable<{ readonly path: string; readonly record: number }>,
): AsyncIterable<TextRow> {
  const names = new Set(fields.map((field) => field.name))
  let open = ''
  let textAt: ((row: number) => string) | undefined
  for await (const { path, record } of wanted) {
    if (path !== open || !textAt) textAt = textsOf((await readChunk(path, names)).batch, fields)
    open = path
    yield { record, content: textAt(record % CHUNK_SPAN) }
  }
}

export const EDGE_COLUMNS = { one: 'integer', other: 'integer' } as const
interface Edge {
  readonly one: number
  readonly other: number
}

/** The candidate pairs whose texts are alike enough. @param pairs together by `one` */
export async function* verifiedPairs(
  { threshold }: { readonly threshold: number },
  pairs: AsyncIterable<Edge & { readonly one_text: string; readonly other_text: string }>,
): AsyncIterable<Edge> {
  const shingle = createShingler()
  let left: { readonly one: number; readonly set: Float64Array } | undefined
  for await (const { one, other, one_text, other_text } of pairs) {
    if (left?.one !== one) left = { one, set: shingleSet(shingle(one_text)) }
    if (jaccard(left.set, shingleSet(shingle(other_text))) >= threshold) yield { one, other }
  }
}
