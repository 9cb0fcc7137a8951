import type { Metric } from '../../base/learn/index.ts'
import { measure } from '../../base/learn/index.ts'
import type { ConfidenceInterval } from '../../base/statistics/index.ts'
import { mean } from '../../base/statistics/index.ts'
import { directionOf, liftIntervalOf, SEEDS } from './evaluate.ts'
import { classesOf, encodeTargets, prepareLearner } from './learner.ts'
import type { LearningTask } from './task.ts'
import type { SampleRow } from './training-sample.ts'

/** What refinement is worth to a model: the same learner, the same test rows, trained on refined and on raw records. */
export interface RefinementLift {
  readonly metric: Metric
  readonly refined: { readonly rows: number; readonly mean: number; readonly bySeed: readonly number[] }
  readonly unrefined: { readonly rows: number; readonly mean: number; readonly bySeed: readonly number[] }
  readonly testRows: number
  /** Refined less unrefined, or the other way round where lower is better: more is better. */
  readonly lift: number
  readonly interval: ConfidenceInterval
}

const contentOf = ({ text, numbers, words }: SampleRow): string => JSON.stringify([text, numbers, words])

/** Training rows that are no test record, neither by id nor by content. */
function withoutTest(rows: readonly SampleRow[], test: readonly SampleRow[]): SampleRow[] {
  const ids = new Set(test.map(({ id }) => id))
  const contents = new Set(test.map(contentOf))
  return rows.filter((row) => row.target !== null && !ids.has(row.id) && !contents.has(contentOf(row)))
}

/**
 * Trains on refined and on unrefined records and compares both on refined test rows.
 * @returns undefined when a side has too few rows to train on
 */
export function compareRefinement(
  data: { readonly refined: readonly SampleRow[]; readonly unrefined: readonly SampleRow[]; readonly test: readonly SampleRow[] },
  task: LearningTask,
  seeds: readonly number[] = SEEDS,
): RefinementLift | undefined {
  const test = data.test.filter(({ target }) => target !== null)
  const sides = [withoutTest(data.refined, test), withoutTest(data.unrefined, test)]
  if (test.length === 0 || sides.some((rows) => rows.length < 2)) return undefined
  const classes = classesOf([...sides.flat(), ...test], task.kind)
  const results = sides.map((rows) => {
    const targets = encodeTargets(rows, test, classes)
    const predict = prepareLearner(rows, test, task, targets)
    const found = seeds.map((seed) => predict(seed).found)
    const bySeed = found.map((predicted) => measure(task.metric, targets.test, predicted))
    return { targets, found, summary: { rows: rows.length, mean: mean(bySeed), bySeed } }
  })
  const [refined, unrefined] = results
  if (!refined || !unrefined) return undefined
  return {
    metric: task.metric,
    refined: refined.summary,
    unrefined: unrefined.summary,
    testRows: test.length,
    lift: directionOf(task.metric) * (refined.summary.mean - unrefined.summary.mean),
    interval: liftIntervalOf(task.metric, refined.targets.test, refined.found, unrefined.found),
  }
}
