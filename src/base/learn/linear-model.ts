import { seededRandom, shuffledIndices } from '../statistics/index.ts'
import type { SparseRows } from './sparse-rows.ts'
import { rowCount } from './sparse-rows.ts'

/** One linear score a class (softmax) or a single one (regression). */
export interface LinearModel {
  readonly outputs: number
  /** Feature-major: weight of feature f for output k at f · outputs + k. */
  readonly weights: Float32Array
  readonly bias: Float64Array
}

export interface LinearOptions {
  readonly seed: number
  readonly epochs?: number
  readonly rate?: number
}

const EPOCHS = 8
const RATE = 0.1
/** Keeps the first AdaGrad step finite. */
const FLOOR = 1e-8

export function softmaxInPlace(scores: Float64Array): void {
  let top = Number.NEGATIVE_INFINITY
  for (const score of scores) if (score > top) top = score
  let sum = 0
  for (let k = 0; k < scores.length; k++) {
    const raised = Math.exp((scores[k] as number) - top)
    scores[k] = raised
    sum += raised
  }
  for (let k = 0; k < scores.length; k++) scores[k] = (scores[k] as number) / sum
}

function scoreRow(model: LinearModel, rows: SparseRows, row: number, scores: Float64Array): void {
  const { outputs, weights } = model
  scores.set(model.bias)
  for (let at = rows.starts[row] as number; at < (rows.starts[row + 1] as number); at++) {
    const base = (rows.features[at] as number) * outputs
    const value = rows.values[at] as number
    for (let k = 0; k < outputs; k++) scores[k] = (scores[k] as number) + value * (weights[base + k] as number)
  }
}

/** One AdaGrad step of a row; `errors` are the gradients of the loss by output. */
function step(
  model: LinearModel,
  squares: Float32Array,
  biasSquares: Float64Array,
  rows: SparseRows,
  row: number,
  errors: Float64Array,
  rate: number,
): void {
  const { outputs, weights, bias } = model
  for (let k = 0; k < outputs; k++) {
    const error = errors[k] as number
    biasSquares[k] = (biasSquares[k] as number) + error * error
    bias[k] = (bias[k] as number) - (rate * error) / Math.sqrt((biasSquares[k] as number) + FLOOR)
  }
  for (let at = rows.starts[row] as number; at < (rows.starts[row + 1] as number); at++) {
    const base = (rows.features[at] as number) * outputs
    const value = rows.values[at] as number
    for (let k = 0; k < outputs; k++) {
      const gradient = (errors[k] as number) * value
      const square = (squares[base + k] as number) + gradient * gradient
      squares[base + k] = square
      weights[base + k] = (weights[base + k] as number) - (rate * gradient) / Math.sqrt(square + FLOOR)
    }
  }
}

function train(
  rows: SparseRows,
  outputs: number,
  options: LinearOptions,
  toErrors: (scores: Float64Array, row: number) => void,
): LinearModel {
  const model: LinearModel = { outputs, weights: new Float32Array(rows.width * outputs), bias: new Float64Array(outputs) }
  const squares = new Float32Array(rows.width * outputs)
  const biasSquares = new Float64Array(outputs)
  const scores = new Float64Array(outputs)
  const random = seededRandom(options.seed)
  for (let epoch = 0; epoch < (options.epochs ?? EPOCHS); epoch++) {
    for (const row of shuffledIndices(rowCount(rows), random)) {
      scoreRow(model, rows, row, scores)
      toErrors(scores, row)
      step(model, squares, biasSquares, rows, row, scores, options.rate ?? RATE)
    }
  }
  return model
}

/**
 * Multinomial logistic regression by stochastic gradient descent.
 * @param labels class of each row, 0 … classes − 1
 * Cost: epochs · non-zero features · classes. Source: AdaGrad, Duchi, Hazan & Singer 2011.
 */
export function trainLogisticRegression(rows: SparseRows, labels: ArrayLike<number>, classes: number, options: LinearOptions): LinearModel {
  return train(rows, classes, options, (scores, row) => {
    softmaxInPlace(scores)
    const label = labels[row] as number
    scores[label] = (scores[label] as number) - 1
  })
}

/** Least squares by the same descent. @param targets centred and scaled by the caller */
export function trainLinearRegression(rows: SparseRows, targets: ArrayLike<number>, options: LinearOptions): LinearModel {
  return train(rows, 1, options, (scores, row) => {
    scores[0] = (scores[0] as number) - (targets[row] as number)
  })
}

function scoreRows(model: LinearModel, rows: SparseRows, finish: (scores: Float64Array) => void): Float64Array {
  const n = rowCount(rows)
  const all = new Float64Array(n * model.outputs)
  for (let row = 0; row < n; row++) {
    const scores = all.subarray(row * model.outputs, (row + 1) * model.outputs)
    scoreRow(model, rows, row, scores)
    finish(scores)
  }
  return all
}

/** Predicted number of each row. */
export const linearValues = (model: LinearModel, rows: SparseRows): Float64Array => scoreRows(model, rows, () => {})

/** Probability of each class, row-major. */
export const logisticProbabilities = (model: LinearModel, rows: SparseRows): Float64Array => scoreRows(model, rows, softmaxInPlace)
