/**
 * refine: raw records → typed, clean, unique ones.
 *
 *   plan-tables.ts   how each table is made: fields, mapping, steps
 *   refine.ts        the verb: units of work over all cores, fits, duplicates
 *   refine-unit.ts   one unit in a worker: read → type (unify/) → steps (operators/) → signatures
 *   operator.ts      the contract of operators/<modality>/<operator>.ts; registry.ts loads them; text-filter.ts, identifier-mask.ts make many alike
 *   duplicates/      exact and near duplicates, clusters
 *   trail.ts         what changed a record, and why it left
 *   replay-record.ts the same way again, for one record, to explain it; replay-relation.ts for tables that were reshaped or joined
 */
export { bandRows, signatureRows, textRows, verifiedPairs } from './duplicates/duplicate-rows.ts'
export {
  DEFAULT_DUPLICATES,
  type Duplicate,
  NO_DUPLICATES,
  resolveDuplicates,
} from './duplicates/resolve-duplicates.ts'
export { contentFields } from './duplicates/sign-records.ts'
export { mediaNames, mediaPath } from './media-access.ts'
export * from './packs.ts'
export { planTables, revisePlan, takenBy } from './plan-tables.ts'
export { writeQuarantine } from './quarantine.ts'
export { isRecordFormat } from './record-format.ts'
export { type RefinedTable, refine } from './refine.ts'
export { refineUnit } from './refine-unit.ts'
export * from './registry.ts'
export { type Relation, relateTable } from './relate.ts'
export { type Replay, replayRecord } from './replay-record.ts'
export { replayRelation } from './replay-relation.ts'
export { type PlannedStep, planAssumptions, type TablePlan } from './table-plan.ts'
export { changedSteps, type Departure, trailStride } from './trail.ts'
export { type CoercionDecisions, coerceBatch, RESHAPE_REASONS, readQuantity } from './unify/index.ts'
export { type Misfit, type UnshownValues, unshownValues } from './unshown-values.ts'
