import { leastValueItem } from '../sub-item.ts'

/** Telephone quality, below which speech is hard to use; read from the header. */
export const sampleRate = leastValueItem({
  code: '02080403',
  title: { zh: '音频采样率', en: 'audio sample rate' },
  column: 'sample_rate',
  least: 8000,
  unit: 'Hz',
})
