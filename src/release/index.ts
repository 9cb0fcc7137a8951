/**
 * release: clean records → an immutable version that a stranger can check.
 *
 *   release.ts        the verb: shards, departures, root, grade, documents, manifest, signature, publish
 *   write-shard.ts    one shard in a worker: duplicates out, splits, Parquet, trail, statistics
 *   leaf-file.ts      ids and hashes of a shard, merged into one root as a stream
 *   merkle.ts         RFC 6962 root and inclusion proofs; manifest.ts, sign.ts (DSSE), publish.ts
 *   croissant.ts, card.ts, provenance.ts, documentation.ts   what is written beside the data
 *   verify.ts         everything again from the bytes; check-shard.ts in a worker
 *   explain.ts, diff.ts   what people ask of a release
 *   export.ts         a release in another form; export-form.ts is the contract of exports/<form>.ts, registry.ts loads them
 *   export-parts/     what several forms are made from: tables, files, media, classes; annotations/ labels, boxes, spans
 */
export { checkShard } from './check-shard.ts'
export type { FieldChange } from './diff/diff-schema.ts'
export * from './diff.ts'
export * from './explain.ts'
export * from './export.ts'
export { measureLift } from './grade-release.ts'
export type { Counts, Manifest } from './manifest.ts'
export * from './read-release.ts'
export * from './registry.ts'
export * from './release.ts'
export { signingKey } from './sign.ts'
export * from './verify.ts'
export { writeShard } from './write-shard.ts'
