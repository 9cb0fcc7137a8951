/** Tokens of a shingle. */
export const SHINGLE_TOKENS = 5

const SEPARATOR = 0
const WORD = 1
const SINGLE = 2

const SINGLE_CHARACTER = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u
const WORD_CHARACTER = /[\p{L}\p{N}\p{M}_]/u

/** Class of each UTF-16 code unit: of a word, a token by itself (Han, Kana), or a separator. Surrogates stand by themselves in pairs. */
function classTable(): Uint8Array {
  const table = new Uint8Array(65_536)
  for (let code = 0; code < 65_536; code++) {
    if (code >= 0xd800 && code <= 0xdfff) table[code] = SINGLE
    else {
      const character = String.fromCharCode(code)
      table[code] = SINGLE_CHARACTER.test(character) ? SINGLE : WORD_CHARACTER.test(character) ? WORD : SEPARATOR
    }
  }
  return table
}

const CLASS = classTable()

/** Finaliser of MurmurHash3 (Appleby, public domain): every bit of the input moves every bit of the output. */
export function avalanche(value: number): number {
  let h = value
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** Hashes of the shingles of one text, 64 bits each in two lanes; valid until the next text is shingled. */
export interface Shingles {
  readonly count: number
  readonly high: Uint32Array
  readonly low: Uint32Array
}

const BEYOND_ASCII = /[\u0080-\uffff]/

/**
 * Text as duplicates are compared: NFKC, lower case. White space needs no folding: tokens do not hold it.
 */
export const foldForDuplicates = (text: string): string => (BEYOND_ASCII.test(text) ? text.normalize('NFKC') : text).toLowerCase()

/**
 * Makes a function that gives the shingles of a text: 5-grams over the stream of tokens, where a token is a word
 * (run of letters, digits, marks) or a single Han or Kana character. A text with fewer than five tokens is one
 * shingle, so that no text has an empty set. The function reuses its buffers.
 */
export function createShingler(): (text: string) => Shingles {
  let high = new Uint32Array(4096)
  let low = new Uint32Array(4096)
  const ring1 = new Int32Array(SHINGLE_TOKENS)
  const ring2 = new Int32Array(SHINGLE_TOKENS)
  let tokens = 0
  let count = 0

  const emit = (token1: number, token2: number): void => {
    const slot = tokens % SHINGLE_TOKENS
    ring1[slot] = token1
    ring2[slot] = token2
    tokens++
    if (tokens >= SHINGLE_TOKENS) push(SHINGLE_TOKENS)
  }
  const push = (length: number): void => {
    if (count === high.length) {
      high = grow(high)
      low = grow(low)
    }
    let a = length
    let b = 0x9e3779b9
    for (let i = tokens - length; i < tokens; i++) {
      const slot = i % SHINGLE_TOKENS
      a = Math.imul(a, 0x2c1b3c6d) + (ring1[slot] as number)
      b = Math.imul(b, 0x297a2d39) + (ring2[slot] as number)
    }
    const mixed = avalanche(a ^ (b >>> 7))
    high[count] = mixed
    low[count] = avalanche(b ^ Math.imul(mixed, 0x1b873593))
    count++
  }

  /** Reads a word from `start`; gives where it ends. */
  const readWord = (text: string, start: number): number => {
    let word1 = 0x811c9dc5
    let word2 = 0x1000193
    let at = start
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (CLASS[code] !== WORD) break
      word1 = Math.imul(word1 ^ code, 0x01000193)
      word2 = Math.imul(word2 + code, 0x5bd1e995)
    }
    emit(word1, word2 ^ (word2 >>> 15))
    return at
  }

  return (text) => {
    const folded = foldForDuplicates(text)
    tokens = 0
    count = 0
    let at = 0
    while (at < folded.length) {
      const code = folded.charCodeAt(at)
      const kind = CLASS[code]
      if (kind === WORD) {
        at = readWord(folded, at)
        continue
      }
      if (kind === SINGLE) emit(Math.imul(code, 0x9e3779b1), Math.imul(code, 0x85ebca77) ^ code)
      at++
    }
    if (count === 0) push(Math.min(tokens, SHINGLE_TOKENS - 1))
    return { count, high, low }
  }
}

function grow(array: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(array.length * 2)
  larger.set(array)
  return larger
}

/** The distinct shingles as sorted numbers of 53 bits, for exact set operations. */
export function shingleSet(shingles: Shingles): Float64Array {
  const all = new Float64Array(shingles.count)
  for (let i = 0; i < shingles.count; i++) all[i] = (shingles.high[i] as number) * 0x200000 + ((shingles.low[i] as number) >>> 11)
  all.sort()
  let distinct = 0
  for (let i = 0; i < all.length; i++) if (i === 0 || all[i] !== all[i - 1]) all[distinct++] = all[i] as number
  return all.slice(0, distinct)
}

/** Exact Jaccard similarity of two sorted sets. O(|a| + |b|). */
export function jaccard(a: Float64Array, b: Float64Array): number {
  let i = 0
  let j = 0
  let common = 0
  while (i < a.length && j < b.length) {
    const x = a[i] as number
    const y = b[j] as number
    if (x === y) {
      common++
      i++
      j++
    } else if (x < y) i++
    else j++
  }
  const union = a.length + b.length - common
  return union === 0 ? 1 : common / union
}
