import { defineIndicator } from '../indicator.ts'
import { scoreDocumentation } from '../score-documentation.ts'

export default defineIndicator({
  version: 1,
  code: '0103',
  dimension: 'documentation',
  title: { zh: '建设过程完整性', en: 'Construction process' },
  doc: {
    zh: '说明来源、采集、处理、标注规范与版本记录。',
    en: 'Source, collection, processing, annotation rules and versions are described.',
  },
  source: 'TC609-5-2025-04 0103',
  conclude: (dataset) => scoreDocumentation(dataset, '0103'),
})
