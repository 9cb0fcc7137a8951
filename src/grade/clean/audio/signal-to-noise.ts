import type { TableFacts } from '../../indicator.ts'
import { leastValueItem, numberField } from '../sub-item.ts'

/** A recording with its transcript is speech, and noise is noise; of a machine's sound the noise may be the message. */
const isSpeech = ({ fields }: TableFacts): boolean => fields.some(({ role, type }) => role === 'text' && type !== 'media')

/** The `snr` column of the WAV reader. Decides where the table is speech or declares a range for it, else it is reported. */
export const audioSignalToNoise = leastValueItem({
  code: '02080401',
  title: { zh: '音频信噪比', en: 'audio signal-to-noise ratio' },
  column: 'snr',
  least: 8,
  unit: 'dB',
  decides: (table) => isSpeech(table) || numberField(table, 'snr')?.range !== undefined,
})
