import { z } from 'zod'
import { readAudio } from '../audio-records.ts'
import { defineFormat } from '../format.ts'
import { isRiff } from '../magic-bytes.ts'

export default defineFormat({
  kind: 'records',
  version: 1,
  title: { zh: 'WAV 录音', en: 'WAV recording' },
  doc: {
    zh: '每个文件一条记录：录音与文件头所载时长（秒）、采样率、位深、码率、声道与标签；不解码采样。',
    en: 'One record a file: the recording, and duration (s), sample rate, depth, bit rate, channels and tags as its headers declare; samples are not decoded.',
  },
  source: 'Microsoft/IBM Multimedia Programming Interface and Data Specifications 1.0 (RIFF WAVE)',
  extensions: ['wav', 'wave'],
  modality: 'audio',
  parameters: z.strictObject({}),
  sniff: (head) => (isRiff(head, 'WAVE') ? 1 : 0),
  detect: async () => ({}),
  read: (source) => readAudio(source, 'wav'),
})
