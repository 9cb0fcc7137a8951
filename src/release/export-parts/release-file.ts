import { defineProblem, ProblemError } from '../../base/problem/index.ts'
import type { RecordBatch } from '../../base/record/index.ts'
import { isStoreFailure, join, readJson, readParquet, reasonOf } from '../../base/store/index.ts'

export const releaseFileUnreadable = defineProblem<{ at: string; found: string }>('release/file-unreadable', {
  zh: (p) => `${p.at}：发布中的这个文件无法读取（${p.found}）。`,
  en: (p) => `${p.at}: this file of the release cannot be read (${p.found}).`,
  advice: {
    zh: '用 `highgrade verify` 核验发布；已损坏的发布须重新获取或重新构建。',
    en: 'Check the release with `highgrade verify`; a damaged one must be fetched or built again.',
  },
})

const unreadable = (at: string, error: unknown): ProblemError =>
  isStoreFailure(error) ? error : new ProblemError(releaseFileUnreadable({ at, found: reasonOf(error) }))

/** A JSON file of a release. Throws a ProblemError when it is absent or no JSON. */
export async function readReleaseJson<T>(folder: string, name: string): Promise<T> {
  try {
    return await readJson<T>(join(folder, name))
  } catch (error) {
    throw unreadable(join(folder, name), error)
  }
}

/** Some records of a Parquet file of a release, and the number of their first row in it. */
export interface FilePiece {
  readonly batch: RecordBatch
  readonly path: string
  readonly rowStart: number
}

/** Records of a Parquet file of a release, a row group at a time. Throws a ProblemError when it cannot be read. */
export async function* readRecords(path: string): AsyncIterable<FilePiece> {
  let rowStart = 0
  try {
    for await (const batch of readParquet(path)) {
      yield { batch, path, rowStart }
      rowStart += batch.ids.length
    }
  } catch (error) {
    throw unreadable(path, error)
  }
}
