/**
 * record: what flows through Highgrade.
 *
 *   field.ts      Field: type, unit, range, codes, role, meaning
 *   shape.ts      Shape: what a JSON value must look like
 *   column.ts     TextColumn | NumberColumn: the values of one field over a batch
 *   text-column.ts  texts as strings or as UTF-8, whichever is asked for
 *   text-traits.ts  what one pass over the bytes of a text tells, by which operators pass over it
 *   batch.ts      RecordBatch: records as columns
 *   concat.ts     batches one after the other
 *   step.ts       Step: kept | merged | quarantined, and the ways to make one
 *   canonical.ts  canonical JSON of a record (RFC 8785); code-units.ts the order of its names
 *   record-hashes.ts  SHA-256 of records
 */
export * from './batch.ts'
export * from './canonical.ts'
export * from './code-units.ts'
export * from './column.ts'
export * from './concat.ts'
export * from './field.ts'
export * from './record-hashes.ts'
export * from './shape.ts'
export * from './step.ts'
export * from './text-column.ts'
export * from './text-traits.ts'
