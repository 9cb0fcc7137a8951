/**
 * store: bytes at rest.
 *
 *   byte-source.ts   ByteSource: bytes of one raw file; openFile, bytesSource, readAll
 *   walk.ts          the files of a folder, and what in it is not one
 *   files.ts         whole-or-nothing writes, reads, lists
 *   chunk-file.ts    records between two stages
 *   parquet.ts       records of a release, typed, zstd
 */
export * from './byte-source.ts'
export * from './chunk-file.ts'
export * from './files.ts'
export * from './parquet.ts'
export * from './walk.ts'
