/**
 * store: bytes at rest, in folders or on any S3-compatible object store.
 *
 *   location.ts      paths and s3:// alike: join, resolve, dirname, basename, relative
 *   files.ts         whole-or-nothing writes, reads, lists, walks, moves
 *   byte-source.ts   ByteSource: bytes of one raw file; openFile, bytesSource, readAll
 *   chunk-file.ts    records between two stages
 *   parquet.ts       records of a release, typed, zstd
 *   parquet-rows.ts  rows of a release, with conditions, a page at a time
 *   storage.ts       the contract; storages/ fulfil it, storage-of.ts picks one by scheme
 *   problems.ts      what storage can do wrong
 */
export * from './bounded.ts'
export * from './byte-source.ts'
export * from './chunk-file.ts'
export * from './files.ts'
export * from './location.ts'
export * from './parquet.ts'
export * from './parquet-rows.ts'
export { isOfOneFile, isStoreFailure } from './problems.ts'
export type { Known, Pin } from './storage.ts'
export { reasonOf } from './walk-rules.ts'
