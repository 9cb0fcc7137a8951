/**
 * unify: raw columns → typed columns of the declared schema.
 *
 *   infer-schema.ts       fields proposed from names and a sample (infer-type.ts, infer-role.ts, header.ts)
 *   map-columns.ts        which raw column feeds which field
 *   coercion-decision.ts  decimal mark, date order, units, codes: once a table
 *   coerce.ts             typed batch + rejected records
 *   reshape.ts, resample.ts, window.ts, join.ts, split-document.ts   records → other records, with the account of each
 */
export * from './code-spellings.ts'
export * from './coerce.ts'
export * from './coercion-decision.ts'
export type { CoercionCode } from './fault.ts'
export * from './infer-schema.ts'
export * from './join.ts'
export * from './map-columns.ts'
export { readDate } from './parse-date.ts'
export { readQuantity } from './parse-number.ts'
export * from './resample.ts'
export * from './reshape.ts'
export * from './reshaped.ts'
export * from './simplify-han.ts'
export * from './split-document.ts'
export * from './window.ts'
