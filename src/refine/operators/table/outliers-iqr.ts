import { z } from 'zod'
import { columnsParameter, refuseWhere, valueAction } from '../../../base/kernels/index.ts'
import { distributionOf, quantileOf } from '../../../base/statistics/index.ts'
import { addToSketches, mergeByColumn, type SketchByColumn } from '../../column-sketches.ts'
import { defineOperator } from '../../operator.ts'

interface Parameters {
  readonly columns: readonly string[]
  readonly factor: number
}

/** Fences by column: values outside are outliers. */
type Fences = Readonly<Record<string, readonly [number, number]>>

function fencesOf(sketches: SketchByColumn, factor: number): Fences {
  return Object.fromEntries(
    Object.entries(sketches).flatMap(([name, sketch]) => {
      const distribution = distributionOf(sketch)
      const low = quantileOf(distribution, 0.25)
      const high = quantileOf(distribution, 0.75)
      // Without a distance between the quartiles every other value would be an outlier.
      return high > low ? [[name, [low - factor * (high - low), high + factor * (high - low)]]] : []
    }),
  )
}

export default defineOperator({
  version: 1,
  title: { zh: '四分位距离群值', en: 'Outliers by quartiles' },
  doc: {
    zh: '全表求四分位数，值在 [Q1 − k·IQR, Q3 + k·IQR] 之外为离群值；k 默认 3（远离群）。四分位距为 0 的列不判。偏态数据的长尾是真实值，请先看报告再启用。',
    en: 'Quartiles over the whole table; values outside of [Q1 − k·IQR, Q3 + k·IQR] are outliers, k = 3 (far out) by default. Columns whose quartiles are equal are not judged. The long tail of skewed data is real: look at the report before using it.',
  },
  source: 'Tukey, Exploratory Data Analysis, 1977: outer fences',
  parameters: z.strictObject({
    columns: columnsParameter,
    factor: z.number().positive().default(3),
    action: valueAction.default('missing'),
  }),
  example: {
    parameters: { columns: ['kg'], action: 'quarantine' },
    before: { kg: [10, 11, 12, 11, 10, 12, 11, 990] },
    after: { kg: [10, 11, 12, 11, 10, 12, 11] },
    quarantined: [7],
  },
  reasons: { outlier: { zh: '数值为离群值', en: 'a value is an outlier' } },
  fit: {
    start: (): SketchByColumn => ({}),
    add: (state: SketchByColumn, batch, { columns }: Parameters) => addToSketches(state, batch, columns),
    merge: mergeByColumn,
    finish: (state, { factor }: Parameters): Fences => fencesOf(state, factor),
  },
  run: (batch, { columns, action }, { fitted }) =>
    refuseWhere(
      batch,
      columns,
      (name) => {
        const fence = fitted[name]
        return fence && ((value) => value < fence[0] || value > fence[1])
      },
      action,
      'outlier',
    ),
})
