import type { AsyncBuffer, Compressors, FileMetaData } from 'hyparquet'
import { z } from 'zod'
import { type Problem, ProblemError } from '../../base/problem/index.ts'
import type { ByteSource } from '../../base/store/index.ts'
import { defineFormat, RAW_BATCH_ROWS, type RawBatch } from '../format.ts'
import { asciiAt } from '../magic-bytes.ts'
import { PARQUET_PARSERS, parquetColumn, Undecodable } from '../parquet-values.ts'
import { fileEmpty, fileEncrypted, fileTruncated, textUndecodable, tooManyColumns } from '../problems.ts'
import { MAX_NAMES } from '../record-columns.ts'

/** Unpacked bytes that are read at once: row groups larger than this are read in pieces. */
const MAX_READ_BYTES = 512 << 20
/** Unpacked bytes of one page; writers make pages of about 1 MiB, and what a damaged page declares must not be reserved. */
const MAX_PAGE_BYTES = 1 << 30
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

async function* read(source: ByteSource): AsyncIterable<RawBatch> {
  const at = source.path
  const file = asyncBuffer(source)
  const metadata = await readMetadata(source, file)
  const names = (metadata.schema.length > 0 ? await topNames(metadata) : []) as string[]
  if (names.length > MAX_NAMES) throw new ProblemError(tooManyColumns({ at, found: names.length, expected: MAX_NAMES }))
  if (Number(metadata.num_rows) === 0) throw new ProblemError(fileEmpty({ at }))
  let rowStart = 0
  let ordinal = 0
  for (const group of metadata.row_groups) {
    const nRows = Number(group.num_rows)
    const nPieces = Math.max(1, Math.ceil(Number(group.total_byte_size) / MAX_READ_BYTES))
    const step = Math.max(1, Math.ceil(nRows / nPieces))
    for (let start = rowStart; start < rowStart + nRows; start += step) {
      const end = Math.min(start + step, rowStart + nRows)
      const columns = await readColumns(file, metadata, start, end)
      if (columns instanceof Map) {
        for (const batch of batches(at, names, columns, start, end - start, ordinal)) {
          ordinal += batch.ordinals.length + batch.broken.length
          yield batch
        }
      } else yield lost(fileTruncated({ at: `${at}, rows ${start + 1}–${end}`, found: columns }), ordinal++, start + 1)
    }
    rowStart += nRows
  }
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

async function topNames(metadata: FileMetaData): Promise<string[]> {
  const { parquetSchema } = await import('hyparquet')
  return parquetSchema(metadata).children.map((child) => child.element.name)
}

/** Columns of some rows by name, or why they cannot be read. */
async function readColumns(
  file: AsyncBuffer,
  metadata: FileMetaData,
  rowStart: number,
  rowEnd: number,
): Promise<Map<string, unknown[]> | string> {
  const { parquetRead } = await import('hyparquet')
  const columns = new Map<string, unknown[]>()
  try {
    await parquetRead({
      file,
      metadata,
      rowStart,
      rowEnd,
      compressors: await boundedCompressors(),
      parsers: PARQUET_PARSERS,
      utf8: false,
      geoparquet: false,
      onChunk: ({ columnName, columnData, rowStart: first }) => {
        const column = columns.get(columnName) ?? new Array(rowEnd - rowStart).fill(null)
        columns.set(columnName, column)
        for (let index = 0; index < columnData.length; index++) {
          const row = first + index - rowStart
          if (row >= 0 && row < column.length) column[row] = columnData[index]
        }
      },
    })
    return columns
  } catch (error) {
    return reasonOf(error)
  }
}

/** The decompressors, refusing pages that declare more than a page may hold. */
async function boundedCompressors(): Promise<Compressors> {
  const { compressors } = await import('hyparquet-compressors')
  const bounded: Compressors = {}
  for (const [codec, decompress] of Object.entries(compressors) as [keyof Compressors, NonNullable<Compressors[keyof Compressors]>][]) {
    bounded[codec] = (input, outputLength) => {
      if (outputLength > MAX_PAGE_BYTES) throw new Error(`a page of ${outputLength} bytes`)
      return decompress(input, outputLength)
    }
  }
  return bounded
}

function* batches(
  at: string,
  names: readonly string[],
  columns: ReadonlyMap<string, unknown[]>,
  rowStart: number,
  nRows: number,
  firstOrdinal: number,
): Iterable<RawBatch> {
  const step = Math.max(1, Math.min(RAW_BATCH_ROWS, Math.floor(CELLS / names.length)))
  for (let from = 0; from < nRows; from += step) {
    const to = Math.min(from + step, nRows)
    const values = names.map((name) => parquetColumn(columns.get(name)?.slice(from, to) ?? new Array(to - from).fill(null)))
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
