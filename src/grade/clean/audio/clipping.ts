import { mostValueItem } from '../sub-item.ts'

/** Samples at the ends of the scale, three or more in a row; the `clipped_share` column of the WAV reader. */
export const clipping = mostValueItem({
  code: '0208-audio-2',
  title: { zh: '削波', en: 'clipping' },
  column: 'clipped_share',
  most: 0.01,
  unit: '(share of samples)',
})
