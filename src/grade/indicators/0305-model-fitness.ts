import { concludeFitness } from '../baseline/fitness.ts'
import type { TrainingSample } from '../baseline/training-sample.ts'
import { addToTrainingSample, mergeTrainingSamples, startTrainingSample } from '../baseline/training-sample.ts'
import { defineIndicator } from '../indicator.ts'

export default defineIndicator<TrainingSample>({
  version: 1,
  code: '0305',
  dimension: 'application',
  title: { zh: '模型适配性', en: 'Model fitness' },
  doc: {
    zh: '用数据集训练的模型比平凡答案好多少：P(训练后) − P(基线)。',
    en: 'How much better a model trained with the set does than the trivial answer: P(trained) − P(baseline).',
  },
  source: 'TC609-5-2025-04 0305',
  accumulation: { start: startTrainingSample, add: addToTrainingSample, merge: mergeTrainingSamples },
  conclude: concludeFitness,
})
