import { mostValueItem } from '../sub-item.ts'

/** Frames without any change of level: padding, a dead microphone; the `silent_share` column of the WAV reader. */
export const silence = mostValueItem({
  code: '0208-audio-3',
  title: { zh: '无声', en: 'digital silence' },
  column: 'silent_share',
  most: 0.5,
  unit: '(share of frames)',
})
