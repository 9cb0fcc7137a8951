import { z } from 'zod'
import { type Consensus, defineConsensus } from '../consensus.ts'
import { type AnnotatorModel, maximiseExpectation, voteShares } from '../expectation.ts'
import type { Votes } from '../votes.ts'

/** One annotator: knows the class with probability `trust`, otherwise says class k with probability `habit[k]`. */
interface Annotator {
  trust: number
  readonly habit: Float64Array
}

/** New trust and habits from expected counts: of what was said rightly, how much was knowledge? */
function renew(one: Annotator, counts: Float64Array, at: number, stride: number, smoothing: number): void {
  const nClasses = one.habit.length
  const guessed = new Float64Array(nClasses).fill(smoothing)
  let [known, all] = [smoothing, 2 * smoothing]
  for (let said = 0; said < nClasses; said++) {
    for (let truth = 0; truth < nClasses; truth++) {
      const n = counts[at + said * stride + truth] as number
      const byHabit = (1 - one.trust) * (one.habit[said] as number)
      const knew = said === truth ? (n * one.trust) / (one.trust + byHabit) : 0
      known += knew
      all += n
      guessed[said] = (guessed[said] as number) + n - knew
    }
  }
  one.trust = known / all
  const sum = guessed.reduce((total, n) => total + n, 0)
  for (let k = 0; k < nClasses; k++) one.habit[k] = (guessed[k] as number) / sum
}

export default defineConsensus({
  version: 1,
  title: { zh: 'MACE', en: 'MACE' },
  doc: {
    zh: '把标注者分为“知道”与“凭习惯乱填”两种行为，估计其可信度与习惯；有人敷衍时有效。从两处出发各解一次（投票份额；按各人用词的稀罕程度加权的份额），取似然较大者，不用随机重启。',
    en: 'Each annotator either knows the class or fills in by habit; estimates trust and habits. Good against those who do not look. Solved from two starts, the shares of votes and those shares weighted by how seldom each annotator says so, and the likelier is taken: no random restarts.',
  },
  source:
    'Hovy, Berg-Kirkpatrick, Vaswani & Hovy 2013, "Learning Whom to Trust with MACE"; EM with pseudo-counts instead of variational Bayes',
  parameters: z.strictObject({
    maxIterations: z.number().int().min(1).max(1000).default(100),
    tolerance: z.number().positive().default(1e-6),
    smoothing: z.number().positive().default(0.1),
  }),
  example: {
    votes: [
      ...['a', 'b'].flatMap((annotator) => [1, 2, 3, 4, 5, 6].map((i) => ({ item: `x${i}`, annotator, label: `l${i % 3}` }))),
      // Two who always say the same: votes are equal, knowledge is not.
      ...['s', 't'].flatMap((annotator) => [1, 2, 3, 4, 5, 6].map((i) => ({ item: `x${i}`, annotator, label: 'l0' }))),
    ],
    labels: { x1: 'l1', x2: 'l2', x3: 'l0' },
  },
  fit: (votes, { smoothing, ...options }) => {
    const [plain, weighted] = [undefined, voteShares(votes, rarity(votes))].map((start) =>
      maximiseExpectation(votes, modelOf(votes, smoothing), start ? { ...options, start } : options),
    ) as [Consensus, Consensus]
    return weighted.logLikelihood > plain.logLikelihood ? weighted : plain
  },
})

/** What each vote weighs: the surprise of hearing it from its annotator, none from one who always says the same. */
function rarity({ nAnnotators, nClasses, annotators, classes }: Votes): Float64Array {
  const said = new Float64Array(nAnnotators * nClasses)
  const all = new Float64Array(nAnnotators)
  for (let v = 0; v < annotators.length; v++) {
    const a = annotators[v] as number
    const at = a * nClasses + (classes[v] as number)
    said[at] = (said[at] as number) + 1
    all[a] = (all[a] as number) + 1
  }
  return Float64Array.from(annotators, (a, v) => Math.log((all[a] as number) / (said[a * nClasses + (classes[v] as number)] as number)))
}

function modelOf({ nAnnotators, nClasses }: Votes, smoothing: number): AnnotatorModel {
  const annotators = Array.from(
    { length: nAnnotators },
    (): Annotator => ({ trust: 0.5, habit: new Float64Array(nClasses).fill(1 / nClasses) }),
  )
  return {
    nParameters: nAnnotators * nClasses,
    update: (counts, probabilities, stride) => {
      for (const [a, one] of annotators.entries()) {
        const first = a * nClasses * stride
        renew(one, counts, first, stride, smoothing)
        for (let said = 0; said < nClasses; said++)
          for (let truth = 0; truth < nClasses; truth++)
            probabilities[first + said * stride + truth] = (1 - one.trust) * (one.habit[said] as number) + (said === truth ? one.trust : 0)
      }
    },
  }
}
