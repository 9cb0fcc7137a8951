/** A code of a list with its names and the other ways in which raw data write it. */
export interface CodeEntry {
  readonly code: string
  readonly zh: string
  readonly en: string
  readonly aliases: readonly string[]
}

/** A code as it is compared: half-width, lower case, single spaces. */
export const foldCode = (text: string): string => text.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase()

/** Spellings at one level, folded → code; null where one stands for two codes. */
function spellingsAt(entries: readonly CodeEntry[], level: (entry: CodeEntry) => readonly string[]): Map<string, string | null> {
  const found = new Map<string, string | null>()
  for (const entry of entries) {
    for (const spelling of level(entry).map(foldCode)) {
      const other = found.get(spelling)
      found.set(spelling, other === undefined || other === entry.code ? entry.code : null)
    }
  }
  return found
}

/**
 * Every spelling of the codes, folded → code. A code itself goes before a name, a name before an alias; a spelling that
 * stands for two codes at the same level is left out, so that its values are reported and not guessed.
 */
export function codeSpellings(entries: readonly CodeEntry[]): Record<string, string> {
  const levels = [
    spellingsAt(entries, ({ code }) => [code]),
    spellingsAt(entries, ({ zh, en }) => [zh, en]),
    spellingsAt(entries, ({ aliases }) => aliases),
  ]
  const spellings = new Map<string, string>()
  for (const [spelling, code] of levels.flatMap((level) => [...level])) {
    if (spelling !== '' && code !== null && !spellings.has(spelling)) spellings.set(spelling, code)
  }
  return Object.fromEntries(spellings)
}

/** The code that a raw text stands for; undefined when the list has none. `3.0`, as floats are exported, is `3`. */
export function codeOf(spellings: Readonly<Record<string, string>>, text: string): string | undefined {
  const folded = foldCode(text)
  if (Object.hasOwn(spellings, folded)) return spellings[folded]
  const whole = /^(\d+)\.0+$/.exec(folded)?.[1]
  return whole !== undefined && Object.hasOwn(spellings, whole) ? spellings[whole] : undefined
}
