import { leastValueItem } from '../sub-item.ts'

/** Read from the header. */
export const bitRate = leastValueItem({
  code: '02080405',
  title: { zh: '音频比特率', en: 'audio bit rate' },
  column: 'bit_rate',
  least: 16000,
  unit: 'bit/s',
})
