import type { Offsets } from '../../base/kernels/index.ts'
import type { Field } from '../../base/record/index.ts'
import { mediaPath } from '../../refine/index.ts'
import { audioField, imageField, labelField, textFields } from '../annotations/annotated-fields.ts'
import { SPAN_REASONS, type SpanFields, spanFields, spannedTexts } from '../annotations/text-spans.ts'
import type { ExportTable, LeaveOut } from '../export-form.ts'
import { classNames, inOrder } from './class-names.ts'
import { readTable, type TablePiece } from './export-tables.ts'
import { boxLabel, IMAGE_REASONS, imageLabels, imagesIn, type LabelledImage } from './labelled-images.ts'
import { plainText, plainValue } from './plain-value.ts'
import { MEDIA } from './release-media.ts'

/** A region or choice in Label Studio's form. */
export type Result = Readonly<Record<string, unknown>>

/** What is shown of one record, and what is known of it. */
export interface Task {
  readonly id: string
  readonly row: number
  readonly data: Readonly<Record<string, unknown>>
  readonly result: readonly Result[]
}

/** How a table is labelled: its configuration, and its records as tasks. */
export interface Labelling {
  /** XML. */
  readonly config: string
  /** Names of the fields that the tasks show or answer. */
  readonly shown: ReadonlySet<string>
  readonly read: (piece: TablePiece) => AsyncIterable<Task>
}

export interface LabellingOptions {
  readonly folder: string
  readonly table: ExportTable
  readonly options: { readonly mediaUrl: string; readonly offsets: Offsets }
  readonly leaveOut: LeaveOut
}

export const STUDIO_REASONS = {
  ...SPAN_REASONS,
  ...IMAGE_REASONS,
  'no-size': { zh: '图像大小未知，框无法换算', en: 'the size of the image is unknown, so boxes cannot be given' },
} as const

/** How a table is labelled, by what it holds: images, spans of texts, else a label of the whole record. */
export async function labellingOf(given: LabellingOptions): Promise<Labelling> {
  const { table, options } = given
  if (imageField(table)) return imageLabelling(given)
  const spans = spanFields(table, options.offsets)
  return spans ? spanLabelling(given, spans) : recordLabelling(given)
}

async function imageLabelling({ folder, table, options, leaveOut }: LabellingOptions): Promise<Labelling> {
  const labels = await imageLabels(folder, table)
  const isBoxes = labels.kind === 'boxes'
  const tag = isBoxes ? tagOf('RectangleLabels', 'Label', 'image', labels.names) : await answerTag(table, 'image')
  async function* read(piece: TablePiece): AsyncIterable<Task> {
    for (const image of imagesIn(folder, table, piece, leaveOut)) {
      const result = isBoxes ? await rectangles(image, leaveOut) : tag ? answer(table, piece, image.row, 'image') : []
      yield { id: image.id, row: image.row, data: { image: options.mediaUrl + mediaPath(MEDIA, image.medium) }, result }
    }
  }
  const shown = new Set([imageField(table)?.name ?? '', ...(tag && !isBoxes ? answered(table) : [])])
  return { config: view(['<Image name="image" value="$image"/>', tag]), shown, read }
}

/** Boxes in percent of the image, as Label Studio wants them. */
async function rectangles(image: LabelledImage, leaveOut: LeaveOut): Promise<Result[]> {
  if (image.boxes.length === 0) return []
  const size = await image.size()
  if (!size) {
    leaveOut('no-size', image.id)
    return []
  }
  const { width, height } = size
  return image.boxes.map((box, number) => ({
    id: `${image.id}-${number}`,
    from_name: 'label',
    to_name: 'image',
    type: 'rectanglelabels',
    original_width: width,
    original_height: height,
    image_rotation: 0,
    value: {
      x: (100 * box.left) / width,
      y: (100 * box.top) / height,
      width: (100 * box.width) / width,
      height: (100 * box.height) / height,
      rotation: 0,
      rectanglelabels: [boxLabel(box, image)],
    },
  }))
}

