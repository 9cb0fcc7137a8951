import type { CleanState } from '../clean/clean-state.ts'
import { addClean, mergeClean, startClean } from '../clean/clean-state.ts'
import { concludeClean } from '../clean/conclude-clean.ts'
import { defineIndicator } from '../indicator.ts'

export default defineIndicator<CleanState>({
  version: 1,
  code: '0208',
  dimension: 'quality',
  title: { zh: '内容干净性', en: 'Cleanliness' },
  doc: {
    zh: '记录没有重复、噪声与损坏，按模态分子指标核对。',
    en: 'Records are free of duplication, noise and damage; checked by sub-indicators of each modality.',
  },
  source: 'TC609-5-2025-04 0208 and annex',
  accumulation: { start: startClean, add: addClean, merge: mergeClean },
  conclude: concludeClean,
})
