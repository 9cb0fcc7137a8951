import { z } from 'zod'
import { stripImageMetadata } from '../../../base/kernels/index.ts'
import type { Column, Rejected } from '../../../base/record/index.ts'
import { keepAll, numberColumn, numbersOf, rejectWhere, textColumn, textOf, withColumns } from '../../../base/record/index.ts'
import type { MediaAccess } from '../../media-access.ts'
import { defineOperator } from '../../operator.ts'

const MEDIA_NAME = /^[0-9a-f]{64}\.(?<extension>[a-z0-9]+)$/

/** Column of an image's bytes, as image formats give it. */
const BYTES = 'bytes'

export default defineOperator({
  version: 1,
  title: { zh: '去除图像元数据', en: 'Strip metadata of images' },
  doc: {
    zh: '无损去除图像文件内的元数据：JPEG 的 APP1（EXIF、GPS、序列号、厂商注释、缩略图、XMP）、APP13（IPTC）、注释及其余应用段，PNG 的 eXIf、文本与私有块，WebP 的 EXIF、XMP 与未知块，TIFF 中非成像所需的标签；文件结尾之后的数据一并去除。像素逐字节不变，方向与 ICC 色彩特性保留，GeoTIFF 的栅格位置属于内容，保留。热像仪写在应用段中的辐射数据用 keepSegments 保留。结构损坏或其他格式的图像默认隔离。列中的位置由 image/gps-strip 处理。',
    en: 'Takes metadata out of image files without loss: of JPEG APP1 (Exif, GPS, serial numbers, maker notes, thumbnails, XMP), APP13 (IPTC), comments and the other application segments; of PNG eXIf, texts and private chunks; of WebP Exif, XMP and unknown chunks; of TIFF all tags that pixels are not drawn with; and what lies behind the end of a file. Pixels stay byte for byte, with orientation and ICC profile; the place of a GeoTIFF raster is content and stays. Radiometric data that thermal cameras write into application segments stay with keepSegments. Images of broken structure or another format are quarantined by default. Positions in columns are for image/gps-strip.',
  },
  source: 'CIPA DC-008 (Exif 2.32); ITU-T T.81 B.2.4; W3C PNG 11.3; RFC 9649; TIFF 6.0; GB/T 35273-2020 6.2',
  parameters: z.strictObject({
    columns: z.array(z.string()).min(1).optional().describe('columns of images; by default all media'),
    keepSegments: z.array(z.number().int().min(1).max(15)).default([]).describe('application segments of JPEG that stay as they are'),
    unreadable: z
      .enum(['quarantine', 'keep'])
      .default('quarantine')
      .describe('what becomes of an image whose metadata cannot be taken out'),
  }),
  example: {
    parameters: { columns: ['image'] },
    before: { image: [null, null], bytes: [0, 0] },
    after: { image: [null, null], bytes: [0, 0] },
  },
  reasons: {
    'metadata-unreadable': { zh: '无法去除图像内的元数据', en: 'metadata inside of the image cannot be taken out' },
  },
  usesMedia: true,
  run: (batch, { columns, keepSegments, unreadable }, { media }) => {
    if (!media) return keepAll(batch)
    const names = columns ?? batch.fields.filter(({ type }) => type === 'media').map(({ name }) => name)
    const kept = new Set(keepSegments)
    const sizes = numbersOf(batch, BYTES)?.values.slice()
    const replaced = new Map<string, Column>(sizes ? [[BYTES, numberColumn(sizes)]] : [])
    const refused = new Map<number, Omit<Rejected, 'id'>>()
    for (const column of names) {
      const values = textOf(batch, column)?.values
      const stripped = values?.map((name) => stripMedium(name, media, kept))
      if (!values || !stripped) continue
      replaced.set(column, textColumn(values.map((name, row) => nameOf(stripped[row]) ?? name)))
      updateSizes(sizes, stripped)
      for (const [row, one] of stripped.entries())
        if (one === 'unreadable') refused.set(row, { reason: 'metadata-unreadable', field: column })
    }
    const changed = withColumns(batch, replaced)
    return unreadable === 'keep' ? keepAll(changed) : rejectWhere(changed, (row) => refused.get(row) ?? null)
  },
})

/** The column of sizes follows where it told the size of this medium. */
function updateSizes(sizes: Float64Array | undefined, stripped: readonly (Stripped | 'unreadable' | null)[]): void {
  if (!sizes) return
  for (const [row, one] of stripped.entries()) if (one && one !== 'unreadable' && sizes[row] === one.before) sizes[row] = one.after
}

/** A medium without its metadata, with its bytes before and after. */
interface Stripped {
  readonly name: string
  readonly before: number
  readonly after: number
}

const nameOf = (one: Stripped | 'unreadable' | null | undefined): string | undefined =>
  one === 'unreadable' || !one ? undefined : one.name

/** @returns null for what is no medium or has no metadata */
function stripMedium(name: string | null, media: MediaAccess, keepSegments: ReadonlySet<number>): Stripped | 'unreadable' | null {
  const extension = name === null ? undefined : MEDIA_NAME.exec(name)?.groups?.['extension']
  if (name === null || extension === undefined) return null
  const bytes = media.read(name)
  const stripped = bytes && stripImageMetadata(bytes, extension, keepSegments)
  if (!stripped) return 'unreadable'
  return stripped === bytes ? null : { name: media.write(stripped, extension), before: bytes.length, after: stripped.length }
}
