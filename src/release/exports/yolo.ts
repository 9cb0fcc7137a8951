import { stringify } from 'yaml'
import { z } from 'zod'
import { boxesFieldOf, type LabelledBox } from '../../base/kernels/index.ts'
import { fail, succeed } from '../../base/problem/index.ts'
import { classField, imageField } from '../annotations/annotated-fields.ts'
import { defineExport, type ExportFile, type ExportTable, type LeaveOut } from '../export-form.ts'
import { bytesFile, wholeFile } from '../export-parts/export-file.ts'
import { splitsOf } from '../export-parts/export-tables.ts'
import { folderNames } from '../export-parts/folder-names.ts'
import {
  boxLabel,
  IMAGE_REASONS,
  type ImageLabels,
  imageLabels,
  type LabelledImage,
  labelledImages,
  tableFolder,
} from '../export-parts/labelled-images.ts'
import { formUnfit } from '../export-problems.ts'

const NEEDS = {
  zh: '带图像字段，且有框（名为 bbox、boxes、objects 等的 JSON 字段）或类别标签的表',
  en: 'a table with an image field and boxes (a JSON field named bbox, boxes, objects …) or a class label',
}

export default defineExport({
  version: 1,
  title: { zh: 'YOLO', en: 'YOLO' },
  doc: {
    zh: '有框时为检测：images/<划分>、labels/<划分>（每行“类号 中心x 中心y 宽 高”，按图像宽高归一）与 data.yaml；否则为分类：<划分>/<类别>/ 文件夹。文件名为记录标识。超出图像的框裁到图像边缘。',
    en: 'With boxes, detection: images/<split>, labels/<split> (lines of class, centre x, centre y, width, height over the image size) and data.yaml; else classification: folders <split>/<class>/. Files are named by record id. Boxes that reach out of the image are cut at its edge.',
  },
  source: 'Ultralytics dataset formats, detect and classify',
  parameters: z.object({}),
  needs: NEEDS,
  accepts: (table) => imageField(table) !== undefined && (boxesFieldOf(table.fields) ?? classField(table)) !== undefined,
  reasons: {
    ...IMAGE_REASONS,
    'no-size': { zh: '图像大小未知，无法归一', en: 'the size of the image is unknown, so boxes cannot be normalised' },
    'no-class': { zh: '记录没有类别', en: 'the record has no class' },
  },
  prepare: async ({ release, tables }, _, leaveOut) => {
    const labelled: { readonly table: ExportTable; readonly labels: ImageLabels }[] = []
    for (const table of tables) {
      const labels = await imageLabels(release.folder, table)
      const found = `${table.name}: no boxes, no labels`
      if (labels.kind === 'none') return fail(formUnfit({ at: 'yolo', expected: NEEDS.en, expectedZh: NEEDS.zh, found }))
      labelled.push({ table, labels })
    }
    async function* files(): AsyncIterable<ExportFile> {
      for (const { table, labels } of labelled) {
        const writing = { release: release.folder, table, labels, folder: tableFolder(table, tables), leaveOut }
        yield* labels.kind === 'boxes' ? detection(writing) : classification(writing)
      }
    }
    return succeed({ files })
  },
})

interface Writing {
  readonly release: string
  readonly table: ExportTable
  readonly labels: ImageLabels
  readonly folder: string
  readonly leaveOut: LeaveOut
}

async function* detection({ release, table, labels, folder, leaveOut }: Writing): AsyncIterable<ExportFile> {
  const splits = splitsOf(table)
  yield wholeFile(`${folder}data.yaml`, dataYaml(splits, labels.names))
  for (const split of splits) {
    for await (const image of labelledImages(release, table, split, leaveOut)) {
      const bytes = await image.bytes()
      const lines = bytes && (await linesOf(image, labels, leaveOut))
      if (!bytes) leaveOut('medium-missing', image.id)
      if (!bytes || !lines) continue
      yield bytesFile(`${folder}images/${split}/${image.fileName}`, bytes)
      yield wholeFile(`${folder}labels/${split}/${image.id}.txt`, lines.map((line) => `${line}\n`).join(''))
    }
  }
}

/** Ultralytics demands a split to validate on: where there is none, the nearest thing serves. */
function dataYaml(splits: readonly string[], names: readonly string[]): string {
  const held = ['validation', 'val', 'test'].find((split) => splits.includes(split)) ?? splits[0]
  const test = splits.includes('test') ? { test: 'images/test' } : {}
  const train = splits.includes('train') ? 'train' : splits[0]
  return stringify({ path: '.', train: `images/${train}`, val: `images/${held}`, ...test, names: Object.fromEntries(names.entries()) })
}

async function linesOf(image: LabelledImage, labels: ImageLabels, leaveOut: LeaveOut): Promise<string[] | undefined> {
  if (image.boxes.length === 0) return []
  const size = await image.size()
  if (!size) {
    leaveOut('no-size', image.id)
    return undefined
  }
  return image.boxes.flatMap((box) => {
    const line = normalised(box, size.width, size.height)
    if (line === undefined) leaveOut('empty-box', image.id)
    return line === undefined ? [] : `${labels.numberOf.get(boxLabel(box, image))} ${line}`
  })
}

/** Centre and size of a box over those of the image, cut at its edges; undefined where nothing is left. */
function normalised(box: LabelledBox, width: number, height: number): string | undefined {
  const within = (value: number, limit: number): number => Math.min(Math.max(value, 0), limit)
  const [left, right] = [within(box.left, width), within(box.left + box.width, width)]
  const [top, bottom] = [within(box.top, height), within(box.top + box.height, height)]
  if (right <= left || bottom <= top) return undefined
  const numbers = [(left + right) / 2 / width, (top + bottom) / 2 / height, (right - left) / width, (bottom - top) / height]
  return numbers.map((number) => number.toFixed(6)).join(' ')
}

async function* classification({ release, table, labels, folder, leaveOut }: Writing): AsyncIterable<ExportFile> {
  const folders = folderNames(labels.names)
  for (const split of splitsOf(table)) {
    for await (const image of labelledImages(release, table, split, leaveOut)) {
      const into = folders.get(image.label ?? '')
      const bytes = await image.bytes()
      if (into !== undefined && bytes) yield bytesFile(`${folder}${split}/${into}/${image.fileName}`, bytes)
      else leaveOut(bytes ? 'no-class' : 'medium-missing', image.id)
    }
  }
}
