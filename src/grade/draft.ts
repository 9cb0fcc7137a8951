import type { Words } from '../base/problem/index.ts'
import type { RecordBatch } from '../base/record/index.ts'
import type { DatasetFacts, Dimension, Measurement, RecordOrigin, TableFacts } from './indicator.ts'
export type Accumulated = Readonly<Record<string, unknown>>
export const startAccumulation = (_t: TableFacts): Accumulated => ({ n: 0 })
export const accumulate = (s: Accumulated, b: RecordBatch, _t: TableFacts, _o: RecordOrigin): Accumulated => ({
  n: (s['n'] as number) + b.ids.length,
})
export const mergeAccumulations = (a: Accumulated, b: Accumulated): Accumulated => ({ n: (a['n'] as number) + (b['n'] as number) })
export interface DimensionGrade {
  readonly score: number | null
  readonly measured: number
  readonly total: number
  readonly passes: boolean
}
export interface Grade {
  readonly dataset: string
  readonly version: string
  readonly documentation: DimensionGrade
  readonly quality: DimensionGrade
  readonly application: DimensionGrade
  readonly passes: boolean
  readonly indicators: Readonly<Record<string, { readonly title: Words; readonly dimension: Dimension; readonly measurement: Measurement }>>
}
export const gradeDataset = (f: DatasetFacts, _s: readonly Accumulated[]): Grade => {
  const d = { score: null, measured: 0, total: 0, passes: false }
  return { dataset: f.dataset, version: f.version, documentation: d, quality: d, application: d, passes: false, indicators: {} }
}
export const renderGradeHtml = (g: Grade, _c: unknown): string => `<html>${g.dataset}</html>`
