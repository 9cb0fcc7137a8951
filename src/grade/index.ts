/**
 * grade: records → 17 indicators with evidence.
 *
 *   grade.ts       the verb: accumulate over batches, merge, conclude; dimensions and whether they pass
 *   indicator.ts   the contract of indicators/<code>-<name>.ts; registry.ts loads them
 *   aspects.ts     the twenty documentation aspects
 *   clean/         sub-indicators of 0208 by modality
 *   baseline/      model fitness (0305): learners on fixed splits
 *   report/        grade.html
 */
export * from './aspects.ts'
export * from './grade.ts'
export * from './indicator.ts'
export * from './registry.ts'
