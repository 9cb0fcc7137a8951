import type { RecordBatch } from '../../base/record/index.ts'
import { takeRecords } from '../../base/record/index.ts'
import type { TableAccumulation } from '../grade.ts'
import type { TableFacts } from '../indicator.ts'
import { compareRefinement, type RefinementLift } from './refinement.ts'
import { taskOf } from './task.ts'
import { addToTrainingSample, splitSample, startTrainingSample, type TrainingSample } from './training-sample.ts'

/** Code of the indicator whose state holds the sample of refined records. */
const FITNESS = '0305'

/** The part of a table's statistics that fitness is measured on. */
export const fitnessState = ({ states }: TableAccumulation): TableAccumulation => ({ states: { [FITNESS]: states[FITNESS] }, profile: [] })

/** Records as they were before the first step, each with the split that it would fall into. */
export interface UnrefinedBatch {
  readonly batch: RecordBatch
  readonly splits: readonly string[]
}

/**
 * What refinement is worth to a model of the table's task: the same learner trained on the refined and on the unrefined
 * training records, both judged on the refined records held out.
 * @returns undefined without a task, or when a side has too few rows
 */
export function measureRefinement(
  table: TableFacts,
  refined: TableAccumulation,
  unrefined: readonly UnrefinedBatch[],
): RefinementLift | undefined {
  const task = taskOf(table)
  const state = refined.states[FITNESS] as TrainingSample | undefined
  if (!task || !state || unrefined.length === 0) return undefined
  let sample = startTrainingSample()
  for (const { batch, splits } of unrefined) {
    for (const split of [...new Set(splits)].sort()) {
      const rows = Uint32Array.from(batch.ids.keys()).filter((row) => splits[row] === split)
      sample = addToTrainingSample(sample, takeRecords(batch, rows), table, { split, sources: [] })
    }
  }
  const after = splitSample(state)
  const before = splitSample(sample)
  return compareRefinement({ refined: after.train, unrefined: before.train, test: after.test }, task)
}
