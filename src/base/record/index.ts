/**
 * record: what flows through Highgrade.
 *
 *   field.ts      Field: type, unit, range, codes, role, meaning
 *   shape.ts      Shape: what a JSON value must look like
 *   column.ts     TextColumn | NumberColumn: the values of one field over a batch
 *   batch.ts      RecordBatch: records as columns
 *   concat.ts     batches one after the other
 *   step.ts       Step: kept | merged | quarantined, and the ways to make one
 *   canonical.ts  canonical JSON of a record (RFC 8785) and its SHA-256
 */
export * from './batch.ts'
export * from './canonical.ts'
export * from './column.ts'
export * from './concat.ts'
export * from './field.ts'
export * from './shape.ts'
export * from './step.ts'
