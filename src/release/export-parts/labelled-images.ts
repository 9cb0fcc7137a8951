import { boxesFieldOf, type LabelledBox, labelledBoxes } from '../../base/kernels/index.ts'
import { numbersOf, textOf } from '../../base/record/index.ts'
import { classField, imageField } from '../annotations/annotated-fields.ts'
import type { ExportTable, LeaveOut } from '../export-form.ts'
import { type ClassNames, declaredCodes, inOrder } from './class-names.ts'
import { readTable, type TablePiece } from './export-tables.ts'
import { parsed, plainText } from './plain-value.ts'
import { mediaOf } from './release-media.ts'

/** An image of a table with what is said of it. */
export interface LabelledImage {
  readonly id: string
  readonly row: number
  /** `<sha256>.<extension>`. */
  readonly medium: string
  /** `<record id>.<extension>`: unique, and every image can be explained by its name. */
  readonly fileName: string
  readonly boxes: readonly LabelledBox[]
  /** Class of the whole image. */
  readonly label: string | undefined
  /** Pixels: as the fields `width` and `height` say, else from the image itself; undefined where it does not decode. */
  readonly size: () => Promise<{ readonly width: number; readonly height: number } | undefined>
  readonly bytes: () => Promise<Uint8Array | null>
}

/** Images of a table in the order of its records; records without one are left out as `no-image`. */
export async function* labelledImages(
  folder: string,
  table: ExportTable,
  split: string | undefined,
  leaveOut: LeaveOut,
): AsyncIterable<LabelledImage> {
  for await (const piece of readTable(table, split)) yield* imagesIn(folder, table, piece, leaveOut)
}

/** Images of some records of a table. */
export function* imagesIn(folder: string, table: ExportTable, piece: TablePiece, leaveOut: LeaveOut): Iterable<LabelledImage> {
  const { batch } = piece
  const image = imageField(table)?.name ?? ''
  const boxes = boxesFieldOf(table.fields)
  const classes = classField(table)
  const bytesOf = mediaOf(folder, piece, image)
  const names = textOf(batch, image)
  const [widths, heights] = [numbersOf(batch, 'width'), numbersOf(batch, 'height')]
  for (const [row, id] of batch.ids.entries()) {
    const name = names?.values[row] ?? null
    if (name === null) {
      leaveOut('no-image', id)
      continue
    }
    const annotation = boxes && textOf(batch, boxes.name)?.values[row]
    const bytes = (): Promise<Uint8Array | null> => bytesOf(row)
    yield {
      id,
      row,
      medium: name,
      fileName: `${id}${/\.[A-Za-z0-9]+$/.exec(name)?.[0] ?? ''}`,
      boxes: annotation ? labelledBoxes(parsed(annotation)) : [],
      label: (classes && plainText(classes, batch.columns.get(classes.name), row)) || undefined,
      size: () => sizeOf(widths?.values[row], heights?.values[row], bytes),
      bytes,
    }
  }
}

async function sizeOf(width: number | undefined, height: number | undefined, bytes: () => Promise<Uint8Array | null>) {
  if (width !== undefined && height !== undefined && width > 0 && height > 0) return { width, height }
  const image = await bytes()
  if (!image) return undefined
  const { default: sharp } = await import('sharp')
  try {
    const metadata = await sharp(image).metadata()
    return { width: metadata.width, height: metadata.height }
  } catch {
    return undefined
  }
}

/** What the images of a table carry: boxes in them, classes of them, or nothing. */
export interface ImageLabels extends Pick<ClassNames, 'names' | 'numberOf'> {
  readonly kind: 'boxes' | 'classes' | 'none'
}

/** Label of a box: its own, else the image's, else `object`. */
export const boxLabel = (box: LabelledBox, image: LabelledImage): string => box.label ?? image.label ?? 'object'

/** Reads through a table to find what its images carry. */
export async function imageLabels(folder: string, table: ExportTable): Promise<ImageLabels> {
  const [inBoxes, ofImages] = [new Set<string>(), new Set<string>()]
  for await (const image of labelledImages(folder, table, undefined, () => {})) {
    for (const box of image.boxes) inBoxes.add(boxLabel(box, image))
    if (image.label !== undefined) ofImages.add(image.label)
  }
  const field = classField(table)
  const declared = field ? declaredCodes(table, field) : []
  if (inBoxes.size > 0)
    return {
      kind: 'boxes',
      ...inOrder(
        declared.filter((code) => inBoxes.has(code)),
        inBoxes,
      ),
    }
  return { kind: ofImages.size > 0 ? 'classes' : 'none', ...inOrder(ofImages.size > 0 ? declared : [], ofImages) }
}

/** Folder of a table in an export of several. */
export const tableFolder = (table: ExportTable, tables: readonly ExportTable[]): string => (tables.length > 1 ? `${table.name}/` : '')

export const IMAGE_REASONS = {
  'no-image': { zh: '记录没有图像', en: 'the record has no image' },
  'medium-missing': { zh: '发布中缺少媒体文件', en: 'the release lacks the medium' },
  'empty-box': { zh: '框没有面积', en: 'a box without area' },
} as const
