/** Finds any of many words in one pass. */
export interface KeywordMatcher {
  /** Number of the first word that ends earliest in the text, or −1. O(length), however many words. */
  readonly find: (text: string) => number
}

/** Upper case ASCII letters read as lower case. */
const folded = (unit: number): number => (unit >= 65 && unit <= 90 ? unit + 32 : unit)

interface Trie {
  readonly next: Map<number, number>[]
  readonly fallback: number[]
  readonly word: number[]
}

function buildTrie(words: readonly string[]): Trie {
  const trie: Trie = { next: [new Map()], fallback: [0], word: [-1] }
  words.forEach((word, number) => {
    let state = 0
    for (let at = 0; at < word.length; at++) {
      const unit = folded(word.charCodeAt(at))
      let child = trie.next[state]?.get(unit)
      if (child === undefined) {
        child = trie.next.length
        trie.next.push(new Map())
        trie.fallback.push(0)
        trie.word.push(-1)
        trie.next[state]?.set(unit, child)
      }
      state = child
    }
    if (state !== 0 && (trie.word[state] as number) < 0) trie.word[state] = number
  })
  return trie
}

/** Fallbacks level by level: the longest proper suffix that is also a beginning; a state takes over its fallback's word. */
function linkFallbacks(trie: Trie): number[] {
  const order = [0]
  for (let at = 0; at < order.length; at++) {
    const state = order[at] as number
    for (const [unit, child] of trie.next[state] ?? []) {
      let suffix = trie.fallback[state] as number
      while (suffix !== 0 && !trie.next[suffix]?.has(unit)) suffix = trie.fallback[suffix] as number
      const found = state === 0 ? 0 : (trie.next[suffix]?.get(unit) ?? 0)
      trie.fallback[child] = found
      if ((trie.word[child] as number) < 0) trie.word[child] = trie.word[found] as number
      order.push(child)
    }
  }
  return order
}

/**
 * Compiles words to a table of transitions over the characters that occur in them.
 * @param words not empty strings; ASCII case does not count
 * Cost: states · distinct characters · 4 bytes. Source: Aho & Corasick 1975.
 */
export function compileKeywords(words: readonly string[]): KeywordMatcher {
  const trie = buildTrie(words)
  const order = linkFallbacks(trie)
  const classOf = new Uint16Array(65_536)
  let classes = 1
  for (const children of trie.next) for (const unit of children.keys()) if (classOf[unit] === 0) classOf[unit] = classes++
  for (let unit = 65; unit <= 90; unit++) classOf[unit] = classOf[unit + 32] as number
  const table = new Int32Array(trie.next.length * classes)
  for (const state of order) {
    const fallback = trie.fallback[state] as number
    if (state !== 0) table.copyWithin(state * classes, fallback * classes, (fallback + 1) * classes)
    for (const [unit, child] of trie.next[state] ?? []) table[state * classes + (classOf[unit] as number)] = child
  }
  const wordOf = Int32Array.from(trie.word)
  return {
    find: (text) => {
      let state = 0
      for (let at = 0; at < text.length; at++) {
        state = table[state * classes + (classOf[text.charCodeAt(at)] as number)] as number
        if ((wordOf[state] as number) >= 0) return wordOf[state] as number
      }
      return -1
    },
  }
}
