/**
 * statistics: estimates with their uncertainty, and summaries that can be merged in any order.
 *
 *   seeded-random.ts       generator and shuffle fixed by a seed
 *   wilson.ts, clopper-pearson.ts, student-t.ts, bootstrap.ts   intervals
 *   incomplete-beta.ts, normal.ts, quantiles.ts                 the functions behind them
 *   adaptive-histogram.ts  counts of numbers in bounded memory; equal-bins.ts cuts them for drawing
 *   bottom-sample.ts       uniform sample by smallest hash
 *   distinct-sample.ts     counts per distinct hash, exact up to a limit
 *   quantile-sketch.ts     quantiles in small memory
 */
export * from './adaptive-histogram.ts'
export * from './bootstrap.ts'
export * from './bottom-sample.ts'
export * from './clopper-pearson.ts'
export * from './distinct-sample.ts'
export * from './equal-bins.ts'
export * from './incomplete-beta.ts'
export * from './interval.ts'
export * from './normal.ts'
export * from './quantile-sketch.ts'
export * from './quantiles.ts'
export * from './seeded-random.ts'
export * from './student-t.ts'
export * from './wilson.ts'
