import { z } from 'zod'
import { succeed } from '../../base/problem/index.ts'
import { imageField } from '../annotations/annotated-fields.ts'
import { defineExport, type ExportFile, type ExportTable, type LeaveOut } from '../export-form.ts'
import { bytesFile, textFile } from '../export-parts/export-file.ts'
import { splitsOf } from '../export-parts/export-tables.ts'
import {
  boxLabel,
  IMAGE_REASONS,
  type ImageLabels,
  imageLabels,
  type LabelledImage,
  labelledImages,
  tableFolder,
} from '../export-parts/labelled-images.ts'
import type { OpenRelease } from '../read-release.ts'

export default defineExport({
  version: 1,
  title: { zh: 'COCO', en: 'COCO' },
  doc: {
    zh: '每个划分一份 annotations/instances_<划分>.json 与图像文件夹。名为 bbox、boxes、objects、annotations 等的 JSON 字段（或 JSON 标签）中的框成为带 bbox 的标注；没有框时，类别标签成为不带 bbox 的标注；都没有时只有图像列表。文件名为记录标识。',
    en: 'annotations/instances_<split>.json and a folder of images a split. Boxes in a JSON field named bbox, boxes, objects, annotations … (or a JSON label) become annotations; without boxes a class label becomes an annotation without bbox; without either there are images only. Files are named by record id.',
  },
  source: 'COCO data format (cocodataset.org); pycocotools 2.0',
  parameters: z.object({}),
  needs: { zh: '带图像字段的表（type: media，role: image）', en: 'a table with an image field (type: media, role: image)' },
  accepts: (table) => imageField(table) !== undefined,
  reasons: IMAGE_REASONS,
  prepare: async ({ release, tables }, _, leaveOut) => {
    async function* files(): AsyncIterable<ExportFile> {
      for (const table of tables) {
        const labels = await imageLabels(release.folder, table)
        const folder = tableFolder(table, tables)
        for (const split of splitsOf(table)) {
          const document = (): AsyncIterable<string> => documentOf({ release, table, split, labels }, leaveOut)
          yield textFile(`${folder}annotations/instances_${split}.json`, document)
          yield* imageFiles(release.folder, table, split, `${folder}${split}`, leaveOut)
        }
      }
    }
    return succeed({ files })
  },
})

async function* imageFiles(folder: string, table: ExportTable, split: string, into: string, leaveOut: LeaveOut): AsyncIterable<ExportFile> {
  for await (const image of labelledImages(folder, table, split, () => {})) {
    const bytes = await image.bytes()
    if (bytes) yield bytesFile(`${into}/${image.fileName}`, bytes)
    else leaveOut('medium-missing', image.id)
  }
}

interface Part {
  readonly release: OpenRelease
  readonly table: ExportTable
  readonly split: string
  readonly labels: ImageLabels
}

async function* documentOf(part: Part, leaveOut: LeaveOut): AsyncIterable<string> {
  const { dataset, version, root } = part.release.manifest
  const { license } = part.release.recipe.recipe
  const info = { description: `${dataset}, ${part.table.name}, ${part.split}`, version, url: `urn:highgrade:${root}` }
  yield `{"info":${JSON.stringify(info)},"licenses":${JSON.stringify(license ? [{ id: 1, name: license, url: '' }] : [])},"images":`
  yield* members(imagesOf(part, leaveOut))
  yield ',"annotations":'
  yield* members(annotationsOf(part, leaveOut))
  yield `,"categories":${JSON.stringify(part.labels.names.map((name, number) => ({ id: number + 1, name, supercategory: '' })))}}\n`
}

async function* members(items: AsyncIterable<unknown>): AsyncIterable<string> {
  let before = '['
  for await (const item of items) {
    yield before + JSON.stringify(item)
    before = ',\n'
  }
  yield before === '[' ? '[]' : ']'
}

async function* imagesOf({ release, table, split }: Part, leaveOut: LeaveOut): AsyncIterable<unknown> {
  const license = release.recipe.recipe.license ? 1 : undefined
  let number = 0
  for await (const image of labelledImages(release.folder, table, split, leaveOut)) {
    const size = await image.size()
    yield { id: ++number, file_name: image.fileName, width: size?.width, height: size?.height, license, record_id: image.id }
  }
}

async function* annotationsOf({ release, table, split, labels }: Part, leaveOut: LeaveOut): AsyncIterable<unknown> {
  let imageNumber = 0
  let number = 0
  for await (const image of labelledImages(release.folder, table, split, () => {})) {
    imageNumber++
    for (const annotation of annotationsOn(image, labels, leaveOut)) yield { id: ++number, image_id: imageNumber, ...annotation }
  }
}

function* annotationsOn(image: LabelledImage, labels: ImageLabels, leaveOut: LeaveOut): Iterable<Record<string, unknown>> {
  const idOf = (label: string): number => (labels.numberOf.get(label) ?? -1) + 1
  if (labels.kind === 'classes' && image.label !== undefined) yield { category_id: idOf(image.label) }
  if (labels.kind !== 'boxes') return
  for (const box of image.boxes) {
    if (box.width > 0 && box.height > 0) {
      const bbox = [box.left, box.top, box.width, box.height]
      yield { category_id: idOf(boxLabel(box, image)), bbox, area: box.width * box.height, iscrowd: 0, segmentation: [] }
    } else leaveOut('empty-box', image.id)
  }
}
