const SHORTEST_MATCH = 4
const MATCH_COST = 3
const TABLE_BITS = 12

/** Makes a measure of how much of a text an LZ77 coder would keep, in 0..1: near 1 for dense text, near 0 for repetition. */
export function createCompressibility(): (text: string) => number {
  const positions = new Int32Array(1 << TABLE_BITS)

  /**
   * Code units that remain when each repeat of at least four is written as three. O(length). Not a real coder, so that
   * the figure does not depend on a library's version; like LZ4 it remembers the last place of each hashed quadruple.
   */
  return (text) => {
    const n = text.length
    if (n === 0) return 1
    positions.fill(-1)
    let kept = 0
    let i = 0
    while (i + SHORTEST_MATCH <= n) {
      const slot = quadrupleHash(text, i)
      const before = positions[slot] as number
      positions[slot] = i
      const length = before < 0 ? 0 : matchLength(text, before, i)
      kept += length >= SHORTEST_MATCH ? MATCH_COST : 1
      i += length >= SHORTEST_MATCH ? length : 1
    }
    return Math.min(1, (kept + n - i) / n)
  }
}

function quadrupleHash(text: string, at: number): number {
  const first = Math.imul(text.charCodeAt(at) | (text.charCodeAt(at + 1) << 16), 0x9e3779b1)
  const second = Math.imul(text.charCodeAt(at + 2) | (text.charCodeAt(at + 3) << 16), 0x85ebca6b)
  return (first ^ second) >>> (32 - TABLE_BITS)
}

function matchLength(text: string, before: number, at: number): number {
  let length = 0
  while (at + length < text.length && text.charCodeAt(before + length) === text.charCodeAt(at + length)) length++
  return length
}
