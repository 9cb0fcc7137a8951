import type { LearningTable } from '../../base/learn/index.ts'
import {
  boostClassifier,
  boostedProbabilities,
  boostedValues,
  boostRegressor,
  encodeTable,
  fitTableEncoding,
  inverseDocumentFrequency,
  linearValues,
  logisticProbabilities,
  textFeatures,
  trainLinearRegression,
  trainLogisticRegression,
  weightedUnitRows,
} from '../../base/learn/index.ts'
import { mean, standardDeviation } from '../../base/statistics/index.ts'
import type { LearningTask } from './task.ts'
import type { SampleRow } from './training-sample.ts'

/** Targets as numbers: the value itself, or the place of the class in `classes`. */
export interface Targets {
  readonly classes: readonly string[]
  readonly train: Float64Array
  readonly test: Float64Array
}

/** What a trained model says of the test rows: numbers, or class probabilities row by row with the likeliest class. */
export interface Prediction {
  readonly found: Float64Array
  readonly probabilities?: Float64Array
}

/** Names of all classes that occur, sorted; none for regression. */
export const classesOf = (rows: readonly SampleRow[], kind: LearningTask['kind']): string[] =>
  kind === 'regression' ? [] : [...new Set(rows.map(({ target }) => String(target)))].sort()

/** @param classes from `classesOf`, over at least these rows */
export function encodeTargets(train: readonly SampleRow[], test: readonly SampleRow[], classes: readonly string[]): Targets {
  const place = new Map(classes.map((name, at) => [name, at]))
  const code = ({ target }: SampleRow): number => (classes.length === 0 ? Number(target) : (place.get(String(target)) ?? -1))
  return { classes, train: Float64Array.from(train, code), test: Float64Array.from(test, code) }
}

function likeliest(probabilities: Float64Array, classes: number): Prediction {
  const found = new Float64Array(probabilities.length / classes)
  for (let row = 0; row < found.length; row++) {
    let best = 0
    for (let k = 1; k < classes; k++)
      if ((probabilities[row * classes + k] as number) > (probabilities[row * classes + best] as number)) best = k
    found[row] = best
  }
  return { found, probabilities }
}

function toTable(rows: readonly SampleRow[], task: LearningTask): LearningTable {
  const width = rows[0]?.numbers.length ?? 0
  const numbers = Array.from({ length: width }, (_, at): [string, Float64Array] => [
    task.features.numbers[at] ?? `pixel ${at}`,
    Float64Array.from(rows, (row) => row.numbers[at] ?? Number.NaN),
  ])
  const words = task.features.words.map((name, at): [string, (string | null)[]] => [name, rows.map((row) => row.words[at] ?? null)])
  return { rows: rows.length, numbers: new Map(numbers), words: new Map(words) }
}

type Trained = (seed: number) => Prediction

function prepareText(train: readonly SampleRow[], test: readonly SampleRow[], targets: Targets): Trained {
  const raw = textFeatures(train.map(({ text }) => text))
  const weights = inverseDocumentFrequency(raw)
  const known = weightedUnitRows(raw, weights)
  const asked = weightedUnitRows(textFeatures(test.map(({ text }) => text)), weights)
  const nClasses = targets.classes.length
  if (nClasses > 0) {
    return (seed) => likeliest(logisticProbabilities(trainLogisticRegression(known, targets.train, nClasses, { seed }), asked), nClasses)
  }
  const centre = mean(targets.train)
  const scale = standardDeviation(targets.train) || 1
  const scaled = targets.train.map((value) => (value - centre) / scale)
  return (seed) => ({ found: linearValues(trainLinearRegression(known, scaled, { seed }), asked).map((value) => centre + scale * value) })
}

function prepareColumns(train: readonly SampleRow[], test: readonly SampleRow[], task: LearningTask, targets: Targets): Trained {
  const table = toTable(train, task)
  const encoding = fitTableEncoding(table)
  const known = encodeTable(table, encoding)
  const asked = encodeTable(toTable(test, task), encoding)
  const nClasses = targets.classes.length
  if (nClasses > 0) {
    return (seed) =>
      likeliest(boostedProbabilities(boostClassifier(known, targets.train, nClasses, { seed }), asked, test.length), nClasses)
  }
  return (seed) => ({ found: boostedValues(boostRegressor(known, targets.train, { seed }), asked, test.length) })
}

/**
 * Makes ready to train on one set and predict another, once for each seed: logistic or linear regression on hashed
 * n-grams of texts, boosted trees on columns.
 */
export const prepareLearner = (train: readonly SampleRow[], test: readonly SampleRow[], task: LearningTask, targets: Targets): Trained =>
  task.features.texts.length > 0 ? prepareText(train, test, targets) : prepareColumns(train, test, task, targets)
