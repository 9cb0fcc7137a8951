import { recordHashes } from '../base/record/index.ts'
import { fileHash, readParquet } from '../base/store/index.ts'
import { accumulate, loadIndicators, startAccumulation, type TableAccumulation } from '../grade/index.ts'
import { sourceKeyOf } from '../ingest/index.ts'
import { type SerialFacts, tableFacts } from './write-shard.ts'

/** Work of one thread: one Parquet file of a release read again from its bytes. */
export interface CheckTask {
  /** Absolute. */
  readonly path: string
  readonly split: string
  readonly facts: SerialFacts
  readonly sourcePaths: Readonly<Record<string, string>>
  /** Leave out what only the grade needs. */
  readonly hashesOnly: boolean
}

export interface CheckResult {
  readonly sha256: string
  readonly bytes: number
  readonly ids: readonly string[]
  readonly hashes: Uint8Array
  readonly state: TableAccumulation | null
}

/** Recomputes what writing the file has computed, from the file alone. Throws when it is not readable Parquet. */
export async function checkShard(task: CheckTask): Promise<CheckResult> {
  const facts = tableFacts(task.facts)
  const indicators = await loadIndicators()
  const ids: string[] = []
  const hashes: Buffer[] = []
  let state = startAccumulation(indicators, facts)
  for await (const batch of readParquet(task.path)) {
    for (const id of batch.ids) ids.push(id)
    for (const hash of recordHashes(batch)) hashes.push(hash)
    if (!task.hashesOnly)
      state = accumulate(indicators, state, batch, facts, {
        split: task.split,
        sources: batch.ids.map((id) => task.sourcePaths[sourceKeyOf(id)] ?? ''),
      })
  }
  return { ...(await fileHash(task.path)), ids, hashes: Buffer.concat(hashes), state: task.hashesOnly ? null : state }
}
