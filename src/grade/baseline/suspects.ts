import { suspectLabels } from '../../base/learn/index.ts'
import { classesOf, encodeTargets, prepareLearner } from './learner.ts'
import type { LearningTask } from './task.ts'
import type { SampleRow } from './training-sample.ts'

/** Labels that a model which had not seen them contradicts: a hint for reviewers, never a score. */
export interface Suspects {
  readonly checked: number
  readonly suspect: number
  /** Most suspect first, at most 20. */
  readonly first: readonly { readonly id: string; readonly given: string; readonly likely: string }[]
}

const FOLDS = 3
const SHOWN = 20

/** Confident learning over three folds of the training rows; undefined for numbers. */
export function findSuspects(rows: readonly SampleRow[], task: LearningTask): Suspects | undefined {
  const classes = classesOf(rows, task.kind)
  if (classes.length < 2) return undefined
  const probabilities = new Float64Array(rows.length * classes.length)
  for (let fold = 0; fold < FOLDS; fold++) {
    const inFold = (at: number): boolean => at % FOLDS === fold
    const asked = rows.filter((_, at) => inFold(at))
    const known = rows.filter((_, at) => !inFold(at))
    const found = prepareLearner(known, asked, task, encodeTargets(known, asked, classes))(1).probabilities
    asked.forEach((_, place) => {
      const row = place * FOLDS + fold
      probabilities.set(found?.subarray(place * classes.length, (place + 1) * classes.length) ?? [], row * classes.length)
    })
  }
  const labels = encodeTargets(rows, [], classes).train
  const suspects = suspectLabels(labels, probabilities, classes.length)
  const first = suspects.slice(0, SHOWN).map(({ row, given, likely }) => ({
    id: rows[row]?.id ?? '',
    given: classes[given] ?? '',
    likely: classes[likely] ?? '',
  }))
  return { checked: rows.length, suspect: suspects.length, first }
}
