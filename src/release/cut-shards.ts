import type { RefinedTable } from '../refine/index.ts'

/** Characters of records that one Parquet file a split holds, unless the table is so large that there would be too many files. */
const SHARD_CHARACTERS = 32 << 20
/** Records likewise: narrow rows cost by their number, and one shard is one thread's work. */
const SHARD_RECORDS = 1 << 17
const MAX_SHARDS = 1_024

/** Groups a table's chunks into shards, in order. Depends on the chunks alone. */
export function cutShards(chunks: RefinedTable['chunks']): RefinedTable['chunks'][number][][] {
  const all = sizeOf(chunks)
  const most = {
    bytes: Math.max(SHARD_CHARACTERS, Math.ceil(all.bytes / MAX_SHARDS)),
    records: Math.max(SHARD_RECORDS, Math.ceil(all.records / MAX_SHARDS)),
  }
  const shards: RefinedTable['chunks'][number][][] = []
  let size = { bytes: 0, records: 0 }
  for (const chunk of chunks) {
    const last = shards.at(-1)
    const grown = { bytes: size.bytes + chunk.bytes, records: size.records + chunk.records }
    if (last && grown.bytes <= most.bytes && grown.records <= most.records) {
      last.push(chunk)
      size = grown
    } else {
      shards.push([chunk])
      size = { bytes: chunk.bytes, records: chunk.records }
    }
  }
  return shards
}

function sizeOf(chunks: RefinedTable['chunks']): { bytes: number; records: number } {
  let [bytes, records] = [0, 0]
  for (const chunk of chunks) {
    bytes += chunk.bytes
    records += chunk.records
  }
  return { bytes, records }
}
