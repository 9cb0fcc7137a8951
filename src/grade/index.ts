/**
 * grade: labelled records → 17 indicators → one verdict.
 *
 *   grade.ts         collect states batch by batch (start, accumulate, merge), then conclude: the room's verb
 *   indicator.ts     contract of the plug-ins under indicators/; registry.ts loads them
 *   rules.ts         weights, threshold, what must be measured
 *   aspects.ts       the 20 documentation aspects (0101–0104)
 *   clean/           0208 by modality    security/  0202    consistency/  0206    annotation/  0304: gold, votes, annotators
 *   field-checks.ts  a value against its field   type-faults.ts key-use.ts record-terms.ts   what 0201, 0204, 0205 ask besides
 *   profile.ts       fields' distributions
 *   baseline/        model fitness (0305), leakage, what refinement is worth
 *   report/          grade.html
 */
export * from './aspects.ts'
export * from './baseline/measure-refinement.ts'
export type { RefinementLift } from './baseline/refinement.ts'
export * from './grade.ts'
export * from './indicator.ts'
export * from './problems.ts'
export * from './profile.ts'
export * from './registry.ts'
export * from './report/chart.ts'
export * from './report/html.ts'
export * from './report/render-grade.ts'
export * from './report/report-context.ts'
export * from './report/style.ts'
export * from './rules.ts'
