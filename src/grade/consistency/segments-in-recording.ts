import { labelledSpans, spansFieldOf } from '../../base/kernels/index.ts'
import type { Relation } from './relation.ts'
import { jsonAt, numberAt } from './relation.ts'

/** Padding that coders leave at the end of a recording, in seconds. */
const EDGE_S = 0.1
/** Times this far past the end are no slip of the annotator: they count milliseconds. */
const MILLISECONDS = 1000
const NO_SLIP = 10

/** Do all ends lie in a recording, in seconds or, where they are far past its end, in milliseconds? */
function fits(ends: readonly number[], duration: number): boolean {
  const last = ends.reduce((most, end) => Math.max(most, end), 0)
  return (last > NO_SLIP * duration ? last / MILLISECONDS : last) <= duration + EDGE_S
}

export const segmentsInRecording: Relation = {
  key: 'segments-in-recording',
  title: { zh: '标注时段都在录音之内', en: 'labelled segments lie in their recording' },
  bind: (batch, table) => {
    const field = table.modality === 'audio' ? spansFieldOf(table.fields) : undefined
    const durations = batch.columns.get('duration')
    if (!field || durations?.kind !== 'number') return undefined
    const labels = batch.columns.get(field.name)
    return (row) => {
      const duration = numberAt(durations, row)
      const segments = labelledSpans(jsonAt(labels, row))
      if (segments.length === 0 || Number.isNaN(duration)) return undefined
      if (segments.some(({ start, end }) => start < 0 || end <= start)) return true
      return !fits(
        segments.map(({ end }) => end),
        duration,
      )
    }
  },
}
