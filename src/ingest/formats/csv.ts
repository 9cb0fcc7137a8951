import { z } from 'zod'
import { ProblemError } from '../../base/problem/index.ts'
import type { ByteSource } from '../../base/store/index.ts'
import { RowReader } from '../delimited-rows.ts'
import { DelimitedTable } from '../delimited-table.ts'
import { type DialectFit, detectDialect, detectDialectOfLongRows } from '../dialect.ts'
import { type ByteRange, defineFormat, type RawBatch } from '../format.ts'
import { findLayout, type TableLayout } from '../header.ts'
import { fileEmpty } from '../problems.ts'
import { RowCutter } from '../row-cutter.ts'
import { detectEncoding } from '../text-encoding.ts'
import { decodeLines, type TextPiece, textPieces } from '../text-pieces.ts'
import { structureOf } from '../text-structure.ts'

/** Bytes of the start by which delimiter and header are found; metadata above a table may be long (46 kB in BioLector files). */
const SAMPLE_BYTES = 512 << 10
/** Bytes looked at where rows are so long that the sample holds fewer than MIN_SAMPLE_ROWS. */
const LONG_SAMPLE_BYTES = 8 << 20
const MIN_SAMPLE_ROWS = 20
/** Share of rows shorter than the header from which on a file leaves missing values at the end of rows out. */
const SHORT_ROWS_SHARE = 0.1
/** Characters that one batch may hold beside its limit of rows. */
const BATCH_CHARACTERS = 16 << 20

const parameters = z.object({
  encoding: z.string().default('utf-8'),
  delimiter: z.string().length(1).default(','),
  quote: z.enum(['"', '']).default('"'),
  lineEnd: z.enum(['lf', 'cr']).default('lf'),
  skipLines: z.int().min(0).default(0),
  headerRows: z.int().min(0).max(8).default(1),
  hasUnitRow: z.boolean().default(false),
  hasRowNames: z.boolean().default(false),
  nColumns: z.int().min(1),
  comment: z.string().default(''),
  shortRows: z.enum(['broken', 'missing']).default('broken'),
})
type Parameters = z.output<typeof parameters>

export default defineFormat({
  kind: 'records',
  version: 1,
  title: { zh: '分隔符文本（CSV、TSV）', en: 'Delimited text (CSV, TSV)' },
  doc: {
    zh: '逗号、制表符、分号、竖线或空格分隔的表；自动识别编码、分隔符、表头前的说明、多行表头和单位行。',
    en: 'Tables delimited by comma, tab, semicolon, bar or space; finds encoding, delimiter, remarks above the header, header rows and units.',
  },
  source: 'RFC 4180; IANA text/tab-separated-values',
  extensions: ['csv', 'tsv', 'tab', 'psv'],
  parameters,
  modality: 'auto',
  sniff,
  detect,
  read,
  cutter: (layout) => new RowCutter(layout),
})

