import { z } from 'zod'
import { defineFormat } from '../format.ts'
import { imageAgain, readImage } from '../image-records.ts'
import { isRiff } from '../magic-bytes.ts'

export default defineFormat({
  kind: 'records',
  version: 1,
  title: { zh: 'WebP 图像', en: 'WebP image' },
  doc: {
    zh: '每个文件一条记录，动图读取第一帧：图像、尺寸、EXIF 与像素统计。',
    en: 'One record a file, the first frame of an animation: the image, its size, EXIF and facts of its pixels.',
  },
  source: 'RFC 9649',
  extensions: ['webp'],
  modality: 'image',
  parameters: z.strictObject({}),
  sniff: (head) => (isRiff(head, 'WEBP') ? 1 : 0),
  detect: async () => ({}),
  read: (source) => readImage(source, 'webp'),
  again: (source, record) => imageAgain(source, record, 'webp'),
})
