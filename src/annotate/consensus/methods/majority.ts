import { z } from 'zod'
import { defineConsensus } from '../consensus.ts'
import { voteShares } from '../expectation.ts'
import { sayShares } from '../vote-shares.ts'

export default defineConsensus({
  version: 1,
  title: { zh: '多数', en: 'Majority' },
  doc: {
    zh: '得票最多的类别；平票时取名称在前者，其概率相等，应交专家。',
    en: 'The class with the most votes. Of equal ones the first by name, with equal probabilities: a case for an expert.',
  },
  source: 'plurality vote',
  parameters: z.strictObject({}),
  example: {
    votes: [
      { item: 'x', annotator: 'a', label: 'cat' },
      { item: 'x', annotator: 'b', label: 'dog' },
      { item: 'x', annotator: 'c', label: 'dog' },
    ],
    labels: { x: 'dog' },
  },
  fit: (votes) => sayShares(votes, voteShares(votes)),
})
