import { z } from 'zod'
import { defineFormat } from '../format.ts'
import { imageAgain, readImage } from '../image-records.ts'
import { startsWith } from '../magic-bytes.ts'

/** Start of image, then the first byte of any marker. */
const SIGNATURE = [0xff, 0xd8, 0xff]

export default defineFormat({
  kind: 'records',
  version: 1,
  title: { zh: 'JPEG 图像', en: 'JPEG image' },
  doc: {
    zh: '每个文件一条记录：图像、尺寸、EXIF（拍摄时间、相机、GPS）、大疆无人机姿态与像素统计。',
    en: 'One record a file: the image, its size, EXIF (time, camera, GPS), the pose of a DJI drone, and facts of its pixels.',
  },
  source: 'ITU-T T.81 | ISO/IEC 10918-1; CIPA DC-008 (Exif 2.32)',
  extensions: ['jpg', 'jpeg', 'jpe', 'jfif'],
  modality: 'image',
  parameters: z.strictObject({}),
  sniff: (head) => (startsWith(head, SIGNATURE) ? 1 : 0),
  detect: async () => ({}),
  read: (source) => readImage(source, 'jpg'),
  again: (source, record) => imageAgain(source, record, 'jpg'),
})
