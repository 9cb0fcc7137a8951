import { z } from 'zod'
import { defineConsensus } from '../consensus.ts'
import { countRight, maximiseExpectation } from '../expectation.ts'

export default defineConsensus({
  version: 1,
  title: { zh: '单参数 Dawid–Skene', en: 'One-coin Dawid–Skene' },
  doc: {
    zh: '每名标注者只估计一个正确率，错误在其余类别间均分；每人投票不多时比完整混淆矩阵稳。',
    en: 'One accuracy an annotator, with mistakes spread evenly over the other classes; steadier than whole confusion matrices where each has few votes.',
  },
  source: 'Zhang, Chen, Zhou & Jordan 2014, arXiv 1406.3824, the one-coin model',
  parameters: z.strictObject({
    maxIterations: z.number().int().min(1).max(1000).default(100),
    tolerance: z.number().positive().default(1e-6),
    /** Pseudo-votes, right and wrong alike. */
    smoothing: z.number().positive().default(1),
  }),
  example: {
    votes: [
      ...['a', 'b'].flatMap((annotator) => [1, 2, 3, 4, 5, 6].map((i) => ({ item: `x${i}`, annotator, label: `l${i % 3}` }))),
      ...['s', 't'].flatMap((annotator) =>
        [1, 2, 3, 4, 5, 6, 7].map((i) => ({ item: `x${i}`, annotator, label: annotator === 's' ? 'l0' : `l${(i * i) % 3}` })),
      ),
      { item: 'x7', annotator: 'a', label: 'l2' },
    ],
    labels: { x1: 'l1', x2: 'l2', x3: 'l0', x7: 'l2' },
  },
  fit: (votes, { smoothing, ...options }) => {
    const { nAnnotators, nClasses } = votes
    return maximiseExpectation(
      votes,
      {
        nParameters: nAnnotators,
        update: (counts, probabilities, stride) => {
          for (let a = 0; a < nAnnotators; a++) {
            const { right, all } = countRight(counts, a, nClasses, stride)
            const accuracy = (right + smoothing) / (all + 2 * smoothing)
            const wrong = nClasses === 1 ? 0 : (1 - accuracy) / (nClasses - 1)
            for (let said = 0; said < nClasses; said++) {
              const at = (a * nClasses + said) * stride
              probabilities.fill(wrong, at, at + nClasses)
              probabilities[at + said] = accuracy
            }
          }
        },
      },
      options,
    )
  },
})
