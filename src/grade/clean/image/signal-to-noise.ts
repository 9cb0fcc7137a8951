import { leastValueItem } from '../sub-item.ts'

/** Mean level over noise; the `snr` column of the image readers, estimated after Immerkær 1996. */
export const imageSignalToNoise = leastValueItem({
  code: '02080203',
  title: { zh: '图像信噪比', en: 'image signal-to-noise ratio' },
  column: 'snr',
  least: 10,
  unit: 'dB',
})
