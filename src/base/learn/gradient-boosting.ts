import type { SeededRandom } from '../statistics/index.ts'
import { mean, seededRandom, shuffledIndices } from '../statistics/index.ts'
import type { FeatureCuts } from './feature-bins.ts'
import { binColumns, fitCuts } from './feature-bins.ts'
import { softmaxInPlace } from './linear-model.ts'
import type { Derivatives, RegressionTree, TreeOptions } from './regression-tree.ts'
import { addTreeScores, growTree } from './regression-tree.ts'

/** A sum of shallow trees: one tree a round for numbers and for two classes, one a class otherwise. */
export interface BoostedTrees {
  readonly start: Float64Array
  readonly rate: number
  readonly cuts: FeatureCuts
  readonly trees: readonly RegressionTree[]
}

export interface BoostingOptions {
  readonly seed: number
  readonly rounds?: number
  readonly rate?: number
  readonly depth?: number
  /** Share of rows that each round sees. */
  readonly subsample?: number
}

const ROUNDS = 100
const RATE = 0.1
const DEPTH = 3
const SUBSAMPLE = 0.8
/** Trees in all: with many classes there are fewer rounds, so that cost stays bounded. */
const MAX_TREES = 400
const MIN_ROUNDS = 20
/** Keeps second derivatives of sure rows above zero. */
const MIN_CURVATURE = 1e-6

/** A loss to descend: `derive` fills the derivatives of each output from the scores, both held output by output. */
interface Loss {
  readonly start: Float64Array
  readonly lambda: number
  readonly derive: (scores: readonly Float64Array[], derivatives: readonly Derivatives[]) => void
}

function drawRows(n: number, share: number, random: SeededRandom): Uint32Array {
  if (share >= 1) return Uint32Array.from({ length: n }, (_, row) => row)
  return shuffledIndices(n, random)
    .slice(0, Math.max(1, Math.round(n * share)))
    .sort()
}

function boost(columns: readonly Float64Array[], n: number, loss: Loss, options: BoostingOptions): BoostedTrees {
  const cuts = fitCuts(columns)
  const bins = binColumns(columns, cuts)
  const random = seededRandom(options.seed)
  const rate = options.rate ?? RATE
  const outputs = loss.start.length
  const rounds = options.rounds ?? Math.max(MIN_ROUNDS, Math.min(ROUNDS, Math.floor(MAX_TREES / outputs)))
  const treeOptions: TreeOptions = { lambda: loss.lambda, minChildWeight: 1, depth: options.depth ?? DEPTH }
  const scores = Array.from(loss.start, (start) => new Float64Array(n).fill(start))
  const derivatives = scores.map(() => ({ gradients: new Float64Array(n), curvatures: new Float64Array(n) }))
  const trees: RegressionTree[] = []
  for (let round = 0; round < rounds; round++) {
    const rows = drawRows(n, options.subsample ?? SUBSAMPLE, random)
    loss.derive(scores, derivatives)
    for (let output = 0; output < outputs; output++) {
      const tree = growTree(bins, rows, derivatives[output] as Derivatives, treeOptions)
      addTreeScores(tree, bins, scores[output] as Float64Array, rate)
      trees.push(tree)
    }
  }
  return { start: loss.start, rate, cuts, trees }
}

/** Two classes: one score, the log odds of class 1. */
function logisticLoss(labels: ArrayLike<number>): Loss {
  const n = labels.length
  let ones = 1
  for (let row = 0; row < n; row++) ones += labels[row] as number
  return {
    start: Float64Array.of(Math.log(ones / (n + 2 - ones))),
    lambda: 1,
    derive: ([scores], [derivatives]) => {
      for (let row = 0; row < n; row++) {
        const p = 1 / (1 + Math.exp(-(scores?.[row] as number)))
        if (derivatives) {
          derivatives.gradients[row] = p - (labels[row] as number)
          derivatives.curvatures[row] = Math.max(MIN_CURVATURE, p * (1 - p))
        }
      }
    },
  }
}

function softmaxLoss(labels: ArrayLike<number>, classes: number): Loss {
  const n = labels.length
  const frequency = new Float64Array(classes).fill(1)
  for (let row = 0; row < n; row++) frequency[labels[row] as number] = (frequency[labels[row] as number] as number) + 1
  const shares = new Float64Array(classes)
  return {
    start: frequency.map((count) => Math.log(count / (n + classes))),
    lambda: 1,
    derive: (scores, derivatives) => {
      for (let row = 0; row < n; row++) {
        for (let k = 0; k < classes; k++) shares[k] = scores[k]?.[row] as number
        softmaxInPlace(shares)
        derivatives.forEach(({ gradients, curvatures }, k) => {
          const p = shares[k] as number
          gradients[row] = p - (labels[row] === k ? 1 : 0)
          curvatures[row] = Math.max(MIN_CURVATURE, p * (1 - p))
        })
      }
    },
  }
}

/**
 * Gradient-boosted trees for classes.
 * @param columns one array a feature; NaN is missing  @param labels class of each row, 0 … classes − 1
 * Cost: rounds · classes · rows · features. Source: Friedman 2001; histogram form of Ke et al. 2017 (LightGBM).
 */
export const boostClassifier = (
  columns: readonly Float64Array[],
  labels: ArrayLike<number>,
  classes: number,
  options: BoostingOptions,
): BoostedTrees => boost(columns, labels.length, classes === 2 ? logisticLoss(labels) : softmaxLoss(labels, classes), options)

/** Gradient-boosted trees for numbers (squared loss). Arguments as in `boostClassifier`. */
export function boostRegressor(columns: readonly Float64Array[], targets: ArrayLike<number>, options: BoostingOptions): BoostedTrees {
  const n = targets.length
  const derive: Loss['derive'] = ([scores], [derivatives]) => {
    derivatives?.curvatures.fill(1)
    if (derivatives) for (let row = 0; row < n; row++) derivatives.gradients[row] = (scores?.[row] as number) - (targets[row] as number)
  }
  return boost(columns, n, { start: Float64Array.of(mean(targets)), lambda: 0.1, derive }, options)
}

function rawScores(model: BoostedTrees, columns: readonly Float64Array[], n: number): Float64Array[] {
  const bins = binColumns(columns, model.cuts)
  const scores = Array.from(model.start, (start) => new Float64Array(n).fill(start))
  model.trees.forEach((tree, place) => {
    addTreeScores(tree, bins, scores[place % scores.length] as Float64Array, model.rate)
  })
  return scores
}

/** Predicted number of each row. */
export const boostedValues = (model: BoostedTrees, columns: readonly Float64Array[], n: number): Float64Array =>
  rawScores(model, columns, n)[0] ?? new Float64Array(n)

/** Probability of each class, row-major. */
export function boostedProbabilities(model: BoostedTrees, columns: readonly Float64Array[], n: number): Float64Array {
  const scores = rawScores(model, columns, n)
  const classes = scores.length === 1 ? 2 : scores.length
  const all = new Float64Array(n * classes)
  for (let row = 0; row < n; row++) {
    const shares = all.subarray(row * classes, (row + 1) * classes)
    for (let k = 0; k < scores.length; k++) shares[classes - scores.length + k] = scores[k]?.[row] as number
    softmaxInPlace(shares)
  }
  return all
}
