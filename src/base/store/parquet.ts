import { type AsyncBuffer, type KeyValue, parquetMetadataAsync, parquetRead, type SchemaElement } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import { ByteWriter, ParquetWriter } from 'hyparquet-writer'
import type { Column, Field, RecordBatch } from '../record/index.ts'
import { isNumeric, MISSING, numberColumn, type TextColumn, textColumn } from '../record/index.ts'
import { writeAtomic } from './files.ts'
import type { OpenedFile } from './storage.ts'
import { storageOf } from './storage-of.ts'
import { zstdCompressor } from './zstd.ts'

/** Key of the file's metadata under which the record's fields are kept, so that a release reads back exactly as it was written. */
const FIELDS_KEY = 'highgrade'
const DAY_MS = 86_400_000

/** Rows of a row group: what a buyer is charged for at once, and what a reader holds in memory. */
export const ROW_GROUP_ROWS = 16_384

/** A Hugging Face feature of a column, e.g. `{ _type: 'Image' }`. */
export type FeatureOf = (field: Field) => unknown

const leaf = (name: string, rest: Omit<SchemaElement, 'name' | 'repetition_type'>): SchemaElement => ({
  name,
  repetition_type: 'OPTIONAL',
  ...rest,
})

/** Parquet schema of a field. Every column is OPTIONAL: `datasets` ignores declared features of REQUIRED ones. */
function elementsOf(field: Field): SchemaElement[] {
  switch (field.type) {
    case 'boolean':
      return [leaf(field.name, { type: 'BOOLEAN' })]
    case 'integer':
      return [leaf(field.name, { type: 'INT64' })]
    case 'number':
      return [leaf(field.name, { type: 'DOUBLE' })]
    case 'timestamp':
      return [
        leaf(field.name, {
          type: 'INT64',
          converted_type: 'TIMESTAMP_MILLIS',
          logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' },
        }),
      ]
    case 'date':
      return [leaf(field.name, { type: 'INT32', converted_type: 'DATE', logical_type: { type: 'DATE' } })]
    case 'media':
      return [leaf(field.name, { num_children: 2 }), leaf('bytes', { type: 'BYTE_ARRAY' }), utf8('path')]
    default:
      return [utf8(field.name)]
  }
}

const utf8 = (name: string): SchemaElement => leaf(name, { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } })

/** Bytes of media by their name `<sha256>.<extension>`, and the path that stands beside them. */
export interface EmbeddedMedia {
  readonly path: (name: string) => string
  /** Null where the release keeps media only as files. */
  readonly bytes: (name: string) => Uint8Array | null
}

function dataOf(field: Field, column: Column, media: EmbeddedMedia | undefined): unknown[] | Float64Array {
  if (column.kind === 'text') {
    if (field.type === 'text' && column.holdsBytes) return bytesOf(column)
    if (field.type !== 'media') return column.values as unknown[]
    return column.values.map((name) => (name === null ? null : { bytes: media?.bytes(name) ?? null, path: media?.path(name) ?? name }))
  }
  const { values } = column
  const data: unknown[] = new Array(values.length)
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number
    data[i] = Number.isNaN(value) ? null : physical(field, value)
  }
  return data
}

/** UTF-8 of each value, as the file holds it, without making strings. */
function bytesOf(column: TextColumn): (Uint8Array | null)[] {
  const { buffers, buffer, starts, lengths } = column.utf8
  const data: (Uint8Array | null)[] = new Array(column.length)
  for (let row = 0; row < column.length; row++) {
    const length = lengths[row] as number
    const start = starts[row] as number
    data[row] = length === MISSING ? null : (buffers[buffer[row] as number] as Uint8Array).subarray(start, start + length)
  }
  return data
}

function physical(field: Field, value: number): unknown {
  switch (field.type) {
    case 'boolean':
      return value !== 0
    case 'integer':
      return BigInt(value)
    // As the file holds them: of a Date the writer makes a list and a BigInt for each look at it.
    case 'timestamp':
      return BigInt(Math.trunc(value))
    case 'date':
      return Math.floor(Math.trunc(value) / DAY_MS)
    default:
      return value
  }
}

/** Writes a Parquet file batch by batch; it appears when `finish` has run, whole. */
export interface ParquetFile {
  write(batch: RecordBatch, media?: EmbeddedMedia): void
  finish(): Promise<void>
}

/**
 * Opens a Parquet file for writing: `id` first, then the fields; zstd; row groups of ROW_GROUP_ROWS.
 * The bytes depend on nothing but fields and records.
 */
