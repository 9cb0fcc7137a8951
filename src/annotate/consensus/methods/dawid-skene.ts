import { z } from 'zod'
import { defineConsensus } from '../consensus.ts'
import { maximiseExpectation } from '../expectation.ts'

export default defineConsensus({
  version: 1,
  title: { zh: 'Dawid–Skene', en: 'Dawid–Skene' },
  doc: {
    zh: '为每名标注者估计完整的混淆矩阵，无需真值；投票较多、标注者有系统性混淆时最佳。',
    en: 'Estimates the whole confusion matrix of each annotator without any truth; best where there are many votes an annotator and mistakes have a direction.',
  },
  source: 'Dawid & Skene 1979',
  parameters: z.strictObject({
    maxIterations: z.number().int().min(1).max(1000).default(100),
    tolerance: z.number().positive().default(1e-6),
    /** Pseudo-counts of each cell: what was never seen stays possible. */
    smoothing: z.number().positive().default(0.01),
  }),
  example: {
    votes: [
      ...['a', 'b', 'c'].flatMap((annotator) =>
        [1, 2, 3, 4].map((i) => ({ item: `x${i}`, annotator, label: i % 2 === 0 ? 'cat' : 'dog' })),
      ),
      // One who always says the opposite tells as much as one who is right.
      ...[1, 2, 3, 4, 5].map((i) => ({ item: `x${i}`, annotator: 'contrary', label: i % 2 === 0 ? 'dog' : 'cat' })),
    ],
    labels: { x1: 'dog', x2: 'cat', x5: 'dog' },
  },
  fit: (votes, { smoothing, ...options }) => {
    const { nAnnotators, nClasses } = votes
    return maximiseExpectation(
      votes,
      {
        nParameters: nAnnotators * nClasses * (nClasses - 1),
        update: (counts, probabilities, stride) => {
          for (let a = 0; a < nAnnotators; a++) {
            const first = a * nClasses * stride
            const end = first + nClasses * stride
            for (let truth = 0; truth < nClasses; truth++) {
              let sum = smoothing * nClasses
              for (let at = first + truth; at < end; at += stride) sum += counts[at] as number
              for (let at = first + truth; at < end; at += stride) probabilities[at] = ((counts[at] as number) + smoothing) / sum
            }
          }
        },
      },
      options,
    )
  },
})
