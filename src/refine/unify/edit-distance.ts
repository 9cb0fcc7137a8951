/** Characters of a name that are compared. */
const MAX_COMPARED = 64

/** Least number of insertions, deletions and replacements that turn one text into the other (Levenshtein). O(length²), at most 64². */
export function editDistance(left: string, right: string): number {
  const a = [...left].slice(0, MAX_COMPARED)
  const b = [...right].slice(0, MAX_COMPARED)
  let above = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (const [i, character] of a.entries()) {
    const row = [i + 1]
    for (const [j, other] of b.entries()) {
      const replaced = (above[j] as number) + (character === other ? 0 : 1)
      row.push(Math.min(replaced, (above[j + 1] as number) + 1, (row[j] as number) + 1))
    }
    above = row
  }
  return above[b.length] as number
}
