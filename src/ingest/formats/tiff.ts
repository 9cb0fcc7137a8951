import { z } from 'zod'
import { defineFormat } from '../format.ts'
import { imageAgain, readImage } from '../image-records.ts'
import { startsWith } from '../magic-bytes.ts'

/** Byte order, then 42 (TIFF 6.0) or 43 (BigTIFF). */
const SIGNATURES = [
  [0x49, 0x49, 42, 0],
  [0x4d, 0x4d, 0, 42],
  [0x49, 0x49, 43, 0],
  [0x4d, 0x4d, 0, 43],
]

/** Below 1, for camera raw files and whole-slide scanners wrap their own formats in TIFF. */
const CONFIDENCE = 0.9

export default defineFormat({
  kind: 'records',
  version: 1,
  title: { zh: 'TIFF 图像', en: 'TIFF image' },
  doc: {
    zh: '每个文件一条记录，读取第一页：图像、尺寸、位深、EXIF 与像素统计；16 位或浮点单通道按自身取值范围统计。',
    en: 'One record a file, first page: the image, its size, depth, EXIF and facts of its pixels; one channel of 16 bits or floats is measured over its own range.',
  },
  source: 'TIFF 6.0; BigTIFF',
  extensions: ['tif', 'tiff'],
  modality: 'image',
  parameters: z.strictObject({}),
  sniff: (head) => (SIGNATURES.some((signature) => startsWith(head, signature)) ? CONFIDENCE : 0),
  detect: async () => ({}),
  read: (source) => readImage(source, 'tif'),
  again: (source, record) => imageAgain(source, record, 'tif'),
})
