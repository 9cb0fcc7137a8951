import type { Consensus } from './consensus.ts'
import type { Votes } from './votes.ts'

/** A consensus that is made of shares of votes and has no model: annotators are as right as the others say. */
export function sayShares(votes: Votes, posterior: Float64Array): Consensus {
  const { nItems, nAnnotators, nClasses, starts, annotators, classes } = votes
  const right = new Float64Array(nAnnotators)
  const all = new Float64Array(nAnnotators)
  const prior = new Float64Array(nClasses)
  let voted = 0
  for (let i = 0; i < nItems; i++) {
    if (starts[i] === starts[i + 1]) continue
    voted++
    for (let k = 0; k < nClasses; k++) prior[k] = (prior[k] as number) + (posterior[i * nClasses + k] as number)
    for (let v = starts[i] as number; v < (starts[i + 1] as number); v++) {
      const a = annotators[v] as number
      right[a] = (right[a] as number) + (posterior[i * nClasses + (classes[v] as number)] as number)
      all[a] = (all[a] as number) + 1
    }
  }
  return {
    posterior,
    prior: prior.map((n) => (voted === 0 ? 1 / nClasses : n / voted)),
    accuracy: right.map((n, a) => (all[a] === 0 ? Number.NaN : n / (all[a] as number))),
    logLikelihood: Number.NaN,
    nParameters: 0,
    iterations: 1,
    converged: true,
  }
}
