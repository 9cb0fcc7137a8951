import { z } from 'zod'
import { readAudio } from '../audio-records.ts'
import { defineFormat } from '../format.ts'
import { isRiff } from '../magic-bytes.ts'

export default defineFormat({
  kind: 'records',
  version: 2,
  title: { zh: 'WAV 录音', en: 'WAV recording' },
  doc: {
    zh: '每个文件一条记录：录音与文件头所载时长（秒）、采样率、位深、码率、声道与标签，以及由采样估计的信噪比（snr，dB）、削波与静音比例。',
    en: 'One record a file: the recording, and duration (s), sample rate, depth, bit rate, channels and tags as its headers declare; signal-to-noise ratio (snr, dB), clipped and silent shares as its samples tell.',
  },
  source: 'Microsoft/IBM Multimedia Programming Interface and Data Specifications 1.0 (RIFF WAVE); ITU-T G.711; noise after Martin 2001',
  extensions: ['wav', 'wave'],
  modality: 'audio',
  parameters: z.strictObject({}),
  sniff: (head) => (isRiff(head, 'WAVE') ? 1 : 0),
  detect: async () => ({}),
  read: (source) => readAudio(source, 'wav'),
})
