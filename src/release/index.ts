/**
 * release: clean records → an immutable version that a stranger can check.
 *
 *   release.ts        the verb: shards, departures, root, grade, documents, manifest, signature, publish
 *   write-shard.ts    one shard in a worker: duplicates out, splits, Parquet, trail, statistics
 *   merkle.ts         RFC 6962 root and inclusion proofs; manifest.ts, sign.ts (DSSE), publish.ts
 *   croissant.ts, card.ts, provenance.ts, documentation.ts   what is written beside the data
 *   verify.ts         everything again from the bytes; check-shard.ts in a worker
 *   explain.ts, export-*.ts, diff.ts   what people ask of a release
 */
export { checkShard } from './check-shard.ts'
export * from './explain.ts'
export * from './export-jsonl.ts'
export type { Counts, Manifest, ManifestTable } from './manifest.ts'
export { checkInclusion, type InclusionProof } from './merkle.ts'
export * from './read-release.ts'
export * from './release.ts'
export { signingKey } from './sign.ts'
export * from './verify.ts'
export { writeShard } from './write-shard.ts'
