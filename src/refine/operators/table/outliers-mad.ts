import { z } from 'zod'
import { columnsParameter, refuseWhere, valueAction } from '../../../base/kernels/index.ts'
import { distancesFrom, distributionOf, quantileOf } from '../../../base/statistics/index.ts'
import { addToSketches, mergeByColumn, type SketchByColumn } from '../../column-sketches.ts'
import { defineOperator } from '../../operator.ts'

interface Parameters {
  readonly columns: readonly string[]
  readonly threshold: number
}

/** Makes the median absolute deviation an estimate of the standard deviation of normal values. */
const MAD_TO_DEVIATION = 1.482602218505602

/** Median and largest distance from it, by column. */
type Centres = Readonly<Record<string, readonly [centre: number, reach: number]>>

function centresOf(sketches: SketchByColumn, threshold: number): Centres {
  return Object.fromEntries(
    Object.entries(sketches).flatMap(([name, sketch]) => {
      const distribution = distributionOf(sketch)
      const centre = quantileOf(distribution, 0.5)
      const deviation = MAD_TO_DEVIATION * quantileOf(distancesFrom(distribution, centre), 0.5)
      return deviation > 0 ? [[name, [centre, threshold * deviation]]] : []
    }),
  )
}

export default defineOperator({
  version: 1,
  title: { zh: '中位数绝对偏差离群值', en: 'Outliers by median absolute deviation' },
  doc: {
    zh: '全表求中位数与中位数绝对偏差（折算为标准差），距中位数超过 threshold 倍者为离群值；默认 8。适合大致对称的测量值；偏差为 0 的列不判。',
    en: 'Median and median absolute deviation (as a standard deviation) over the whole table; values more than `threshold` deviations away are outliers, 8 by default. For measured values that are roughly symmetric; columns without deviation are not judged.',
  },
  source: 'Iglewicz & Hoaglin 1993 (3.5 for screening); Leys et al. 2013',
  parameters: z.strictObject({
    columns: columnsParameter,
    threshold: z.number().positive().default(8),
    action: valueAction.default('missing'),
  }),
  example: {
    parameters: { columns: ['kg'] },
    before: { kg: [10, 11, 12, 11, 10, 12, 11, 990, null] },
    after: { kg: [10, 11, 12, 11, 10, 12, 11, null, null] },
  },
  reasons: { outlier: { zh: '数值为离群值', en: 'a value is an outlier' } },
  fit: {
    start: (): SketchByColumn => ({}),
    add: (state: SketchByColumn, batch, { columns }: Parameters) => addToSketches(state, batch, columns),
    merge: mergeByColumn,
    finish: (state, { threshold }: Parameters): Centres => centresOf(state, threshold),
  },
  run: (batch, { columns, action }, { fitted }) =>
    refuseWhere(
      batch,
      columns,
      (name) => {
        const found = fitted[name]
        return found && ((value) => Math.abs(value - found[0]) > found[1])
      },
      action,
      'outlier',
    ),
})
