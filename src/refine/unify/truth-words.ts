/** Words for true and false, one pair a line; compared in lower case. */
const PAIRS: ReadonlyArray<readonly [string, string]> = [
  ['true', 'false'],
  ['yes', 'no'],
  ['y', 'n'],
  ['t', 'f'],
  ['on', 'off'],
  ['是', '否'],
  ['真', '假'],
  ['有', '无'],
  ['对', '错'],
  ['√', '×'],
  ['1', '0'],
  ['1.0', '0.0'],
]

const VALUES: ReadonlyMap<string, number> = new Map(PAIRS.flatMap(([yes, no]) => [[yes, 1] as const, [no, 0] as const]))

/** Truth value as people write it: 1 or 0; NaN for anything else. */
export const parseTruth = (text: string): number => VALUES.get(text.trim().toLowerCase()) ?? Number.NaN

/** Are these distinct words one pair of words for true and false? `true` and `false` may stand alone, digits never count. */
export function areTruthWords(words: ReadonlySet<string>): boolean {
  const folded = new Set(Array.from(words, (word) => word.trim().toLowerCase()))
  const pair = PAIRS.find(([yes, no]) => folded.has(yes) || folded.has(no))
  if (!pair || pair[0].startsWith('1')) return false
  for (const word of folded) if (word !== pair[0] && word !== pair[1]) return false
  return folded.size === 2 || pair[0] === 'true'
}
