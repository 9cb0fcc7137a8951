import { inUtf16, labelledSpans, mainTextOf, quotedSpans, spansFieldOf } from '../../base/kernels/index.ts'
import { textFieldsOf } from '../content-hash.ts'
import type { Relation } from './relation.ts'
import { jsonAt, textAt } from './relation.ts'

/** A span must lie in its text and, where it repeats its words, stand where these do: counted as Python or as JavaScript counts. */
export const spansInText: Relation = {
  key: 'spans-in-text',
  title: { zh: '标注片段都在文本之内，且与所引文字一致', en: 'spans lie in their text, and the words they quote stand there' },
  bind: (batch, table) => {
    const field = spansFieldOf(table.fields)
    const main = mainTextOf(textFieldsOf(table).filter(({ type }) => type !== 'json'))
    if (!field || !main || field === main || table.modality === 'audio') return undefined
    const [labels, texts] = [batch.columns.get(field.name), batch.columns.get(main.name)]
    return (row) => {
      const text = textAt(texts, row)
      const value = jsonAt(labels, row)
      const spans = labelledSpans(value)
      if (text === null || spans.length === 0) return undefined
      if (!spans.every(({ start, end }) => start >= 0 && end > start && end <= text.length)) return true
      return !(['utf-16', 'code-points'] as const).some((offsets) => quotesStand(text, quotedSpans(value), offsets))
    }
  },
}

function quotesStand(text: string, spans: ReturnType<typeof quotedSpans>, offsets: 'utf-16' | 'code-points'): boolean {
  const places = inUtf16(text, spans, offsets)
  return spans.every(({ quote }, at) => text.slice(places[at]?.start, places[at]?.end) === quote)
}
