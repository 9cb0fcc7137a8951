import { join } from '../../base/store/index.ts'
import type { ExportTable } from '../export-form.ts'
import type { OpenRelease } from '../read-release.ts'
import { type FilePiece, readRecords } from './release-file.ts'

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

/** Some records of a table with the split that they lie in, and where they were read from. */
export interface TablePiece extends FilePiece {
  readonly split: string
}

/** Records of a table, a row group at a time, in the order of its files. @param split only this one */
export async function* readTable(table: ExportTable, split?: string): AsyncIterable<TablePiece> {
  for (const file of table.files) {
    if (split !== undefined && file.split !== split) continue
    for await (const piece of readRecords(file.path)) yield { ...piece, split: file.split }
  }
}
