import { z } from 'zod'
import { grayFromSamples } from '../../base/kernels/index.ts'
import { type ByteSource, readAll } from '../../base/store/index.ts'
import { deidentifiedColumns } from '../dicom-columns.ts'
import { compressionOf, type Dicom, looksBare, MAX_DICOM_BYTES, parseDicom } from '../dicom-dataset.ts'
import { type PixelReading, type Preview, readPixels } from '../dicom-pixels.ts'
import { extensionOf } from '../file-place.ts'
import { defineFormat, type RawBatch } from '../format.ts'
import { pixelColumns } from '../image-records.ts'
import { asciiAt } from '../magic-bytes.ts'
import { dicomUnreadable, fileTruncated, imageTooLarge } from '../problems.ts'
import { brokenFile, oneRecord } from '../single-record.ts'

const EXTENSIONS = ['dcm', 'dicom']

function sniff(head: Uint8Array, path: string): number {
  if (asciiAt(head, 128, 4) === 'DICM') return 1
  if (!EXTENSIONS.includes(extensionOf(path))) return 0
  return looksBare(head) ? 0.9 : 0.3
}

async function* read(source: ByteSource): AsyncGenerator<RawBatch> {
  if (source.size > MAX_DICOM_BYTES) {
    yield brokenFile(imageTooLarge({ at: source.path, found: source.size, expected: MAX_DICOM_BYTES }))
    return
  }
  try {
    const dicom = await parseDicom(await readAll(source))
    yield await recordOf(dicom, source.path)
  } catch (error) {
    yield brokenFile(dicomUnreadable({ at: source.path, found: error instanceof Error ? error.message : String(error) }))
  }
}

async function recordOf(dicom: Dicom, at: string): Promise<RawBatch> {
  const columns = deidentifiedColumns(dicom.dataset)
  if (columns['modality'] === null && columns['sop_class'] === null) throw new Error('neither a modality nor a SOP class')
  const compression = compressionOf(dicom.transferSyntax)
  const pixels: PixelReading = compression ? { kind: 'unsupported', reason: compression } : readPixels(dicom)
  if (pixels.kind === 'truncated') return brokenFile(fileTruncated({ at, found: pixels.reason }))
  const statistics = pixels.kind === 'read' ? pixels.statistics : null
  return oneRecord({
    ...columns,
    transfer_syntax: dicom.transferSyntax,
    pixels: pixels.kind === 'read' ? 'read' : compression ? `compressed (${compression}), not decoded` : `${pixels.kind}: ${pixels.reason}`,
    pixel_min: statistics?.min ?? null,
    pixel_max: statistics?.max ?? null,
    pixel_mean: statistics?.mean ?? null,
    ...(await previewColumns(pixels, columns['burned_in'] === 'YES')),
  })
}

/** The first frame as PNG with its facts; none where names are known to be burned into the pixels. */
async function previewColumns(pixels: PixelReading, isBurnedIn: boolean): Promise<Record<string, unknown>> {
  if (pixels.kind !== 'read' || isBurnedIn) return { image: null, width: null, height: null, channels: null, ...pixelColumns(null) }
  const { width, height, channels, samples } = pixels.preview
  const image = { media: await pngOf(pixels.preview), extension: 'png' }
  return { image, width, height, channels, ...pixelColumns(grayFromSamples(samples, width, height, channels)) }
}

async function pngOf({ width, height, channels, samples }: Preview): Promise<Uint8Array> {
  const { default: sharp } = await import('sharp')
  const image = sharp(samples, { raw: { width, height, channels } })
  return await (channels === 1 ? image.toColourspace('b-w') : image).png({ compressionLevel: 6, adaptiveFiltering: false }).toBuffer()
}

export default defineFormat({
  kind: 'records',
  version: 1,
  title: { zh: 'DICOM 医学影像', en: 'DICOM image' },
  doc: {
    zh: '每个文件一条记录：去标识的标签（不含姓名、编号、机构、医师与私有标签，UID 以 SHA-256 替换，只留检查年份）；未压缩时给出像素统计与首帧 PNG 预览；DICOM 文件本身的字节不进入发布，只有这些列和预览；不清除烧录在像素中的文字，标明烧录的不给预览，并由 image/burned-in 默认隔离，交专家处理。',
    en: 'One record a file: de-identified tags (no names, ids, institutions, physicians or private tags; UIDs hashed by SHA-256; of dates the study year); for uncompressed pixels their statistics and a PNG preview of the first frame. The bytes of the DICOM file itself are not released, only these columns and the preview. Text burned into pixels is not removed: files that declare it get no preview, and image/burned-in quarantines them by default, for an expert to see to.',
  },
  source: 'DICOM PS3.3, PS3.5, PS3.10; de-identification PS3.15 annex E, Basic Profile',
  extensions: EXTENSIONS,
  modality: 'image',
  parameters: z.strictObject({}),
  sniff,
  detect: async () => ({}),
  read,
})
