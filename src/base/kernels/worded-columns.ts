import {
  ANY_TRAIT,
  type Column,
  canonicalJson,
  keepAll,
  mapText,
  type RecordBatch,
  replaceTexts,
  type Step,
  TextColumn,
  textOf,
  traitsOfBytes,
  withColumns,
} from '../record/index.ts'
import { changeTextsIn, type JsonTexts, textsIn } from './json-texts.ts'

/** A column of JSON as what it says and what is left when that is taken out. */
interface WordedJson {
  /** The texts of each value, joined by line ends; null where there is none. */
  readonly words: TextColumn
  /** All traits that one of the texts has. */
  readonly traits: Uint8Array
}

const NO_TEXTS: JsonTexts = { texts: [], nMedia: 0 }
const known = new WeakMap<TextColumn, WordedJson>()

function wordedOf(column: TextColumn): WordedJson {
  const ready = known.get(column)
  if (ready) return ready
  const words: (string | null)[] = new Array(column.length).fill(null)
  const traits = new Uint8Array(column.length)
  for (let row = 0; row < column.length; row++) {
    const { texts } = readTexts(column.at(row))
    if (texts.length > 0) words[row] = texts.join('\n')
    for (const text of texts) {
      const bytes = Buffer.from(text)
      traits[row] = (traits[row] as number) | traitsOfBytes(bytes, 0, bytes.length)
    }
  }
  const worded = { words: new TextColumn(words), traits }
  known.set(column, worded)
  return worded
}

function readTexts(json: string | null): JsonTexts {
  if (json === null) return NO_TEXTS
  try {
    return textsIn(JSON.parse(json))
  } catch {
    return NO_TEXTS
  }
}

const isJsonField = (batch: RecordBatch, name: string): boolean =>
  batch.fields.some((field) => field.name === name && field.type === 'json')

/** The column as people read it: texts as they are, of JSON the texts in it joined by line ends. Undefined when it holds no texts. */
export function wordsOf(batch: RecordBatch, name: string): TextColumn | undefined {
  const column = textOf(batch, name)
  return column && isJsonField(batch, name) ? wordedOf(column).words : column
}

/** A column of JSON with its texts taken out: what must agree for two values to differ in their words alone. */
export function unwordedJson(column: TextColumn): TextColumn {
  return new TextColumn(
    Array.from({ length: column.length }, (_, row) => {
      const json = column.at(row)
      return json === null ? null : rewriteJson(json, () => '')
    }),
  )
}

/** The JSON with its texts changed; itself when there is none, when none changed, or when it is nested too deeply to be written. */
function rewriteJson(json: string, change: (text: string) => string | null): string {
  let isChanged = false
  const changed = (text: string): string => {
    // A message that is nothing stays a text, as whoever reads the value expects.
    const after = change(text) ?? ''
    isChanged ||= after !== text
    return after
  }
  try {
    const value = changeTextsIn(JSON.parse(json), changed)
    return isChanged ? canonicalJson(value) : json
  } catch {
    return json
  }
}

/**
 * Changes the texts of the named columns; in a column of JSON those in its values that people read, and nothing else of
 * them. Names without a text column are passed over; columns in which nothing changed keep their identity.
 * @param mayChange traits of which a text must have one for `change` to do anything
 */
export function rewriteTexts(
  batch: RecordBatch,
  names: readonly string[],
  change: (text: string) => string | null,
  mayChange: number = ANY_TRAIT,
): Step {
  const json = names.filter((name) => isJsonField(batch, name))
  const plain =
    json.length === names.length
      ? keepAll(batch)
      : mapText(
          batch,
          names.filter((name) => !json.includes(name)),
          change,
          mayChange,
        )
  if (json.length === 0) return plain
  const replaced = new Map<string, Column>()
  for (const name of json) {
    const column = textOf(batch, name)
    if (!column) continue
    const changes = changesInJson(column, change, mayChange)
    if (changes.size > 0) replaced.set(name, replaceTexts(column, changes))
  }
  return keepAll(withColumns(plain.kept, replaced))
}

function changesInJson(column: TextColumn, change: (text: string) => string | null, mayChange: number): Map<number, string> {
  const { traits } = wordedOf(column)
  const changes = new Map<number, string>()
  for (let row = 0; row < column.length; row++) {
    // A text without any trait may change too where the operator makes no promise.
    if (mayChange !== ANY_TRAIT && ((traits[row] as number) & mayChange) === 0) continue
    const before = column.at(row)
    if (before === null) continue
    const after = rewriteJson(before, change)
    if (after !== before) changes.set(row, after)
  }
  return changes
}
