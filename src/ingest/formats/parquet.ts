import type { AsyncBuffer, FileMetaData, RowGroup } from 'hyparquet'
import { z } from 'zod'
import { type Problem, ProblemError } from '../../base/problem/index.ts'
import type { ByteSource } from '../../base/store/index.ts'
import { defineFormat, RAW_BATCH_ROWS, type RawBatch } from '../format.ts'
import { asciiAt } from '../magic-bytes.ts'
import { MAX_NAMES } from '../max-names.ts'
import { CheckedPages } from '../parquet-pages.ts'
import { PARQUET_PARSERS, parquetColumn, Undecodable } from '../parquet-values.ts'
import { fileEmpty, fileEncrypted, fileTruncated, textUndecodable, tooManyColumns } from '../problems.ts'

/** Unpacked bytes that are read at once: row groups larger than this are read in pieces. */
const MAX_READ_BYTES = 512 << 20
/** Packed bytes of a row group, which is held in memory. */
const MAX_GROUP_BYTES = 1 << 30
/** Cells that are read at once; what a damaged file declares must not be reserved. */
const MAX_READ_CELLS = 1 << 24
/** Rows of a batch whose values may be media. */
const CELLS = 1 << 20

const parameters = z.object({})

export default defineFormat({
  kind: 'records',
  version: 1,
  title: { zh: 'Parquet', en: 'Parquet' },
  doc: {
    zh: '按行组读取各列；嵌套值为 JSON，超过 2^53 的整数为字符串，时间戳精确到毫秒，Hugging Face 的 {bytes, path} 成为媒体。',
    en: 'Columns by row group; nested values are JSON, whole numbers past 2^53 strings, timestamps to the millisecond, {bytes, path} of Hugging Face media.',
  },
  source: 'apache/parquet-format 2.11',
  extensions: ['parquet', 'parq'],
  parameters,
  modality: 'auto',
  sniff: (head) => (['PAR1', 'PARE'].includes(asciiAt(head, 0, 4)) ? 1 : 0),
  detect: async () => ({}),
  read,
})

interface ParquetFile {
  readonly bytes: AsyncBuffer
  readonly metadata: FileMetaData
  readonly names: readonly string[]
}

async function* read(source: ByteSource): AsyncIterable<RawBatch> {
  const at = source.path
  const bytes = asyncBuffer(source)
  const metadata = await readMetadata(source, bytes)
  const fields = await topFields(metadata, at)
  const file: ParquetFile = { bytes, metadata, names: fields.map((field) => field.name) }
  if (fields.length > MAX_NAMES) throw new ProblemError(tooManyColumns({ at, found: fields.length, expected: MAX_NAMES }))
  if (Number(metadata.num_rows) === 0) throw new ProblemError(fileEmpty({ at }))
  let rowStart = 0
  let ordinal = 0
  for (const group of metadata.row_groups) {
    const rowEnd = rowStart + Number(group.num_rows)
    const nPieces = Math.ceil(Number(group.total_byte_size) / MAX_READ_BYTES)
    const step = Math.max(1, Math.min(Math.ceil(MAX_READ_CELLS / fields.length), Math.ceil((rowEnd - rowStart) / Math.max(1, nPieces))))
    for (let start = rowStart; start < rowEnd; start += step) {
      const columns = await readColumns(file, group, start, Math.min(start + step, rowEnd))
      if (typeof columns === 'string') {
        yield lost(fileTruncated({ at: `${at}, rows ${start + 1}–${rowEnd}`, found: columns }), ordinal++, start + 1)
        break
      }
      for (const batch of batches(at, fields, columns, start, ordinal)) {
        ordinal += batch.ordinals.length + batch.broken.length
        yield batch
      }
    }
    rowStart = rowEnd
  }
  const nRows = Number(metadata.num_rows)
  if (rowStart !== nRows || ordinal === 0) throw new ProblemError(fileTruncated({ at, found: `${rowStart} of ${nRows} rows` }))
}

const asyncBuffer = (source: ByteSource): AsyncBuffer => ({
  byteLength: source.size,
  async slice(start, end = source.size) {
    const bytes = await source.read(start, end - start)
    return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer
  },
})

