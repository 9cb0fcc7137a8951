import { defineIndicator } from '../indicator.ts'
import { scoreDocumentation } from '../score-documentation.ts'

export default defineIndicator({
  version: 1,
  code: '0102',
  dimension: 'documentation',
  title: { zh: '内容特征完整性', en: 'Content features' },
  doc: {
    zh: '说明模态、分布、标签统计、样例与局限性。',
    en: 'Modality, distribution, label statistics, samples and limitations are described.',
  },
  source: 'TC609-5-2025-04 0102',
  conclude: (dataset) => scoreDocumentation(dataset, '0102'),
})
