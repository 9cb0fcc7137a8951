import type { Consensus } from './consensus.ts'
import type { Votes } from './votes.ts'

/**
 * A model in which votes depend on the true class alone, annotator by annotator. What annotator a said of items of the
 * true class k is at `(a · nClasses + said) · stride + k`; numbers from nClasses to the stride are none.
 */
export interface AnnotatorModel {
  /** Fills in the probability of saying each class given the true one, from expected counts in the same places. */
  readonly update: (counts: Float64Array, probabilities: Float64Array, stride: number) => void
  readonly nParameters: number
}

export interface ExpectationOptions {
  readonly maxIterations: number
  /** Stop when the logarithm of the likelihood grows by less than this share of itself. */
  readonly tolerance: number
  /** What is thought of the items at first; changed into what is thought at last. */
  readonly start?: Float64Array
}

/** Probabilities of an item fall with each vote; below this they are scaled up again, long before they are zero. */
const SMALL = 1e-150
/** Pseudo-counts of each class: a class that no item seems to have keeps a chance. */
const PRIOR_COUNT = 1e-3

/**
 * Expectation–maximisation from the shares of votes (majority) or another start: expected classes of the items, then the most likely
 * annotators, until nothing changes. One pass over the votes an iteration, in probabilities rather than logarithms.
 * Source: Dawid & Skene 1979, "Maximum Likelihood Estimation of Observer Error-Rates Using the EM Algorithm".
 */
export function maximiseExpectation(
  votes: Votes,
  model: AnnotatorModel,
  { maxIterations, tolerance, start }: ExpectationOptions,
): Consensus {
  const { nItems, nAnnotators, nClasses } = votes
  const stride = Math.max(nClasses, FEW_CLASSES)
  const offsets = offsetsOf(votes, stride)
  const posterior = start ?? voteShares(votes)
  const counts = new Float64Array(nAnnotators * nClasses * stride)
  const probabilities = new Float64Array(nAnnotators * nClasses * stride)
  const prior = new Float64Array(nClasses)
  countExpected(votes, offsets, posterior, counts)
  let logLikelihood = Number.NEGATIVE_INFINITY
  let iterations = 0
  let converged = false
  while (iterations < maxIterations && !converged) {
    iterations++
    sharesOf(posterior, votes, prior)
    model.update(counts, probabilities, stride)
    const before = logLikelihood
    logLikelihood = expectClasses(votes, offsets, { prior, probabilities, posterior, counts })
    converged = logLikelihood - before <= tolerance * Math.abs(logLikelihood)
  }
  return {
    posterior,
    prior,
    accuracy: accuracyOf(counts, votes, stride),
    logLikelihood: nItems === 0 ? 0 : logLikelihood,
    nParameters: model.nParameters + nClasses - 1,
    iterations,
    converged,
  }
}

/** Where the numbers of what each vote said begin. */
function offsetsOf({ annotators, classes, nClasses }: Votes, stride: number): Int32Array {
  const offsets = new Int32Array(annotators.length)
  for (let v = 0; v < offsets.length; v++) offsets[v] = ((annotators[v] as number) * nClasses + (classes[v] as number)) * stride
  return offsets
}

/** Share of an item's votes that each class has; equal shares without votes. */
export function voteShares({ nItems, nClasses, starts, classes }: Votes, weights?: Float64Array): Float64Array {
  const shares = new Float64Array(nItems * nClasses)
  for (let i = 0; i < nItems; i++) {
    let sum = 0
    for (let v = starts[i] as number; v < (starts[i + 1] as number); v++) {
      const weight = weights ? (weights[v] as number) : 1
      const at = i * nClasses + (classes[v] as number)
      shares[at] = (shares[at] as number) + weight
      sum += weight
    }
    for (let k = 0; k < nClasses; k++) shares[i * nClasses + k] = sum > 0 ? (shares[i * nClasses + k] as number) / sum : 1 / nClasses
  }
  return shares
}

function countExpected({ nItems, nClasses, starts }: Votes, offsets: Int32Array, posterior: Float64Array, counts: Float64Array): void {
  for (let i = 0; i < nItems; i++)
    for (let v = starts[i] as number; v < (starts[i + 1] as number); v++)
      addTo(counts, offsets[v] as number, posterior, i * nClasses, nClasses)
}

function addTo(counts: Float64Array, at: number, posterior: Float64Array, from: number, nClasses: number): void {
  for (let k = 0; k < nClasses; k++) counts[at + k] = (counts[at + k] as number) + (posterior[from + k] as number)
}

/** Shares of the classes over items that have votes. */
function sharesOf(posterior: Float64Array, { nItems, nClasses, starts }: Votes, prior: Float64Array): void {
  prior.fill(PRIOR_COUNT)
  let sum = PRIOR_COUNT * nClasses
  for (let i = 0; i < nItems; i++) {
    if (starts[i] === starts[i + 1]) continue
    sum++
    for (let k = 0; k < nClasses; k++) prior[k] = (prior[k] as number) + (posterior[i * nClasses + k] as number)
  }
  for (let k = 0; k < nClasses; k++) prior[k] = (prior[k] as number) / sum
}

interface Expectation {
  readonly prior: Float64Array
  readonly probabilities: Float64Array
  readonly posterior: Float64Array
  readonly counts: Float64Array
}

