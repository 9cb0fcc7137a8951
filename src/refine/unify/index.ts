/**
 * unify: raw columns → typed columns of a declared schema.
 *
 *   infer-schema.ts       fields from a sample: type, unit, role
 *   map-columns.ts        raw column of each declared field, with the reason
 *   coercion-decision.ts  how each field's values are read: decimal mark, order of dates, unit conversion, codes
 *   coerce.ts             values → typed columns; what cannot be typed, with what was expected
 */
export { mapColumns } from './draft.ts'
export { coerceBatch, coercionProblem } from './coerce.ts'
export { assumptionsOf, type CoercionDecisions, decideCoercion } from './coercion-decision.ts'
export { inferFields } from './infer-schema.ts'