async function spanLabelling({ table, leaveOut }: LabellingOptions, fields: SpanFields): Promise<Labelling> {
  const found = new Set<string>()
  for await (const piece of readTable(table)) {
    for (const { spans } of spannedTexts(piece, fields, () => {})) for (const { label } of spans) found.add(label)
  }
  async function* read(piece: TablePiece): AsyncIterable<Task> {
    for (const { id, row, text, spans } of spannedTexts(piece, fields, leaveOut)) {
      const result = spans.map(({ start, end, label }, number) => ({
        id: `${id}-${number}`,
        from_name: 'label',
        to_name: 'text',
        type: 'labels',
        value: { start, end, text: text.slice(start, end), labels: [label] },
      }))
      yield { id, row, data: { text }, result }
    }
  }
  const tag = tagOf('Labels', 'Label', 'text', inOrder([], found).names)
  return { config: view(['<Text name="text" value="$text"/>', tag]), shown: new Set([fields.text, fields.spans]), read }
}

/** Texts, a recording or all values of a record, with one answer for the whole. */
async function recordLabelling({ table, options }: LabellingOptions): Promise<Labelling> {
  const label = labelField(table)
  const texts = textFields(table).filter((field) => field !== label)
  const audio = audioField(table)
  const shownFields = audio ? [audio, ...texts] : texts.length > 0 ? texts : table.fields.filter((field) => field !== label)
  const isTable = !audio && texts.length === 0
  const first = isTable ? 'record' : 'shown0'
  const tag = await answerTag(table, first)
  const objects = isTable ? ['<Table name="record" value="$record"/>'] : shownFields.map((field, n) => objectTag(field, n, field === audio))
  async function* read(piece: TablePiece): AsyncIterable<Task> {
    for (const [row, id] of piece.batch.ids.entries()) {
      const shownValue = (field: Field): unknown => plainValue(field, piece.batch.columns.get(field.name), row)
      const values = shownFields.map((field, n) => [isTable ? field.name : `shown${n}`, shownValue(field)] as const)
      const present = values.map(([name, value], n) => [
        name,
        shownFields[n] === audio && value ? options.mediaUrl + mediaPath(MEDIA, String(value)) : value,
      ])
      const shown = Object.fromEntries(present.filter(([, value]) => value !== undefined)) as Record<string, unknown>
      yield { id, row, data: isTable ? { record: shown } : shown, result: tag ? answer(table, piece, row, first) : [] }
    }
  }
  const shown = new Set([...shownFields.map((field) => field.name), ...(tag ? answered(table) : [])])
  return { config: view([...objects, tag]), shown, read }
}

const objectTag = (field: Field, n: number, isAudio: boolean): string =>
  isAudio
    ? `<Audio name="shown${n}" value="$shown${n}"/>`
    : `<Header value="${escaped(field.name)}"/><Text name="shown${n}" value="$shown${n}"/>`

const answered = (table: ExportTable): string[] => [labelField(table)?.name ?? ''].filter(Boolean)

/** Tag that asks for the record's label: a number, one of its classes, or nothing. */
async function answerTag(table: ExportTable, of: string): Promise<string> {
  if (labelField(table)?.type === 'number') return `<Number name="label" toName="${of}"/>`
  const classes = await classNames(table)
  return classes ? tagOf('Choices', 'Choice', of, classes.names) : ''
}

function answer(table: ExportTable, { batch }: TablePiece, row: number, of: string): Result[] {
  const field = labelField(table)
  const text = field && plainText(field, batch.columns.get(field.name), row)
  if (!field || text === null || text === undefined) return []
  const shared = { id: `${batch.ids[row]}-0`, from_name: 'label', to_name: of }
  return field.type === 'number'
    ? [{ ...shared, type: 'number', value: { number: Number(text) } }]
    : [{ ...shared, type: 'choices', value: { choices: [text] } }]
}

function tagOf(tag: string, item: string, of: string, names: readonly string[]): string {
  const choice = tag === 'Choices' ? ' choice="single"' : ''
  return [
    `<${tag} name="label" toName="${of}"${choice}>`,
    ...names.map((name) => `  <${item} value="${escaped(name)}"/>`),
    `</${tag}>`,
  ].join('\n')
}

const view = (tags: readonly string[]): string =>
  `<View>\n${tags
    .filter(Boolean)
    .flatMap((tag) => tag.split('\n'))
    .map((line) => `  ${line}\n`)
    .join('')}</View>\n`

/** A text as the value of an XML attribute. */
const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replace(/\p{Cc}/gu, ' ')
