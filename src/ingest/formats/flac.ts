import { z } from 'zod'
import { readAudio } from '../audio-records.ts'
import { defineFormat } from '../format.ts'
import { asciiAt } from '../magic-bytes.ts'

export default defineFormat({
  kind: 'records',
  version: 1,
  title: { zh: 'FLAC 录音', en: 'FLAC recording' },
  doc: {
    zh: '每个文件一条记录：录音与文件头所载时长（秒）、采样率、位深、声道与标签；不解码采样。',
    en: 'One record a file: the recording, and duration (s), sample rate, depth, channels and tags as its headers declare; samples are not decoded.',
  },
  source: 'RFC 9639',
  extensions: ['flac'],
  modality: 'audio',
  parameters: z.strictObject({}),
  sniff: (head) => (asciiAt(head, 0, 4) === 'fLaC' ? 1 : 0),
  detect: async () => ({}),
  read: (source) => readAudio(source, 'flac'),
})
