import type { RefinedTable } from '../refine/index.ts'

/** Characters of records that one Parquet file a split holds, unless the table is so large that there would be too many files. */
const SHARD_CHARACTERS = 32 << 20
const MAX_SHARDS = 1_024

/** Groups a table's chunks into shards, in order. Depends on the chunks alone. */
export function cutShards(chunks: RefinedTable['chunks']): RefinedTable['chunks'][number][][] {
  const total = chunks.reduce((sum, chunk) => sum + chunk.bytes, 0)
  const limit = Math.max(SHARD_CHARACTERS, Math.ceil(total / MAX_SHARDS))
  const shards: RefinedTable['chunks'][number][][] = []
  let size = Number.POSITIVE_INFINITY
  for (const chunk of chunks) {
    const last = shards.at(-1)
    if (!last || size + chunk.bytes > limit) {
      shards.push([chunk])
      size = chunk.bytes
    } else {
      last.push(chunk)
      size += chunk.bytes
    }
  }
  return shards
}