/** How sure is it that rows of equal width follow each other? */
function sniff(head: Uint8Array, path: string): number {
  const structure = structureOf(head)
  if (!structure) return 0
  const isNamed = /\.(?:csv|tsv|tab|psv)$/i.test(path)
  if (!isNamed && /^\s*[{[<]/.test(structure.text)) return 0
  const fit = detectDialect(structure.text, structure.isWhole)
  if (isNamed) return fit.share >= 0.8 ? 0.85 : 0.6
  const regularity = regularityOf(fit)
  // A table under the name of another format, which cannot be sure of it then.
  return /\.(?:txt|dat|data|asc|prn)$/i.test(path) ? regularity : regularity === 0.7 && fit.sample.rows.length >= 10 ? 0.35 : 0
}

/** 0.7 for rows that all have the same number of fields, 0.5 for a few kinds of rows, 0 for other text. */
function regularityOf({ dialect, sample: { rows, nBroken }, share, width }: DialectFit): number {
  if (rows.length < 3 || nBroken > 0) return 0
  if (share >= 0.98) return dialect.delimiter !== ',' || width >= 3 ? 0.7 : 0
  // Loggers write rows of a few kinds, each with its own number of fields.
  const isOfKinds = dialect.delimiter === '\t' && rows.every((row) => row.length >= 4) && new Set(rows.map((row) => row.length)).size <= 3
  return isOfKinds ? 0.5 : 0
}

async function detect(source: ByteSource): Promise<Parameters> {
  const encoding = await detectEncoding(source)
  let fit = await sample(source, encoding, SAMPLE_BYTES)
  if (fit.sample.rows.length < MIN_SAMPLE_ROWS && source.size > SAMPLE_BYTES) fit = await sample(source, encoding, LONG_SAMPLE_BYTES)
  const { rows, lines } = fit.sample
  const layout = findLayout(rows)
  const header = rows[layout.preambleRows + layout.headerRows - 1] ?? []
  const body = rows.slice(layout.preambleRows + layout.headerRows + (layout.hasUnitRow ? 1 : 0))
  const named = layout.headerRows > 0 ? filledWidth(header) : 0
  const used = layout.headerRows > 0 ? usedWidth(body) : Math.max(usedWidth(body), 1)
  const comment = remarkSign(rows, layout)
  const short = body.filter((row) => row.length < (named || used) && !(comment !== '' && row[0]?.startsWith(comment))).length
  return {
    encoding,
    ...fit.dialect,
    quote: fit.dialect.quote === '' ? '' : '"',
    skipLines: Math.max(0, (lines[layout.preambleRows] ?? 1) - 1),
    headerRows: layout.headerRows,
    hasUnitRow: layout.hasUnitRow,
    hasRowNames: layout.headerRows === 1 && named + 1 === used && body.every((row) => row.length === used),
    nColumns: Math.max(1, named, used),
    comment,
    shortRows: short > SHORT_ROWS_SHARE * body.length && body.length >= MIN_SAMPLE_ROWS ? 'missing' : 'broken',
  }
}

async function sample(source: ByteSource, encoding: string, bytes: number): Promise<DialectFit> {
  const head = await source.read(0, bytes)
  const isWhole = head.length >= source.size
  return detectDialectOfLongRows(decodeLines(head, encoding).text.replace(/^\ufeff/, ''), isWhole)
}

/** Fields up to the last that is not empty. */
function filledWidth(row: readonly string[]): number {
  let width = row.length
  while (width > 0 && row[width - 1]?.trim() === '') width--
  return width
}

/** Fields that are filled in one row of ten, and in two rows at least. */
function usedWidth(body: readonly (readonly string[])[]): number {
  const widths = body.map(filledWidth).sort((a, b) => b - a)
  return widths[Math.min(widths.length - 1, Math.max(1, Math.floor(widths.length / 10)))] ?? 0
}

/** The sign with which the remarks above the table begin, if it is one that no value begins with. */
function remarkSign(rows: readonly (readonly string[])[], layout: TableLayout): string {
  const remarks = rows.slice(0, layout.preambleRows)
  for (const sign of ['#', '//', '%']) if (remarks.length > 0 && remarks.every((row) => row[0]?.startsWith(sign))) return sign
  return ''
}

async function* read(source: ByteSource, shape: Parameters, range?: ByteRange): AsyncIterable<RawBatch> {
  const { encoding, lineEnd } = shape
  const { table, reader, nLinesAbove } = await openRows(source, shape, range)
  let toSkip = nLinesAbove
  let characters = 0
  for await (const piece of textPieces(source, { encoding, lineEnd, start: range?.start, end: range?.end })) {
    const rest = toSkip > 0 ? withoutLines(piece, toSkip, lineEnd) : { text: piece.text, skipped: 0 }
    toSkip -= rest.skipped
    if (piece.overlongBytes > 0 && rest.skipped === 0) reader.overlongLine(piece.overlongBytes)
    else if (rest.text !== '') reader.push(rest.text, piece.isSuspect)
    characters += rest.text.length
    if (characters >= BATCH_CHARACTERS) {
      table.flush()
      characters = 0
    }
    yield* table.ready.splice(0)
  }
  reader.end()
  table.flush()
  yield* table.ready.splice(0)
  if (range === undefined && table.count === 0) throw new ProblemError(fileEmpty({ at: source.path }))
}

/** A reader for the whole file or, its header read before, for a later piece of it. */
async function openRows(source: ByteSource, shape: Parameters, range: ByteRange | undefined) {
  const table = new DelimitedTable({ ...shape, path: source.path })
  if (range === undefined || range.start === 0) {
    return { table, reader: new RowReader(shape, table, shape.skipLines + 1), nLinesAbove: shape.skipLines }
  }
  await readHeader(source, shape, table)
  table.startAt(range.firstOrdinal)
  return { table, reader: new RowReader(shape, table, range.firstLine), nLinesAbove: 0 }
}

/** Bytes at the start of a file in which a header is looked for first; four times as many as long as there is none. */
const HEADER_BYTES = 64 << 10

/** Reads the header of a file of which another piece is read. */
async function readHeader(source: ByteSource, shape: Parameters, table: DelimitedTable): Promise<void> {
  for (let bytes = HEADER_BYTES; !table.hasHeader; bytes *= 4) {
    const head = new DelimitedTable({ ...shape, path: source.path })
    const reader = new RowReader(shape, head, 1)
    let toSkip = shape.skipLines
    for await (const piece of textPieces(source, { encoding: shape.encoding, lineEnd: shape.lineEnd, end: Math.min(bytes, source.size) })) {
      const rest = withoutLines(piece, toSkip, shape.lineEnd)
      toSkip -= rest.skipped
      reader.push(rest.text, piece.isSuspect)
    }
    // A file that was cut has a header.
    if (head.hasHeader || bytes >= source.size) table.takeHeader(head)
  }
}

/** The piece without at most `n` lines at its start. */
function withoutLines(piece: TextPiece, n: number, lineEnd: 'lf' | 'cr'): { text: string; skipped: number } {
  if (piece.overlongBytes > 0) return { text: '', skipped: 1 }
  const lineBreak = lineEnd === 'cr' ? '\r' : '\n'
  let at = 0
  let skipped = 0
  while (skipped < n && at < piece.text.length) {
    const end = piece.text.indexOf(lineBreak, at)
    at = end < 0 ? piece.text.length : end + 1
    skipped++
  }
  return { text: piece.text.slice(at), skipped }
}
