import { z } from 'zod'
import { ProblemError } from '../../base/problem/index.ts'
import type { ByteSource } from '../../base/store/index.ts'
import type { Cell, Row } from '../cell.ts'
import { extensionOf } from '../file-place.ts'
import { defineFormat, type RawBatch } from '../format.ts'
import { columnNames, findLayout } from '../header.ts'
import { startsWith } from '../magic-bytes.ts'
import { MAX_NAMES } from '../max-names.ts'
import { COMPOUND_FILE, holdsFolder, type OfficeParts, officeParts } from '../office-parts.ts'
import { tooManyColumns } from '../problems.ts'
import { RecordBatches } from '../record-batches.ts'
import { type SheetRow, sheetRows } from '../sheet-rows.ts'
import { readWorkbook, type Workbook } from '../workbook.ts'

/** Rows of the start of a sheet by which its header is found. */
const SAMPLE_ROWS = 400

const sheetShape = z.object({
  name: z.string(),
  part: z.string(),
  /** 1-based row of the header, or of the first record where there is none. */
  firstRow: z.int().min(1),
  headerRows: z.int().min(0).max(8),
  hasUnitRow: z.boolean(),
  /** 0-based column of the table's left edge. */
  firstColumn: z.int().min(0),
})
type SheetShape = z.output<typeof sheetShape>
const parameters = z.object({ sheets: z.array(sheetShape).default([]) })

export default defineFormat({
  kind: 'records',
  version: 1,
  title: { zh: 'Excel 工作簿（XLSX）', en: 'Excel workbook (XLSX)' },
  doc: {
    zh: '每个工作表一个部分；识别多行表头、合并单元格与单位行；公式取缓存值，错误值为缺失，日期按单元格格式识别。',
    en: 'Each sheet a part; finds headers of several rows, merged cells and rows of units; formulas give their stored value, errors are missing, dates go by the format of the cell.',
  },
  source: 'ISO/IEC 29500-1:2016 (SpreadsheetML)',
  extensions: ['xlsx', 'xlsm', 'xls'],
  parameters,
  modality: 'auto',
  sniff: (head, path) => {
    const isNamed = ['xlsx', 'xlsm', 'xls'].includes(extensionOf(path))
    if (holdsFolder(head, 'xl/')) return 0.97
    return isNamed && (startsWith(head, [0x50, 0x4b]) || startsWith(head, COMPOUND_FILE)) ? 0.9 : 0
  },
  detect,
  read,
})

async function detect(source: ByteSource): Promise<z.output<typeof parameters>> {
  const parts = await officeParts(source)
  const workbook = await readWorkbook(parts, source.path)
  const sheets: SheetShape[] = []
  for (const { name, part } of workbook.sheets) {
    const sample: SheetRow[] = []
    for await (const row of sheetRows(parts, source.path, part, workbook)) {
      sample.push(row)
      if (sample.length >= SAMPLE_ROWS) break
    }
    if (sample.length > 0) sheets.push(shapeOf(name, part, sample))
  }
  return { sheets }
}

function shapeOf(name: string, part: string, sample: readonly SheetRow[]): SheetShape {
  const filled = sample.map(({ row, cells }) => ({ row, cells: trimmed(cells) }))
  const outer = findLayout(filled.map(({ cells }) => cells))
  const table = filled.slice(outer.preambleRows)
  const firstColumn = Math.min(...table.map(({ cells }) => cells.findIndex(isPresent)))
  const { preambleRows, headerRows, hasUnitRow } = findLayout(filled.map(({ cells }) => cells.slice(firstColumn)))
  return { name, part, firstRow: filled[preambleRows]?.row ?? 1, headerRows, hasUnitRow, firstColumn }
}

const isPresent = (cell: Cell): boolean => cell !== null && cell !== undefined && cell !== ''

function trimmed(cells: readonly Cell[]): Row {
  let width = cells.length
  while (width > 0 && !isPresent(cells[width - 1])) width--
  return cells.slice(0, width)
}

async function* read(source: ByteSource, { sheets }: z.output<typeof parameters>): AsyncIterable<RawBatch> {
  const parts = await officeParts(source)
  const workbook = await readWorkbook(parts, source.path)
  const records = new RecordBatches(source.path, 'row')
  try {
    for (const sheet of sheets) {
      records.startPart(sheet.name)
      yield* readSheet(parts, workbook, source.path, sheet, records)
    }
  } catch (error) {
    yield* records.takeRest()
    throw error
  }
  yield* records.takeLast()
}

async function* readSheet(
  parts: OfficeParts,
  workbook: Workbook,
  path: string,
  sheet: SheetShape,
  records: RecordBatches,
): AsyncIterable<RawBatch> {
  const nHeader = sheet.headerRows + (sheet.hasUnitRow ? 1 : 0)
  const header: Row[] = []
  let names: string[] = []
  for await (const { row, cells } of sheetRows(parts, path, sheet.part, workbook)) {
    const own = trimmed(cells.slice(sheet.firstColumn))
    if (row < sheet.firstRow || own.length === 0) continue
    if (header.length < nHeader) {
      header.push(own)
      continue
    }
    if (own.length > names.length) names = namesOf(header, sheet, own.length)
    if (names.length > MAX_NAMES) {
      throw new ProblemError(tooManyColumns({ at: `${path}, ${sheet.name}`, found: names.length, expected: MAX_NAMES }))
    }
    records.addRow(names, own.map(presentOr), row)
    yield* records.take()
  }
}

const presentOr = (cell: Cell): unknown => (isPresent(cell) ? cell : null)

/** Names of the columns of the header, or of as many as a row has. */
function namesOf(header: readonly Row[], { headerRows, hasUnitRow }: SheetShape, width: number): string[] {
  const widest = Math.max(width, ...header.map((row) => row.length))
  return columnNames(header.slice(0, headerRows), hasUnitRow ? header[headerRows] : undefined, widest)
}
