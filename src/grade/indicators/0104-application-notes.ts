import { defineIndicator } from '../indicator.ts'
import { scoreDocumentation } from '../score-documentation.ts'

export default defineIndicator({
  version: 1,
  code: '0104',
  dimension: 'documentation',
  title: { zh: '应用说明完整性', en: 'Application notes' },
  doc: {
    zh: '说明许可、目标场景、评测方法、基准结果与典型案例。',
    en: 'Licence, target scenarios, evaluation method, benchmark result and typical cases are described.',
  },
  source: 'TC609-5-2025-04 0104',
  conclude: (dataset) => scoreDocumentation(dataset, '0104'),
})
