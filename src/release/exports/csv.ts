import { z } from 'zod'
import { succeed } from '../../base/problem/index.ts'
import { isNumeric, type RecordBatch } from '../../base/record/index.ts'
import { defineExport, type ExportTable } from '../export-form.ts'
import { joinLines } from '../export-parts/export-file.ts'
import { readTable } from '../export-parts/export-tables.ts'
import { plainText } from '../export-parts/plain-value.ts'
import { textPerTable } from '../export-parts/text-per-table.ts'

const parameters = z.object({
  bom: z.boolean().default(false).describe('begin with a byte order mark, by which Excel knows UTF-8 · 写入 BOM，便于 Excel 识别'),
  safeFormulas: z
    .boolean()
    .default(false)
    .describe("put ' before texts that a spreadsheet would run as formulas · 在会被电子表格当作公式的文本前加 '"),
  splits: z.boolean().default(false).describe('a file a split · 每个划分一个文件'),
})

export default defineExport({
  version: 1,
  title: { zh: 'CSV', en: 'CSV' },
  doc: {
    zh: '首行为 id 与各字段名；逗号分隔，CRLF 换行，UTF-8。缺失为空，空文本为 ""；时间为 ISO 8601（UTC），布尔为 true/false，JSON 与媒体名原样写出。',
    en: 'First row: id and the names of the fields; commas, CRLF, UTF-8. Missing is nothing, an empty text is ""; times are ISO 8601 (UTC), booleans true/false, JSON and names of media as they are.',
  },
  source: 'RFC 4180; OWASP CSV Injection',
  parameters,
  needs: { zh: '任意表', en: 'any table' },
  accepts: () => true,
  prepare: async ({ tables }, { bom, safeFormulas, splits }) => {
    const cell = safeFormulas ? (text: string): string => quoted(neutral(text)) : quoted
    const write = (table: ExportTable, split?: string): AsyncIterable<string> => rowsOf(table, split, bom, cell)
    return succeed(textPerTable(tables, { write, extension: 'csv', splits, joins: false }))
  },
})

const NEEDS_QUOTES = /[",\r\n]/

/** A text as a cell; empty texts are quoted, so that they can be told from missing ones. */
const quoted = (text: string): string => (text === '' || NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** What spreadsheets take for the start of a formula, in the wide forms too. Source: OWASP, CSV Injection. */
const FORMULA = /^[\s]*[=+\-@＝＋－＠]|^[\t\r\n]/

const neutral = (text: string): string => (FORMULA.test(text) ? `'${text}` : text)

type Cell = (text: string) => string

async function* rowsOf(table: ExportTable, split: string | undefined, bom: boolean, cell: Cell): AsyncIterable<string> {
  yield `${bom ? '\ufeff' : ''}${['id', ...table.fields.map((field) => cell(field.name))].join(',')}\r\n`
  for await (const { batch } of readTable(table, split)) yield* joinLines(rowsOfBatch(batch, cell), '\r\n')
}

function rowsOfBatch(batch: RecordBatch, cell: Cell): string[] {
  const rows = batch.ids.map(cell)
  for (const field of batch.fields) {
    const column = batch.columns.get(field.name)
    // A negative number is no formula.
    const put = isNumeric(field.type) ? String : cell
    for (let row = 0; row < rows.length; row++) {
      const text = plainText(field, column, row)
      rows[row] += text === null ? ',' : `,${put(text)}`
    }
  }
  return rows
}
