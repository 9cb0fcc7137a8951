import { join } from 'node:path'
import type { RecordBatch } from '../../base/record/index.ts'
import { readParquet } from '../../base/store/index.ts'
import type { ExportTable } from '../export-form.ts'
import type { OpenRelease } from '../read-release.ts'

/** Tables of a release that hold records, as forms read them, in the order of the manifest. */
export function exportTables(release: OpenRelease): ExportTable[] {
  return release.manifest.tables.flatMap((table) => {
    const made = release.recipe.tables.find((one) => one.plan.name === table.name)
    if (!made || table.records === 0) return []
    const { plan, facts } = made
    return {
      name: plan.name,
      title: plan.title,
      modality: plan.modality,
      records: table.records,
      fields: plan.fields,
      target: plan.task?.target,
      codes: new Map(Object.entries(facts.codeLists)),
      files: table.files.map((file) => ({ ...file, path: join(release.folder, file.path) })),
    }
  })
}

/** Names of a table's splits, in the order of the manifest. */
export const splitsOf = (table: ExportTable): string[] => [...new Set(table.files.map((file) => file.split))]

/** Some records of a table, and where they lie. */
export interface TablePiece {
  readonly batch: RecordBatch
  readonly split: string
  /** Parquet file that they were read from, and the number of their first row in it. */
  readonly path: string
  readonly rowStart: number
}

/** Records of a table, a row group at a time, in the order of its files. @param split only this one */
export async function* readTable(table: ExportTable, split?: string): AsyncIterable<TablePiece> {
  for (const file of table.files) {
    if (split !== undefined && file.split !== split) continue
    let rowStart = 0
    for await (const batch of readParquet(file.path)) {
      yield { batch, split: file.split, path: file.path, rowStart }
      rowStart += batch.ids.length
    }
  }
}
