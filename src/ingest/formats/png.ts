import { z } from 'zod'
import { defineFormat } from '../format.ts'
import { imageAgain, readImage } from '../image-records.ts'
import { startsWith } from '../magic-bytes.ts'

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

export default defineFormat({
  kind: 'records',
  version: 1,
  title: { zh: 'PNG 图像', en: 'PNG image' },
  doc: {
    zh: '每个文件一条记录：图像、尺寸、EXIF 与像素统计（清晰度、曝光、熵、噪声、感知哈希）。',
    en: 'One record a file: the image, its size, EXIF, and facts of its pixels (sharpness, exposure, entropy, noise, perceptual hash).',
  },
  source: 'W3C Portable Network Graphics (PNG), third edition',
  extensions: ['png', 'apng'],
  modality: 'image',
  parameters: z.strictObject({}),
  sniff: (head) => (startsWith(head, SIGNATURE) ? 1 : 0),
  detect: async () => ({}),
  read: (source) => readImage(source, 'png'),
  again: (source, record) => imageAgain(source, record, 'png'),
})
