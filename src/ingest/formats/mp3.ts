import { z } from 'zod'
import { readAudio } from '../audio-records.ts'
import { extensionOf } from '../file-place.ts'
import { defineFormat } from '../format.ts'
import { asciiAt } from '../magic-bytes.ts'

const EXTENSIONS = ['mp3']

/** kbit/s by the header's 4-bit index; rows: MPEG-1 layer III, MPEG-2 and 2.5 layer III. 0 is free or forbidden. */
const BIT_RATES = [
  [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0],
  [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0],
] as const
const SAMPLE_RATES = [44_100, 48_000, 32_000]

/** Bytes of the layer III frame that begins at `at`; 0 when none does. */
function frameBytes(head: Uint8Array, at: number): number {
  const [sync, version, rates] = [head[at] ?? 0, head[at + 1] ?? 0, head[at + 2] ?? 0]
  const isLayer3 = sync === 0xff && (version & 0xe6) === 0xe2
  const id = (version >> 3) & 3
  const rate = SAMPLE_RATES[(rates >> 2) & 3]
  if (!isLayer3 || id === 1 || rate === undefined) return 0
  const isMpeg1 = id === 3
  const bitRate = (BIT_RATES[isMpeg1 ? 0 : 1][rates >> 4] ?? 0) * 1000
  const sampleRate = rate / (isMpeg1 ? 1 : id === 2 ? 2 : 4)
  return bitRate === 0 ? 0 : Math.floor(((isMpeg1 ? 144 : 72) * bitRate) / sampleRate) + ((rates >> 1) & 1)
}

/** Two frames in a row are no accident of arbitrary bytes. */
function holdsFrames(head: Uint8Array): boolean {
  const first = frameBytes(head, 0)
  return first > 0 && frameBytes(head, first) > 0
}

function sniff(head: Uint8Array, path: string): number {
  if (asciiAt(head, 0, 3) === 'ID3' || holdsFrames(head)) return 0.95
  return EXTENSIONS.includes(extensionOf(path)) ? 0.3 : 0
}

export default defineFormat({
  kind: 'records',
  version: 1,
  title: { zh: 'MP3 录音', en: 'MP3 recording' },
  doc: {
    zh: '每个文件一条记录：录音与各帧头所载时长（秒）、采样率、码率、声道与 ID3 标签；不解码采样。',
    en: 'One record a file: the recording, and duration (s), sample rate, bit rate, channels and ID3 tags as its headers declare; samples are not decoded.',
  },
  source: 'ISO/IEC 11172-3, 13818-3; ID3v2.4',
  extensions: EXTENSIONS,
  modality: 'audio',
  parameters: z.strictObject({}),
  sniff,
  detect: async () => ({}),
  read: (source) => readAudio(source, 'mp3'),
})
