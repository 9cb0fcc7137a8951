import type { Export, ExportFile, ExportTable } from '../export-form.ts'
import { textFile } from './export-file.ts'
import { splitsOf } from './export-tables.ts'

export interface TextPerTable {
  /** Text of a table, or of one split of it. */
  readonly write: (table: ExportTable, split?: string) => AsyncIterable<string>
  readonly extension: string
  /** A file a split instead of a file a table. */
  readonly splits: boolean
  /** Texts of several tables, one after the other, are a whole. */
  readonly joins: boolean
}

/** An export that is one text a table. */
export function textPerTable(tables: readonly ExportTable[], { write, extension, splits, joins }: TextPerTable): Export {
  async function* files(): AsyncIterable<ExportFile> {
    for (const table of tables) {
      if (!splits) yield textFile(`${table.name}.${extension}`, () => write(table))
      else for (const split of splitsOf(table)) yield textFile(`${table.name}-${split}.${extension}`, () => write(table, split))
    }
  }
  async function* stream(): AsyncIterable<string> {
    for (const table of tables) yield* write(table)
  }
  return { files, stream: joins || tables.length === 1 ? stream : undefined }
}
