import { z } from 'zod'
import { type Problem, ProblemError } from '../../base/problem/index.ts'
import { compareCodeUnits } from '../../base/record/index.ts'
import type { ByteSource } from '../../base/store/index.ts'
import { blobValue } from '../blob-value.ts'
import { defineFormat, MAX_RECORD_BYTES, type RawBatch } from '../format.ts'
import { fileTruncated, recordTooLarge, textUndecodable } from '../problems.ts'
import { RecordBatches } from '../record-batches.ts'
import { isSqlite, SqliteFile, type SqliteRow, type SqliteValue } from '../sqlite-file.ts'
import { parseCreateTable, type SqliteTable } from '../sqlite-schema.ts'

const parameters = z.object({})

export default defineFormat({
  kind: 'records',
  version: 1,
  title: { zh: 'SQLite 数据库', en: 'SQLite database' },
  doc: {
    zh: '每个表一个部分，只读、不加锁；BLOB 中的图像与声音成为媒体，其余为 Base64。只在预写日志（-wal）里的行不会读到。',
    en: 'Each table a part, read without a lock; images and sound in BLOBs become media, other BLOBs Base64. Rows that only the write-ahead log (-wal) holds are not seen.',
  },
  source: 'sqlite.org/fileformat2.html',
  extensions: ['db', 'sqlite', 'sqlite3', 'db3', 'gpkg'],
  parameters,
  modality: 'auto',
  sniff: (head) => (isSqlite(head) ? 1 : 0),
  detect: async () => ({}),
  read,
})

async function* read(source: ByteSource): AsyncIterable<RawBatch> {
  const at = source.path
  const file = await SqliteFile.open(source)
  if (!file) throw new ProblemError(fileTruncated({ at, found: 'SQLite header' }))
  const records = new RecordBatches(at, 'row')
  for (const table of await tablesOf(file)) {
    records.startPart(table.name)
    const names = distinct(table.columns.map((column) => column.name))
    for await (const rows of file.rows(table.rootPage)) {
      for (const row of rows) {
        if ('fault' in row) records.reject(row.key, problemOf(row, `${at}, ${table.name}, row ${row.key}`))
        else records.addRow(names, valuesOf(table, row.key, row.values), row.key)
      }
      yield* records.take()
    }
  }
  yield* records.takeLast()
}

/** Tables that people made, by name. */
async function tablesOf(file: SqliteFile): Promise<SqliteTable[]> {
  const tables: SqliteTable[] = []
  for await (const rows of file.rows(1)) {
    for (const row of rows) {
      const table = 'fault' in row ? undefined : tableOf(row.values)
      if (table) tables.push(table)
    }
  }
  return tables.sort((a, b) => compareCodeUnits(a.name, b.name))
}

function tableOf([type, name, , rootPage, sql]: readonly SqliteValue[]): SqliteTable | undefined {
  if (type !== 'table' || typeof name !== 'string' || typeof sql !== 'string' || name.startsWith('sqlite_')) return undefined
  return typeof rootPage === 'number' && rootPage > 0 ? parseCreateTable(name, rootPage, sql) : undefined
}

function valuesOf({ columns }: SqliteTable, key: number, values: readonly SqliteValue[]): unknown[] {
  return columns.map(({ isRowid, initial }, index) => {
    if (index >= values.length) return initial
    const value = values[index] ?? null
    if (isRowid && value === null) return key
    if (typeof value === 'bigint') return value.toString()
    return value instanceof Uint8Array ? blobValue(value) : value
  })
}

function problemOf(row: Extract<SqliteRow, { fault: string }>, at: string): Problem {
  if (row.fault === 'too large') return recordTooLarge({ at, found: Number(row.detail), expected: MAX_RECORD_BYTES })
  if (row.fault === 'text') return textUndecodable({ at, found: String(row.detail), expected: 'utf-8' })
  return fileTruncated({ at, found: `page ${row.detail}` })
}

/** Names of columns; SQLite tells them apart without regard to case, a damaged schema may not. */
function distinct(names: readonly string[]): string[] {
  const taken = new Set<string>()
  return names.map((name) => {
    let unique = name
    for (let n = 2; taken.has(unique); n++) unique = `${name}_${n}`
    taken.add(unique)
    return unique
  })
}
