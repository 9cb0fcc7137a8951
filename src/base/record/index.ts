/**
 * record: what flows through Highgrade.
 *
 *   field.ts      Field: type, unit, range, codes, role, meaning
 *   column.ts     TextColumn | NumberColumn: the values of one field over a batch
 *   batch.ts      RecordBatch: records as columns
 *   concat.ts     batches one after the other
 *   step.ts       Step: kept | merged | quarantined, and the ways to make one
 *   canonical.ts  canonical JSON of a record (RFC 8785)
 *   record-hashes.ts  SHA-256 of records
 */
export * from './batch.ts'
export * from './canonical.ts'
export * from './column.ts'
export * from './concat.ts'
export * from './field.ts'
export * from './record-hashes.ts'
export * from './step.ts'
