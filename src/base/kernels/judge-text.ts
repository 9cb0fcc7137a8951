import type { RecordBatch, Step } from '../record/index.ts'
import { rejectWhere, utf8At } from '../record/index.ts'
import { createProfiler, type TextProfile } from './text-profile.ts'
import type { Utf8Text } from './utf8-text.ts'
import { wordsOf } from './worded-columns.ts'

/** Why a text cannot pass: a reason of the operator and the figure that was found. */
export interface TextVerdict {
  readonly reason: string
  readonly found: string
}

/** A figure as quarantine shows it: at most three decimals. */
export const figure = (value: number): string => String(Math.round(value * 1000) / 1000)

/**
 * Sends to quarantine each record of which some named column holds a text that `judge` refuses; of JSON the texts in it are
 * judged as one. Missing values, texts
 * under `minimumLength` UTF-16 code units and names without a text column are not judged.
 */
export function rejectTexts(
  batch: RecordBatch,
  columns: readonly string[],
  minimumLength: number,
  judge: (text: string) => TextVerdict | null,
): Step {
  const judged = columns.flatMap((field) => {
    const column = wordsOf(batch, field)
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

/** The same by the profile of the text, which is read as UTF-8. */
export function rejectProfiles(
  batch: RecordBatch,
  columns: readonly string[],
  minimumLength: number,
  judge: (profile: TextProfile) => TextVerdict | null,
): Step {
  const judged = columns.flatMap((field) => {
    const column = wordsOf(batch, field)
    return column ? [{ field, values: column.utf8 }] : []
  })
  const profileOf = createProfiler()
  return rejectWhere(batch, (row) => {
    for (const { field, values } of judged) {
      const text = utf8At(values, row)
      if (!text || !holdsUnits(text, minimumLength)) continue
      const verdict = judge(profileOf(text))
      if (verdict) return { ...verdict, field }
    }
    return null
  })
}

/** Are there at least so many UTF-16 code units in the text? */
function holdsUnits({ bytes, start, end }: Utf8Text, least: number): boolean {
  if (end - start < least) return false
  // A code unit takes three bytes at most.
  if (end - start >= 3 * least) return true
  let units = 0
  for (let at = start; at < end && units < least; at++) {
    const byte = bytes[at] as number
    // Continuation bytes begin no character; four bytes are a pair of units.
    if ((byte & 0xc0) !== 0x80) units += byte >= 0xf0 ? 2 : 1
  }
  return units >= least
}
