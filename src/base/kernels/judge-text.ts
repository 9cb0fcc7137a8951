import type { RecordBatch, Step } from '../record/index.ts'
import { rejectWhere, textOf } from '../record/index.ts'

/** Why a text cannot pass: a reason of the operator and the figure that was found. */
export interface TextVerdict {
  readonly reason: string
  readonly found: string
}

/** A figure as quarantine shows it: at most three decimals. */
export const figure = (value: number): string => String(Math.round(value * 1000) / 1000)

/**
 * Sends to quarantine each record of which some named column holds a text that `judge` refuses. Missing values, texts
 * under `minimumLength` UTF-16 code units and names without a text column are not judged.
 */
export function rejectTexts(
  batch: RecordBatch,
  columns: readonly string[],
  minimumLength: number,
  judge: (text: string) => TextVerdict | null,
): Step {
  const judged = columns.flatMap((field) => {
    const column = textOf(batch, field)
    return column ? [{ field, values: column.values }] : []
  })
  if (judged.length === 0) return rejectWhere(batch, () => null)
  return rejectWhere(batch, (row) => {
    for (const { field, values } of judged) {
      const text = values[row]
      if (text === null || text === undefined || text.length < minimumLength) continue
      const verdict = judge(text)
      if (verdict) return { ...verdict, field }
    }
    return null
  })
}
