import { join } from 'node:path'
import { canonicalRecords } from '../base/record/index.ts'
import { readParquet } from '../base/store/index.ts'
import type { OpenRelease } from './read-release.ts'

/** All records of a release as JSON Lines, `id` and `table` on each, in the order of the files. */
export async function* exportJsonl(release: OpenRelease, tables: readonly string[]): AsyncIterable<string> {
  for (const table of release.manifest.tables) {
    if (tables.length > 0 && !tables.includes(table.name)) continue
    for (const file of table.files) {
      for await (const batch of readParquet(join(release.folder, file.path))) yield `${canonicalRecords(batch).join('\n')}\n`
    }
  }
}