async function readMetadata(source: ByteSource, file: AsyncBuffer): Promise<FileMetaData> {
  const at = source.path
  if (asciiAt(await source.read(0, 4), 0, 4) === 'PARE') throw new ProblemError(fileEncrypted({ at }))
  const { parquetMetadataAsync } = await import('hyparquet')
  try {
    return await parquetMetadataAsync(file, { geoparquet: false })
  } catch (error) {
    throw new ProblemError(fileTruncated({ at, found: reasonOf(error) }))
  }
}

interface TopField {
  readonly name: string
  /** Digits after the point of a decimal. */
  readonly scale: number | undefined
}

async function topFields(metadata: FileMetaData, at: string): Promise<TopField[]> {
  const { parquetSchema } = await import('hyparquet')
  try {
    return parquetSchema(metadata).children.map(({ element }) => {
      const isDecimal = element.converted_type === 'DECIMAL'
      return { name: element.name, scale: isDecimal ? Math.min(Math.max(element.scale ?? 0, 0), 100) : undefined }
    })
  } catch (error) {
    throw new ProblemError(fileTruncated({ at, found: reasonOf(error) }))
  }
}

/** Columns of some rows of a row group in the order of their names, or why they cannot be read. */
async function readColumns(file: ParquetFile, group: RowGroup, rowStart: number, rowEnd: number): Promise<unknown[][] | string> {
  const { parquetRead } = await import('hyparquet')
  const { names, metadata } = file
  const columns = names.map((): unknown[] => new Array(rowEnd - rowStart).fill(null))
  const nRead: number[] = names.map(() => 0)
  try {
    const { compressors } = await import('hyparquet-compressors')
    const pages = new CheckedPages(compressors)
    const gate = bytesAfterStart(await checkedGroup(file, group, pages))
    const reading = parquetRead({
      file: gate.bytes,
      metadata,
      rowStart,
      rowEnd,
      compressors: pages.compressors,
      parsers: PARQUET_PARSERS,
      utf8: false,
      geoparquet: false,
      // What is thrown in here would be an unhandled rejection.
      onChunk: ({ columnName, columnData, rowStart: first }) => {
        const index = names.indexOf(columnName)
        const column = columns[index]
        if (!column) return
        for (let at = 0; at < columnData.length; at++) {
          const row = first + at - rowStart
          if (row < 0 || row >= column.length) continue
          column[row] = columnData[at]
          nRead[index] = (nRead[index] ?? 0) + 1
        }
      },
    })
    await gate.openAfter(reading)
    await reading
  } catch (error) {
    return reasonOf(error)
  }
  const short = names.findIndex((_, index) => nRead[index] !== rowEnd - rowStart)
  return short < 0 ? columns : `${names[short]}: ${nRead[short]} of ${rowEnd - rowStart} values`
}

/** The bytes of a row group, its pages checked, as a file that holds nothing else. Throws an Error for what is damaged. */
async function checkedGroup({ bytes, metadata }: ParquetFile, group: RowGroup, pages: CheckedPages): Promise<AsyncBuffer> {
  const chunks = group.columns.flatMap(({ meta_data: column }) => (column ? [column] : []))
  const starts = chunks.map((column) => Number(column.dictionary_page_offset || column.data_page_offset))
  const ends = chunks.map((column, index) => (starts[index] as number) + Number(column.total_compressed_size))
  const first = Math.min(...starts)
  const last = Math.max(...ends)
  const isSound = first >= 0 && last <= bytes.byteLength && last - first <= MAX_GROUP_BYTES
  if (!isSound) throw new Error(`a row group of bytes ${first} to ${last}`)
  const held = await bytes.slice(first, last)
  for (const [index, column] of chunks.entries()) {
    const start = (starts[index] as number) - first
    const size = Number(column.total_compressed_size)
    const levels = levelsOf(metadata, column.path_in_schema)
    pages.check(new Uint8Array(held, start, size), { codec: column.codec, nValues: Number(column.num_values), ...levels })
  }
  return {
    byteLength: bytes.byteLength,
    slice: (start, end = last) => {
      if (start < first || end > last) throw new Error(`bytes ${start} to ${end} outside of the row group`)
      return held.slice(start - first, end - first)
    },
  }
}

