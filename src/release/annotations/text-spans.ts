import {
  inUtf16,
  type LabelledSpan,
  labelledSpans,
  mainTextOf,
  type Offsets,
  spansFieldOf,
  withoutOverlaps,
} from '../../base/kernels/index.ts'
import { textOf } from '../../base/record/index.ts'
import type { ExportTable } from '../export-form.ts'
import type { TablePiece } from '../export-parts/export-tables.ts'
import { parsed } from '../export-parts/plain-value.ts'
import { textFields } from './annotated-fields.ts'

/** Which field's spans lie in which text, and how they count. */
export interface SpanFields {
  readonly text: string
  readonly spans: string
  readonly offsets: Offsets
}

/** The text that a table's spans lie in: the one whose name says so, else the first. Undefined where a field is absent. */
export function spanFields(table: ExportTable, offsets: Offsets): SpanFields | undefined {
  const spans = spansFieldOf(table.fields)
  const text = mainTextOf(textFields(table))
  return spans && text ? { text: text.name, spans: spans.name, offsets } : undefined
}

/** A text and the labelled parts of it. */
export interface SpannedText {
  readonly id: string
  readonly row: number
  readonly text: string
  /** In UTF-16 code units, by place, none overlapping. */
  readonly spans: readonly LabelledSpan[]
}

/** Reasons for which a text or a span is left out. */
export const SPAN_REASONS = {
  'no-text': { zh: '记录没有文本', en: 'the record has no text' },
  outside: { zh: '片段不在文本之内或没有可见字符', en: 'a span outside of its text, or without a visible character' },
  overlap: { zh: '与另一片段重叠', en: 'a span that overlaps another' },
} as const

/** Texts of some records with their spans; records without a text and spans that cannot stand are left out. */
export function* spannedTexts(
  { batch }: TablePiece,
  fields: SpanFields,
  leaveOut: (reason: keyof typeof SPAN_REASONS, id: string) => void,
): Iterable<SpannedText> {
  const [texts, annotations] = [textOf(batch, fields.text), textOf(batch, fields.spans)]
  for (const [row, id] of batch.ids.entries()) {
    const text = texts?.values[row] ?? null
    if (text === null) {
      leaveOut('no-text', id)
      continue
    }
    const found = inUtf16(text, labelledSpans(parsed(annotations?.values[row] ?? 'null')), fields.offsets)
    yield { id, row, text, spans: withoutOverlaps(text, found, (reason) => leaveOut(reason, id)) }
  }
}
