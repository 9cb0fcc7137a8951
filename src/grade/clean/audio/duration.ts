import { leastValueItem } from '../sub-item.ts'

/** Shorter recordings hold no word; read from the header. */
export const duration = leastValueItem({
  code: '02080406',
  title: { zh: '音频时长', en: 'audio duration' },
  column: 'duration',
  least: 0.2,
  unit: 's',
})
