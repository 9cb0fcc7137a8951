import { z } from 'zod'
import { defineConsensus } from '../consensus.ts'
import { voteShares } from '../expectation.ts'
import { sayShares } from '../vote-shares.ts'
import type { Votes } from '../votes.ts'

/** Log-odds of being right, from gold items, with pseudo-votes of someone who guesses; never against the annotator's word. */
function weightsOf(
  { nItems, nAnnotators, nClasses, starts, annotators, classes }: Votes,
  gold: Int32Array | undefined,
  pseudoVotes: number,
): Float64Array {
  const right = new Float64Array(nAnnotators).fill(pseudoVotes / nClasses)
  const all = new Float64Array(nAnnotators).fill(pseudoVotes)
  for (let i = 0; i < nItems; i++) {
    const truth = gold?.[i] ?? -1
    if (truth < 0) continue
    for (let v = starts[i] as number; v < (starts[i + 1] as number); v++) {
      const a = annotators[v] as number
      all[a] = (all[a] as number) + 1
      if (classes[v] === truth) right[a] = (right[a] as number) + 1
    }
  }
  return right.map((n, a) => {
    const accuracy = n / (all[a] as number)
    return Math.max(0, Math.log((accuracy * (nClasses - 1)) / (1 - accuracy)))
  })
}

export default defineConsensus({
  version: 1,
  title: { zh: '按金标正确率加权', en: 'Weighted by gold' },
  doc: {
    zh: '每票按该标注者在金标题上的正确率对数几率加权；没有金标时等同多数。',
    en: "Each vote weighs the log-odds of its annotator's accuracy on gold items; without gold it is the majority.",
  },
  source: 'weighted majority: Littlestone & Warmuth 1994; log-odds as in naive Bayes',
  parameters: z.strictObject({ pseudoVotes: z.number().positive().default(4) }),
  example: {
    votes: [
      { item: 'x', annotator: 'a', label: 'cat' },
      { item: 'x', annotator: 'b', label: 'dog' },
      { item: 'x', annotator: 'c', label: 'dog' },
    ],
    labels: { x: 'dog' },
  },
  fit: (votes, { pseudoVotes }, { gold }) => {
    const byAnnotator = weightsOf(votes, gold, pseudoVotes)
    // All weigh nothing: no one was tested, or no one is better than chance.
    const isTested = byAnnotator.some((weight) => weight > 0)
    const weights = Float64Array.from(votes.annotators, (a) => (isTested ? (byAnnotator[a] as number) : 1))
    return sayShares(votes, voteShares(votes, weights))
  },
})
