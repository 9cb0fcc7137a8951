import { xxh3 } from '@node-rs/xxhash'
import { BANDS, bandKeys, createShingler, HASH_STRIDE, hashRows } from '../../base/kernels/index.ts'
import type { Modality } from '../../base/recipe/index.ts'
import { type Column, type Field, isMissing, type RecordBatch } from '../../base/record/index.ts'
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
  fields.filter((field) => field.type === 'text' && field.role === 'text')

/** Fields that must agree for one near duplicate to stand for another: labels, groups and whatever else is not the text itself. */
const agreeing = (fields: readonly Field[], modality: Modality): Field[] =>
  contentFields(fields, modality).filter((field) => field.role !== 'text')

/** The text of a record as near duplicates see it. */
export function nearText(batch: RecordBatch, fields: readonly Field[], row: number): string {
  let text = ''
  for (const field of fields) {
    const column = batch.columns.get(field.name)
    const value = column?.kind === 'text' ? (column.values[row] ?? null) : null
    if (value !== null) text += text === '' ? value : `\n${value}`
  }
  return text
}

/**
 * Signatures by which duplicates are found later: `content` (106 bits of a hash over all content fields, 2 numbers a
 * record), `quality` (present fields, then characters: the fuller record is kept) and, for text, `bands`.
 */
export function signRecords(batch: RecordBatch, modality: Modality): SideColumns {
  if (!NAMED_CONTENT.has(modality)) return signRows(batch)
  const n = batch.ids.length
  const content = new Float64Array(n * CONTENT_STRIDE)
  const quality = new Float64Array(n)
  const fields = contentFields(batch.fields, modality)
  for (let row = 0; row < n; row++) {
    const { key, present, characters } = contentOf(batch, fields, row)
    const hash = xxh3.xxh128(key)
    content[row * CONTENT_STRIDE] = Number(hash >> 75n)
    content[row * CONTENT_STRIDE + 1] = Number((hash >> 22n) & 0x1fffffffffffffn)
    quality[row] = present * PRESENT + Math.min(characters, PRESENT - 1)
  }
  const texts = nearTextFields(batch.fields)
  if (modality !== 'text' || texts.length === 0) return { content, quality }
  const bands = new Float64Array(n * BANDS)
  const shingle = createShingler()
  const others = agreeing(batch.fields, modality)
  for (let row = 0; row < n; row++) {
    const salt = others.length === 0 ? 0 : xxh3.xxh64(contentOf(batch, others, row).key)
    bandKeys(shingle(nearText(batch, texts, row)), bands, row * BANDS, Number(BigInt(salt) & 0xffffffffn))
  }
  return { content, quality, bands }
}

/** Signatures of tables and series: over all fields, column by column, without a string of the row. */
function signRows(batch: RecordBatch): SideColumns {
  const n = batch.ids.length
  const columns = batch.fields.map((field) => batch.columns.get(field.name))
  const quality = new Float64Array(n)
  for (const column of columns) if (column) addQuality(quality, column)
  return { content: hashRows(columns, n), quality }
}

function addQuality(quality: Float64Array, column: Column): void {
  for (let row = 0; row < quality.length; row++) {
    if (isMissing(column, row)) continue
    const characters = column.kind === 'text' ? (column.values[row] as string).length : 0
    quality[row] = (quality[row] as number) + PRESENT + characters
  }
}

function contentOf(batch: RecordBatch, fields: readonly Field[], row: number): { key: string; present: number; characters: number } {
  let key = ''
  let present = 0
  let characters = 0
  for (const field of fields) {
    const column = batch.columns.get(field.name)
    if (column?.kind === 'number') {
      const value = column.values[row] as number
      if (!Number.isNaN(value)) present++
      key += `\u0001${Number.isNaN(value) ? '' : value}`
      continue
    }
    const value = column?.values[row] ?? null
    if (value !== null) {
      present++
      characters += value.length
    }
    key += value === null ? '\u0001' : `\u0001=${value}`
  }
  return { key, present, characters }
}
