import { BANDS, bandKeys, createShingler, HASH_STRIDE, hashRows, type Utf8Text, unwordedJson, wordsOf } from '../../base/kernels/index.ts'
import type { Modality } from '../../base/recipe/index.ts'
import { type Column, type Field, isMissing, type RecordBatch, textOf, utf8At } from '../../base/record/index.ts'
import type { SideColumns } from '../../base/store/index.ts'

/** Numbers a record of its content key. */
export const CONTENT_STRIDE = HASH_STRIDE

/** Data whose content is a text or a medium: there an identifier only names it. In a table it may be all that a row says. */
const NAMED_CONTENT: ReadonlySet<Modality> = new Set(['text', 'image', 'audio'])

/** What a present field counts in `quality`, beside the characters of all. */
const PRESENT = 2 ** 32

/** Fields whose equality makes two records the same. */
export const contentFields = (fields: readonly Field[], modality: Modality): Field[] =>
  NAMED_CONTENT.has(modality) ? fields.filter((field) => field.role !== 'identifier' && field.role !== 'note') : [...fields]

/** The texts that near duplicates are looked for in. */
export const nearTextFields = (fields: readonly Field[]): Field[] =>
  fields.filter((field) => (field.type === 'text' || field.type === 'json') && field.role === 'text')

/** Fields that must agree for one near duplicate to stand for another: labels, groups and whatever else is not the text itself. */
const agreeing = (fields: readonly Field[], modality: Modality): Field[] =>
  contentFields(fields, modality).filter((field) => field.role !== 'text')

/** What must agree, as columns: of JSON that is read for its texts all the rest, such as who speaks and which image is shown. */
const agreeingColumns = (batch: RecordBatch, modality: Modality): (Column | undefined)[] => [
  ...agreeing(batch.fields, modality).map(({ name }) => batch.columns.get(name)),
  ...nearTextFields(batch.fields).flatMap(({ name, type }) => {
    const column = type === 'json' ? textOf(batch, name) : undefined
    return column ? [unwordedJson(column)] : []
  }),
]

/** The texts of a batch's records as near duplicates see them: of one field as they lie, of several joined by line ends. */
export function nearTexts(batch: RecordBatch, fields: readonly Field[]): (row: number) => string | Utf8Text {
  const columns = fields.flatMap(({ name }) => wordsOf(batch, name) ?? [])
  const [only] = columns
  if (columns.length !== 1 || !only) return (row) => columns.flatMap((column) => column.at(row) ?? []).join('\n')
  return (row) => utf8At(only.utf8, row) ?? ''
}

/**
 * Signatures by which duplicates are found later: `content` (106 bits of a hash over all content fields, 2 numbers a
 * record), `quality` (present fields, then bytes of text: the fuller record is kept) and, for text, `bands`.
 */
export function signRecords(batch: RecordBatch, modality: Modality): SideColumns {
  const n = batch.ids.length
  const columns = contentFields(batch.fields, modality).map(({ name }) => batch.columns.get(name))
  const content = hashRows(columns, n)
  const quality = new Float64Array(n)
  for (const column of columns) if (column) addQuality(quality, column)
  const texts = nearTextFields(batch.fields)
  if (modality !== 'text' || texts.length === 0) return { content, quality }
  const bands = new Float64Array(n * BANDS)
  const shingle = createShingler()
  const others = agreeingColumns(batch, modality)
  const salts = others.length === 0 ? undefined : hashRows(others, n)
  const textAt = nearTexts(batch, texts)
  for (let row = 0; row < n; row++) {
    const salt = salts ? (salts[row * CONTENT_STRIDE] as number) % 2 ** 32 : 0
    bandKeys(shingle(textAt(row)), bands, row * BANDS, salt)
  }
  return { content, quality, bands }
}

function addQuality(quality: Float64Array, column: Column): void {
  const lengths = column.kind === 'text' ? column.utf8.lengths : undefined
  for (let row = 0; row < quality.length; row++) {
    if (!isMissing(column, row)) quality[row] = (quality[row] as number) + PRESENT + (lengths?.[row] ?? 0)
  }
}
