import type { Field } from '../record/index.ts'

const BOX_NAMES = /^(?:bbox(?:es)?|box(?:es)?|objects?|detections?|annotations?|labels?|.*标注框?|.*目标框)$/i
const SPAN_NAMES = /^(?:spans?|entit(?:y|ies)|ner|mentions?|annotations?|labels?|.*实体|.*标注)$/i
const MAIN_TEXT = /^(?:text|content|sentence|document|正文|文本|内容|句子)$/i

function jsonField(fields: readonly Field[], names: RegExp): Field | undefined {
  const candidates = fields.filter((field) => field.type === 'json')
  return candidates.find((field) => names.test(field.name)) ?? candidates.find((field) => field.role === 'label')
}

/** JSON field that holds boxes: by its name, else the label. */
export const boxesFieldOf = (fields: readonly Field[]): Field | undefined => jsonField(fields, BOX_NAMES)

/** JSON field that holds labelled spans of a text: by its name, else the label. */
export const spansFieldOf = (fields: readonly Field[]): Field | undefined => jsonField(fields, SPAN_NAMES)

/** The text that a table's spans lie in: the one whose name says so, else the first. @param texts texts of the table */
export const mainTextOf = (texts: readonly Field[]): Field | undefined => texts.find(({ name }) => MAIN_TEXT.test(name)) ?? texts[0]

const TOKEN_NAMES = /^(?:tokens?|words?|分词)$/i
const TAG_NAMES = /^(?:(?:ner|bio|pos|chunk)_?tags?|tags?|标签序列)$/i

/** Two JSON fields that hold a record's tokens and their tags. */
export function taggedTokensOf(fields: readonly Field[]): { readonly tokens: Field; readonly tags: Field } | undefined {
  const json = fields.filter((field) => field.type === 'json')
  const tokens = json.find((field) => TOKEN_NAMES.test(field.name))
  const tags = json.find((field) => TAG_NAMES.test(field.name))
  return tokens && tags ? { tokens, tags } : undefined
}
