import type { Field, Shape } from '../base/record/index.ts'

const MEDIA_TYPES = ['text', 'image', 'audio', 'video', 'other', '文本', '图像', '图片', '音频', '视频', '其他'] as const
const METHODS = ['人工标注', '自动标注', '半自动标注', '其他'] as const
const ANNOTATORS = ['普通标注员', '专业标注员', '行业领域专家', '其他'] as const

const CONTENT: Shape = {
  type: 'array',
  items: {
    type: 'object',
    required: ['media_type', 'content'],
    properties: {
      media_type: { anyOf: [{ enum: MEDIA_TYPES }, { type: 'array', minItems: 1, items: { enum: MEDIA_TYPES } }] },
      content: { type: 'string' },
    },
  },
}

const ANNOTATION: Shape = {
  type: ['object', 'null'],
  required: ['label', 'annotation_method', 'annotator'],
  properties: {
    label: { type: 'array', minItems: 1 },
    annotation_method: { enum: [...METHODS, null] },
    annotator: { enum: [...ANNOTATORS, null] },
  },
}

const exact = (name: string, type: Field['type'], rest: Partial<Field> = {}): Field => ({ name, type, exact: true, ...rest })

/**
 * The national record format as fields. `id` is the release's own name for a record: the record's is `record_id` here.
 * Source: TC609-5-2025-02, as published checkers of it read the fields.
 */
const FIELDS: readonly Field[] = [
  exact('record_id', 'text', { from: ['id'], role: 'identifier', required: true, key: true }),
  exact('rid', 'json', { role: 'note', shape: { type: ['array', 'null'] } }),
  exact('data_content', 'json', { role: 'text', required: true, shape: CONTENT }),
  exact('annotation', 'json', { role: 'label', shape: ANNOTATION }),
  exact('original_time', 'timestamp', { role: 'time', required: true }),
  exact('last_modified_time', 'timestamp', { role: 'note', required: true }),
  exact('version', 'text', { role: 'note', required: true }),
  exact('license', 'text', { role: 'note', required: true }),
  exact('source', 'text', { role: 'note', required: true }),
  exact('source_details', 'text', { role: 'note', required: true }),
  exact('generated_data_indicator', 'integer', { role: 'note', range: [0, 1], required: true }),
]

/** Keys of the format besides `data_content` from which a file counts as one of it. */
const LEAST_KEYS = 6

/** Does a record with these keys follow the national record format, well or badly? */
export function isRecordFormat(names: readonly string[]): boolean {
  const held = new Set(names)
  const others = FIELDS.filter(({ name, from }) => name !== 'data_content' && (held.has(name) || from?.some((one) => held.has(one))))
  return held.has('data_content') && others.length >= LEAST_KEYS
}

/**
 * Fields of a file in the national record format; none for other files. Graded as they came, records must keep to it to the
 * letter; built from, they need all its keys once, and what can be converted is.
 */
export function recordFormatFields(names: readonly string[], everyRecord: boolean): readonly Field[] {
  if (!isRecordFormat(names)) return []
  if (everyRecord) return FIELDS
  const complete = FIELDS.every(({ name, from }) => [name, ...(from ?? [])].some((one) => names.includes(one)))
  return complete ? FIELDS.map(({ exact: _converted, ...field }) => field) : []
}
