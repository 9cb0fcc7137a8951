/**
 * refine: raw records → typed, clean, unique ones.
 *
 *   plan-tables.ts   how each table is made: fields, mapping, steps
 *   refine.ts        the verb: units of work over all cores, fits, duplicates
 *   refine-unit.ts   one unit in a worker: read → type (unify/) → steps (operators/) → signatures
 *   operator.ts      the contract of operators/<modality>/<operator>.ts; registry.ts loads them
 *   duplicates/      exact and near duplicates, clusters
 *   trail.ts         what changed a record, and why it left
 *   replay-record.ts the same way again, for one record, to explain it
 */
export { bandRows, signatureRows, textRows, verifiedPairs } from './duplicates/duplicate-rows.ts'
export {
  DEFAULT_DUPLICATES,
  type Duplicate,
  NO_DUPLICATES,
  resolveDuplicates,
} from './duplicates/resolve-duplicates.ts'
export { contentFields } from './duplicates/sign-records.ts'
export * from './packs.ts'
export { planTables } from './plan-tables.ts'
export { writeQuarantine } from './quarantine.ts'
export { mediaPath } from './read-piece.ts'
export { type RefinedTable, refine } from './refine.ts'
export { refineUnit } from './refine-unit.ts'
export * from './registry.ts'
export { relateTable } from './relate.ts'
export { type Replay, replayRecord } from './replay-record.ts'
export type { PlannedStep, TablePlan } from './table-plan.ts'
export { changedSteps, type Departure, trailStride } from './trail.ts'
export { type CoercionDecisions, coerceBatch, RESHAPE_REASONS } from './unify/index.ts'
