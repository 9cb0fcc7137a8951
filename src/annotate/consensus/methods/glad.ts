import { z } from 'zod'
import { type Consensus, defineConsensus } from '../consensus.ts'
import { voteShares } from '../expectation.ts'
import { sayShares } from '../vote-shares.ts'
import type { Votes } from '../votes.ts'

/** Ability of each annotator and logarithm of the easiness of each item; what is said rightly has probability σ(ability · easiness). */
interface Glad {
  readonly ability: Float64Array
  readonly logEase: Float64Array
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x))
/** σ is kept off 0 and 1 by this, so that no vote is impossible. */
const CERTAIN = 1e-9
/** Steps of ascent between two expectations, and their length as a share of Newton's. */
const INNER_STEPS = 5
const STEP = 0.5
/** Curvature of a vote at most, by which a step is bounded where the likelihood is flat. */
const CURVATURE = 0.25
/** The prior of ability and of log-easiness: normal around 1 with variance 1, as in the paper. */
const PRIOR_MEAN = 1

/** Probability that each vote says the true class. */
function rightness({ nItems, starts, annotators }: Votes, { ability, logEase }: Glad, into: Float64Array): void {
  for (let i = 0; i < nItems; i++) {
    const ease = Math.exp(logEase[i] as number)
    for (let v = starts[i] as number; v < (starts[i + 1] as number); v++)
      into[v] = Math.min(1 - CERTAIN, Math.max(CERTAIN, sigmoid((ability[annotators[v] as number] as number) * ease)))
  }
}

/** New posterior from the votes' probabilities, in logarithms. @returns log-likelihood */
function expect({ nItems, nClasses, starts, classes }: Votes, right: Float64Array, prior: Float64Array, posterior: Float64Array): number {
  const logs = new Float64Array(nClasses)
  let logLikelihood = 0
  for (let i = 0; i < nItems; i++) {
    if (starts[i] === starts[i + 1]) continue
    for (let k = 0; k < nClasses; k++) logs[k] = Math.log(prior[k] as number)
    let wrongs = 0
    for (let v = starts[i] as number; v < (starts[i + 1] as number); v++) {
      const wrong = Math.log((1 - (right[v] as number)) / Math.max(1, nClasses - 1))
      wrongs += wrong
      const said = classes[v] as number
      logs[said] = (logs[said] as number) + Math.log(right[v] as number) - wrong
    }
    logLikelihood += wrongs + normaliseLogs(logs, posterior, i * nClasses)
  }
  return logLikelihood
}

/** @returns logarithm of the sum of what `logs` are the logarithms of */
function normaliseLogs(logs: Float64Array, into: Float64Array, at: number): number {
  const most = logs.reduce((a, b) => Math.max(a, b))
  let sum = 0
  for (let k = 0; k < logs.length; k++) sum += Math.exp((logs[k] as number) - most)
  for (let k = 0; k < logs.length; k++) into[at + k] = Math.exp((logs[k] as number) - most) / sum
  return most + Math.log(sum)
}

/** One step uphill of all abilities and easinesses at once, each by its own bound of the curvature. */
function ascend(votes: Votes, state: Glad, posterior: Float64Array, right: Float64Array): void {
  const { nItems, nClasses, starts, annotators, classes } = votes
  const { ability, logEase } = state
  const slope = Float64Array.from(ability, (a) => PRIOR_MEAN - a)
  const bend = new Float64Array(ability.length).fill(1)
  rightness(votes, state, right)
  for (let i = 0; i < nItems; i++) {
    const ease = Math.exp(logEase[i] as number)
    let [itemSlope, itemBend] = [PRIOR_MEAN - (logEase[i] as number), 1]
    for (let v = starts[i] as number; v < (starts[i + 1] as number); v++) {
      const a = annotators[v] as number
      const gain = (posterior[i * nClasses + (classes[v] as number)] as number) - (right[v] as number)
      slope[a] = (slope[a] as number) + gain * ease
      bend[a] = (bend[a] as number) + CURVATURE * ease * ease
      const pull = (ability[a] as number) * ease
      itemSlope += gain * pull
      itemBend += CURVATURE * pull * pull + Math.abs(gain * pull)
    }
    logEase[i] = (logEase[i] as number) + (STEP * itemSlope) / itemBend
  }
  for (let a = 0; a < ability.length; a++) ability[a] = (ability[a] as number) + (STEP * (slope[a] as number)) / (bend[a] as number)
}

function fit(votes: Votes, { maxIterations, tolerance }: { maxIterations: number; tolerance: number }): Consensus {
  const { nItems, nAnnotators, nClasses, annotators } = votes
  const posterior = voteShares(votes)
  const state: Glad = { ability: new Float64Array(nAnnotators).fill(PRIOR_MEAN), logEase: new Float64Array(nItems).fill(PRIOR_MEAN) }
  const right = new Float64Array(annotators.length)
  let prior = sayShares(votes, posterior).prior
  let logLikelihood = Number.NEGATIVE_INFINITY
  let [iterations, converged] = [0, false]
  while (iterations < maxIterations && !converged) {
    iterations++
    for (let step = 0; step < INNER_STEPS; step++) ascend(votes, state, posterior, right)
    rightness(votes, state, right)
    const before = logLikelihood
    logLikelihood = expect(
      votes,
      right,
      prior.map((p) => Math.max(p, CERTAIN)),
      posterior,
    )
    prior = sayShares(votes, posterior).prior
    converged = Math.abs(logLikelihood - before) <= tolerance * Math.abs(logLikelihood)
  }
  return { ...sayShares(votes, posterior), logLikelihood, nParameters: nAnnotators + nItems + nClasses - 1, iterations, converged }
}

export default defineConsensus({
  version: 1,
  title: { zh: 'GLAD', en: 'GLAD' },
  doc: {
    zh: '同时估计标注者能力与条目难度；条目难易悬殊时有效。',
    en: 'Estimates the ability of annotators together with the difficulty of items; good where some items are far harder than others.',
  },
  source: 'Whitehill, Wu, Bergsma, Movellan & Ruvolo 2009, "Whose Vote Should Count More"; mistakes spread evenly over the other classes',
  parameters: z.strictObject({
    maxIterations: z.number().int().min(1).max(1000).default(50),
    tolerance: z.number().positive().default(1e-5),
  }),
  example: {
    votes: [
      ...['a', 'b', 'c'].flatMap((annotator) =>
        [1, 2, 3, 4].map((i) => ({ item: `x${i}`, annotator, label: i % 2 === 0 ? 'cat' : 'dog' })),
      ),
      ...['s', 't'].flatMap((annotator, n) =>
        [1, 2, 3, 4].map((i) => ({ item: `x${i}`, annotator, label: (i + n) % 3 === 0 ? 'cat' : 'dog' })),
      ),
      { item: 'x5', annotator: 'a', label: 'cat' },
      { item: 'x5', annotator: 's', label: 'dog' },
      { item: 'x5', annotator: 'b', label: 'cat' },
    ],
    labels: { x1: 'dog', x2: 'cat', x5: 'cat' },
  },
  fit,
})
