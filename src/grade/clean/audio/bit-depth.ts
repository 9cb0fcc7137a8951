import { leastValueItem } from '../sub-item.ts'

/** Read from the header; compressed formats have none and are not judged. */
export const bitDepth = leastValueItem({
  code: '02080404',
  title: { zh: '音频位深', en: 'audio bit depth' },
  column: 'bits',
  least: 8,
  unit: 'bit',
})
