import { defineIndicator } from '../indicator.ts'
import { scoreDocumentation } from '../score-documentation.ts'

export default defineIndicator({
  version: 1,
  code: '0101',
  dimension: 'documentation',
  title: { zh: '基本信息完整性', en: 'Basic information' },
  doc: { zh: '说明规模、格式、文件结构、获取渠道与技术支持。', en: 'Scale, format, file structure, access and support are described.' },
  source: 'TC609-5-2025-04 0101',
  conclude: (dataset) => scoreDocumentation(dataset, '0101'),
})