export async function openParquet(path: string, fields: readonly Field[], featureOf: FeatureOf = () => undefined): Promise<ParquetFile> {
  const compress = await zstdCompressor()
  const writer = new ByteWriter()
  const schema: SchemaElement[] = [{ name: 'root', num_children: fields.length + 1 }, utf8('id'), ...fields.flatMap(elementsOf)]
  const features = Object.fromEntries(
    fields.map((field) => [field.name, featureOf(field)] as const).filter(([, feature]) => feature !== undefined),
  )
  const kvMetadata: KeyValue[] = [{ key: FIELDS_KEY, value: JSON.stringify({ fields }) }]
  if (Object.keys(features).length > 0) kvMetadata.push({ key: 'huggingface', value: JSON.stringify({ info: { features } }) })
  const parquet = new ParquetWriter({ writer, schema, codec: 'ZSTD', compressors: { ZSTD: compress }, kvMetadata, createdBy: 'highgrade' })
  return {
    write(batch, media) {
      const columnData = fields.map((field) => {
        const column = batch.columns.get(field.name)
        if (!column) throw new Error(`parquet: no column for field ${field.name}`)
        // Lower and upper bounds of long texts cost time and help no reader.
        const statistics = field.type !== 'text' && field.type !== 'json' && field.type !== 'media'
        return { name: field.name, data: dataOf(field, column, media) as unknown[], statistics }
      })
      parquet.write({
        columnData: [{ name: 'id', data: batch.ids as unknown[] as string[], statistics: true }, ...columnData],
        rowGroupSize: ROW_GROUP_ROWS,
      })
    },
    async finish() {
      await parquet.finish()
      await writeAtomic(path, writer.getBytes())
    },
  }
}

/** A row group of a file: where it lies and what it holds. */
export interface RowGroup {
  readonly startByte: number
  /** One past the last. */
  readonly endByte: number
  readonly batch: RecordBatch
}

/** Reads a Parquet file that `openParquet` wrote, one batch a row group. Media bytes are not read. */
export async function* readParquet(path: string): AsyncIterable<RecordBatch> {
  for await (const { batch } of readRowGroups(path)) yield batch
}

/** Row groups of a Parquet file that `openParquet` wrote, in order. */
export async function* readRowGroups(path: string): AsyncIterable<RowGroup> {
  const opened = await storageOf(path).open(path)
  try {
    const file = asyncBuffer(opened)
    const metadata = await parquetMetadataAsync(file)
    const declared = metadata.key_value_metadata?.find((entry) => entry.key === FIELDS_KEY)?.value
    if (!declared) throw new Error(`${path}: not a file of a Highgrade release (no key ${FIELDS_KEY})`)
    const { fields } = JSON.parse(declared) as { fields: Field[] }
    let rowStart = 0
    for (const group of metadata.row_groups) {
      const rowEnd = rowStart + Number(group.num_rows)
      const places = group.columns.flatMap(({ meta_data: column }) => {
        if (!column) return []
        const start = Number(column.dictionary_page_offset ?? column.data_page_offset)
        return [{ start, end: start + Number(column.total_compressed_size) }]
      })
      yield {
        startByte: Math.min(...places.map(({ start }) => start)),
        endByte: Math.max(...places.map(({ end }) => end)),
        batch: await readGroup(file, metadata, fields, rowStart, rowEnd),
      }
      rowStart = rowEnd
    }
  } finally {
    await opened.close()
  }
}

/** An open file as hyparquet reads it. */
const asyncBuffer = (file: OpenedFile): AsyncBuffer => ({
  byteLength: file.size,
  slice: async (start, end = file.size) => {
    const bytes = await file.read(start, end - start)
    return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer
  },
})

async function readGroup(
  file: AsyncBuffer,
  metadata: Awaited<ReturnType<typeof parquetMetadataAsync>>,
  fields: readonly Field[],
  rowStart: number,
  rowEnd: number,
): Promise<RecordBatch> {
  const n = rowEnd - rowStart
  const raw = new Map<string, unknown[]>()
  await parquetRead({
    file,
    metadata,
    rowStart,
    rowEnd,
    compressors,
    // Media bytes are not text; strings are annotated and decoded all the same.
    utf8: false,
    parsers: {
      timestampFromMilliseconds: (ms: bigint) => Number(ms),
      dateFromDays: (days: number) => days * DAY_MS,
    },
    onChunk: ({ columnName, columnData, rowStart: at }) => {
      const values = raw.get(columnName) ?? new Array(n).fill(null)
      raw.set(columnName, values)
      for (let i = 0; i < columnData.length; i++) values[at - rowStart + i] = columnData[i]
    },
  })
  const columns = new Map<string, Column>()
  for (const field of fields) columns.set(field.name, typed(field, raw.get(field.name) ?? new Array(n).fill(null)))
  return { ids: (raw.get('id') ?? []) as string[], fields, columns }
}

function typed(field: Field, values: readonly unknown[]): Column {
  if (!isNumeric(field.type)) {
    if (field.type === 'media') return textColumn(values.map((value) => mediaName(value)))
    return textColumn(values.map((value) => (typeof value === 'string' ? value : null)))
  }
  const numbers = new Float64Array(values.length)
  for (let i = 0; i < values.length; i++) {
    const value = values[i]
    numbers[i] = value === null || value === undefined ? Number.NaN : Number(value)
  }
  return numberColumn(numbers)
}

function mediaName(value: unknown): string | null {
  const path = (value as { path?: unknown } | null)?.path
  return typeof path === 'string' ? (path.split('/').at(-1) ?? null) : null
}
