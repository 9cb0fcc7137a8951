import type { DateOrder } from './parse-date.ts'

/** How often a column's dates can only be read in one order. */
export interface DateOrderEvidence {
  readonly order: DateOrder
  /** First number above 12, second number above 12, and dates that both orders take. */
  readonly dayFirst: number
  readonly monthFirst: number
  readonly ambiguous: number
}

const TRAILING_YEAR = /^\s*(\d{1,2})([-/.])(\d{1,2})\2(?:\d{4}|\d{2})(?!\d)/

type Kind = 'dayFirst' | 'monthFirst' | 'ambiguous' | 'neither'

function kindOf(first: number, second: number): Kind {
  if (first > 12) return second > 12 ? 'neither' : 'dayFirst'
  if (second > 12) return 'monthFirst'
  return first === second ? 'neither' : 'ambiguous'
}

/**
 * Decides a column's order of day and month: the majority of the dates that allow one order only. Where none does,
 * dots are read day first (as in 5.3.2024, DIN 5008), other separators month first.
 */
export function decideDateOrder(texts: Iterable<string>): DateOrderEvidence {
  const counts: Record<Kind, number> = { dayFirst: 0, monthFirst: 0, ambiguous: 0, neither: 0 }
  let dotted = 0
  for (const text of texts) {
    const match = text.length <= 64 ? TRAILING_YEAR.exec(text) : null
    if (!match) continue
    const kind = kindOf(Number(match[1]), Number(match[3]))
    counts[kind]++
    if (kind === 'ambiguous' && match[2] === '.') dotted++
  }
  const { dayFirst, monthFirst, ambiguous } = counts
  const isDayFirst = dayFirst === monthFirst ? dotted * 2 > ambiguous : dayFirst > monthFirst
  return { order: isDayFirst ? 'dmy' : 'mdy', dayFirst, monthFirst, ambiguous }
}