/** Most levels of repetition and definition of a column. Source: parquet-format, Nested Encoding. */
function levelsOf(metadata: FileMetaData, path: readonly string[]): { maxRepetition: number; maxDefinition: number } {
  let maxRepetition = 0
  let maxDefinition = 0
  let at = 0
  for (const name of path) {
    at = childAt(metadata.schema, at, name)
    const repetition = metadata.schema[at]?.repetition_type
    if (repetition === 'REPEATED') maxRepetition++
    if (repetition !== 'REQUIRED') maxDefinition++
  }
  return { maxRepetition, maxDefinition }
}

/** Place of a named child in the schema, which lists its tree depth first. */
function childAt(schema: FileMetaData['schema'], parent: number, name: string): number {
  let at = parent + 1
  for (let child = 0; child < (schema[parent]?.num_children ?? 0); child++) {
    if (schema[at]?.name === name) return at
    for (let left = 1; left > 0; at++) left += (schema[at]?.num_children ?? 0) - 1
  }
  throw new Error(`no column ${name} in the schema`)
}

/**
 * hyparquet starts to read all columns and then puts structs together; where a damaged schema makes that throw, nobody waits for the columns
 * any more, and a damaged one would end the process as an unhandled rejection. So no column gets its bytes before that point has passed.
 */
function bytesAfterStart(bytes: AsyncBuffer): { bytes: AsyncBuffer; openAfter: (reading: Promise<unknown>) => Promise<void> } {
  let open = (): void => {}
  const isOpen = new Promise<void>((resolve) => {
    open = resolve
  })
  return {
    bytes: {
      byteLength: bytes.byteLength,
      slice: async (start, end) => {
        await isOpen
        return bytes.slice(start, end)
      },
    },
    async openAfter(reading) {
      const started = new Promise<void>((resolve) => setImmediate(resolve))
      await Promise.race([started, reading])
      open()
    },
  }
}

function* batches(
  at: string,
  fields: readonly TopField[],
  columns: readonly (readonly unknown[])[],
  rowStart: number,
  firstOrdinal: number,
): Iterable<RawBatch> {
  const names = fields.map((field) => field.name)
  const nRows = columns[0]?.length ?? 0
  const step = Math.max(1, Math.min(RAW_BATCH_ROWS, Math.floor(CELLS / names.length)))
  for (let from = 0; from < nRows; from += step) {
    const values = fields.map(({ scale }, index) => parquetColumn(columns[index]?.slice(from, from + step) ?? [], scale))
    yield batchOf(at, names, values, rowStart + from, firstOrdinal + from)
  }
}

/** A batch without the rows that hold text that is not UTF-8, which are broken. */
function batchOf(at: string, names: readonly string[], columns: readonly unknown[][], rowStart: number, firstOrdinal: number): RawBatch {
  const nRows = columns[0]?.length ?? 0
  const broken = new Map<number, Problem>()
  for (const [index, column] of columns.entries()) {
    for (let row = 0; row < nRows; row++) {
      const value = column[row]
      if (value instanceof Undecodable && !broken.has(row)) {
        broken.set(row, textUndecodable({ at: `${at}, row ${rowStart + row + 1}, ${names[index]}`, found: value.bytes, expected: 'utf-8' }))
      }
    }
  }
  const rows = Array.from({ length: nRows }, (_, row) => row).filter((row) => !broken.has(row))
  return {
    part: '',
    names,
    columns: broken.size === 0 ? columns : columns.map((column) => rows.map((row) => column[row])),
    ordinals: rows.map((row) => firstOrdinal + row),
    placeKind: 'row',
    places: rows.map((row) => rowStart + row + 1),
    broken: [...broken].map(([row, problem]) => ({ ordinal: firstOrdinal + row, place: rowStart + row + 1, problem })),
  }
}

const lost = (problem: Problem, ordinal: number, place: number): RawBatch => ({
  part: '',
  names: [],
  columns: [],
  ordinals: [],
  placeKind: 'row',
  places: [],
  broken: [{ ordinal, place, problem }],
})

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, 200)