/** New probabilities of the classes and, in the same pass, the expected counts that follow. @returns log-likelihood of the votes */
function expectClasses(votes: Votes, offsets: Int32Array, expectation: Expectation): number {
  const { nItems, nClasses, starts } = votes
  if (nClasses <= FEW_CLASSES) return expectFewClasses(votes, offsets, expectation)
  const { posterior, counts } = expectation
  counts.fill(0)
  let logLikelihood = 0
  // One logarithm for a few hundred items: of their product, as long as it is no small number.
  let product = 1
  for (let i = 0; i < nItems; i++) {
    const from = starts[i] as number
    const to = starts[i + 1] as number
    if (from === to) continue
    const item = i * nClasses
    logLikelihood += multiplyVotes(expectation, offsets, from, to, item, nClasses)
    product *= normalise(posterior, item, nClasses)
    for (let v = from; v < to; v++) addTo(counts, offsets[v] as number, posterior, item, nClasses)
    if (product < SMALL) {
      logLikelihood += Math.log(product)
      product = 1
    }
  }
  return logLikelihood + Math.log(product)
}

/** As many classes as `expectFewClasses` has variables for; most projects have no more. */
const FEW_CLASSES = 4
/** Votes after which it is looked whether probabilities became small: smoothing keeps each factor above 1e-12. */
const LOOK_EVERY = 8

/** The same with the classes of an item in variables instead of an array. */
function expectFewClasses(votes: Votes, offsets: Int32Array, { prior, probabilities, posterior, counts }: Expectation): number {
  const { nItems, nClasses, starts } = votes
  const [prior0 = 0, prior1 = 0, prior2 = 0, prior3 = 0] = prior
  counts.fill(0)
  let logLikelihood = 0
  let product = 1
  for (let i = 0; i < nItems; i++) {
    const from = starts[i] as number
    const to = starts[i + 1] as number
    if (from === to) continue
    let [p0, p1, p2, p3, sum] = [prior0, prior1, prior2, prior3, 1]
    for (let v = from; v < to; v++) {
      const at = offsets[v] as number
      p0 *= probabilities[at] as number
      p1 *= probabilities[at + 1] as number
      p2 *= probabilities[at + 2] as number
      p3 *= probabilities[at + 3] as number
      if ((v - from) % LOOK_EVERY !== LOOK_EVERY - 1) continue
      sum = p0 + p1 + p2 + p3
      logLikelihood += Math.log(sum)
      p0 /= sum
      p1 /= sum
      p2 /= sum
      p3 /= sum
    }
    sum = p0 + p1 + p2 + p3
    p0 /= sum
    p1 /= sum
    p2 /= sum
    p3 /= sum
    for (let v = from; v < to; v++) {
      const at = offsets[v] as number
      counts[at] = (counts[at] as number) + p0
      counts[at + 1] = (counts[at + 1] as number) + p1
      counts[at + 2] = (counts[at + 2] as number) + p2
      counts[at + 3] = (counts[at + 3] as number) + p3
    }
    const few = [p0, p1, p2, p3]
    for (let k = 0; k < nClasses; k++) posterior[i * nClasses + k] = few[k] as number
    product *= sum
    if (product < SMALL) {
      logLikelihood += Math.log(product)
      product = 1
    }
  }
  return logLikelihood + Math.log(product)
}

/** Probability of each class together with an item's votes. @returns logarithm of the scale that was taken out */
function multiplyVotes(
  { prior, probabilities, posterior }: Expectation,
  offsets: Int32Array,
  from: number,
  to: number,
  item: number,
  nClasses: number,
): number {
  let scale = 0
  for (let k = 0; k < nClasses; k++) posterior[item + k] = prior[k] as number
  for (let v = from; v < to; v++) {
    const at = offsets[v] as number
    let most = 0
    for (let k = 0; k < nClasses; k++) {
      const p = (posterior[item + k] as number) * (probabilities[at + k] as number)
      posterior[item + k] = p
      if (p > most) most = p
    }
    if (most < SMALL) scale += scaleUp(posterior, item, nClasses, most)
  }
  return scale
}

/** Makes an item's numbers sum to one. @returns their sum before */
function normalise(posterior: Float64Array, item: number, nClasses: number): number {
  let sum = 0
  for (let k = 0; k < nClasses; k++) sum += posterior[item + k] as number
  for (let k = 0; k < nClasses; k++) posterior[item + k] = (posterior[item + k] as number) / sum
  return sum
}

/** @returns the logarithm that was taken out */
function scaleUp(posterior: Float64Array, item: number, nClasses: number, most: number): number {
  for (let k = 0; k < nClasses; k++) posterior[item + k] = (posterior[item + k] as number) / most
  return Math.log(most)
}

/** Expected share of an annotator's votes that say the true class. */
function accuracyOf(counts: Float64Array, { nAnnotators, nClasses }: Votes, stride: number): Float64Array {
  const accuracy = new Float64Array(nAnnotators)
  for (let a = 0; a < nAnnotators; a++) {
    const { right, all } = countRight(counts, a, nClasses, stride)
    accuracy[a] = all === 0 ? Number.NaN : right / all
  }
  return accuracy
}

/** Expected votes of one annotator, and those of them that say the true class. */
export function countRight(counts: Float64Array, annotator: number, nClasses: number, stride: number): { right: number; all: number } {
  let [right, all] = [0, 0]
  for (let said = 0; said < nClasses; said++) {
    const at = (annotator * nClasses + said) * stride
    for (let truth = 0; truth < nClasses; truth++) all += counts[at + truth] as number
    right += counts[at + said] as number
  }
  return { right, all }
}
