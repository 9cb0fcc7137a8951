import { textsIn } from '../base/kernels/index.ts'
import type { Field, RecordBatch } from '../base/record/index.ts'

/** The text of a record, and whether it is one that consists of media alone, of which no text can be asked. */
export interface RecordText {
  readonly text: string
  readonly isMedia: boolean
}

const NO_TEXT: RecordText = { text: '', isMedia: false }

function readJson(json: string): RecordText {
  try {
    const { texts, nMedia } = textsIn(JSON.parse(json))
    return { text: texts.join('\n'), isMedia: texts.length === 0 && nMedia > 0 }
  } catch {
    return NO_TEXT
  }
}

function together(parts: readonly RecordText[]): RecordText {
  const text = parts
    .map((part) => part.text)
    .filter((part) => part !== '')
    .join('\n')
  return { text, isMedia: parts.length > 0 && parts.every(({ isMedia }) => isMedia) }
}

/** Reads the texts of a batch's records in the given fields, joined by line ends. A JSON field's are the texts in it. */
export function textReader(batch: RecordBatch, fields: readonly Field[]): (row: number) => RecordText {
  const columns = fields.flatMap(({ name, type }) => {
    const column = batch.columns.get(name)
    return column?.kind === 'text' ? [{ values: column.values, isJson: type === 'json' }] : []
  })
  return (row) =>
    together(
      columns.flatMap(({ values, isJson }) => {
        const value = values[row] ?? null
        return value === null ? [] : [isJson ? readJson(value) : { text: value, isMedia: false }]
      }),
    )
}
