import { codePointAt, stringOf, type Utf8Text, utf8Of } from './utf8-text.ts'

/** Tokens of a shingle. */
export const SHINGLE_TOKENS = 5

/** What a UTF-16 code unit is to the stream of tokens. */
const SEPARATOR = 0
const WORD = 1
/** A token by itself: Han, Kana, a symbol above U+FFFF. */
const SINGLE = 2
/** NFKC or lower case gives another token: the text is folded as a string first. */
const FOLDS = 3

const SINGLE_CHARACTER = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u
const WORD_CHARACTER = /[\p{L}\p{N}\p{M}_]/u
/** Characters that NFKC may join with the one before. */
const JOINING = /[\p{M}\u1160-\u11ff]/u

function classOf(character: string): number {
  return SINGLE_CHARACTER.test(character) ? SINGLE : WORD_CHARACTER.test(character) ? WORD : SEPARATOR
}

/** Classes of code units in text that is folded, and in text as it came. */
function classTables(): { folded: Uint8Array; raw: Uint8Array } {
  const folded = new Uint8Array(65_536)
  const raw = new Uint8Array(65_536)
  for (let code = 0; code < 65_536; code++) {
    if (code >= 0xd800 && code <= 0xdfff) {
      folded[code] = SINGLE
      raw[code] = FOLDS
      continue
    }
    const character = String.fromCharCode(code)
    folded[code] = classOf(character)
    const after = character.normalize('NFKC').toLowerCase()
    const staysSeparator = folded[code] === SEPARATOR && [...after].every((one) => classOf(one) === SEPARATOR)
    raw[code] = (code >= 0x80 && after !== character && !staysSeparator) || JOINING.test(character) ? FOLDS : (folded[code] as number)
  }
  return { folded, raw }
}

const CLASS = classTables()

/** ASCII letters in lower case, digits and `_`; 0 for separators. */
const LOWER = Uint8Array.from({ length: 128 }, (_, code) =>
  CLASS.folded[code] === WORD ? String.fromCharCode(code).toLowerCase().charCodeAt(0) : 0,
)

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

/** Text as duplicates are compared: NFKC, lower case. White space needs no folding: tokens do not hold it. */
export const foldForDuplicates = (text: string): string => text.normalize('NFKC').toLowerCase()

const FACTOR_1 = 0x2c1b3c6d
const FACTOR_2 = 0x297a2d39

/** What the first of n tokens weighs in the rolling hash of n. */
function weightOfFirst(factor: number): number {
  let weight = 1
  for (let i = 0; i < SHINGLE_TOKENS; i++) weight = Math.imul(weight, factor)
  return weight
}

const WEIGHT_1 = weightOfFirst(FACTOR_1)
const WEIGHT_2 = weightOfFirst(FACTOR_2)

/**
 * Makes a function that gives the shingles of a text: 5-grams over the stream of tokens, where a token is a word
 * (run of letters, digits, marks) or a single Han or Kana character. A text with fewer than five tokens is one
 * shingle, so that no text has an empty set. The function reuses its buffers. O(length).
 */
export function createShingler(): (text: string | Utf8Text) => Shingles {
  const scan = new ShingleScan()
  return (text) => scan.shingle(utf8Of(text))
}

class ShingleScan {
  private high = new Uint32Array(4096)
  private low = new Uint32Array(4096)
  private tokens1 = new Int32Array(4096)
  private tokens2 = new Int32Array(4096)
  private tokens = 0
  private foldsNothing = true

  shingle({ bytes, start, end }: Utf8Text): Shingles {
    this.reset(end - start)
    if (!this.read(bytes, start, end, CLASS.raw)) {
      const folded = Buffer.from(foldForDuplicates(stringOf({ bytes, start, end })), 'utf8')
      this.reset(folded.length)
      this.read(folded, 0, folded.length, CLASS.folded)
    }
    return { count: this.roll(), high: this.high, low: this.low }
  }

  private reset(bytes: number): void {
    this.tokens = 0
    this.foldsNothing = true
    if (bytes < this.tokens1.length) return
    const capacity = Math.ceil(bytes * 1.25) + 1
    this.high = new Uint32Array(capacity)
    this.low = new Uint32Array(capacity)
    this.tokens1 = new Int32Array(capacity)
    this.tokens2 = new Int32Array(capacity)
  }

  /** Hashes the tokens; false where the text must be folded first. */
  private read(bytes: Uint8Array, start: number, end: number, classes: Uint8Array): boolean {
    for (let at = start; at < end; ) {
      const byte = bytes[at] as number
      if (byte >= 0x80) at = this.wide(bytes, at, end, classes)
      else if (LOWER[byte] === 0) at++
      else at = this.word(bytes, at, end, classes)
    }
    return this.foldsNothing
  }

  /** Hashes the token beyond ASCII at `at` and gives where it ends; the end of the text where that must be folded first. */
  private wide(bytes: Uint8Array, at: number, end: number, classes: Uint8Array): number {
    const { point, next } = codePointAt(bytes, at)
    const kind = point > 0xffff ? kindOfSupplementary(point, classes) : (classes[point] as number)
    if (kind === WORD) return this.word(bytes, at, end, classes)
    if (kind === SINGLE) this.single(point)
    if (kind !== FOLDS) return next
    this.foldsNothing = false
    return end
  }

  /** A character that is a token; above U+FFFF one token a half, as in UTF-16. */
  private single(point: number): void {
    if (point > 0xffff) {
      this.single(0xd800 + ((point - 0x10000) >> 10))
      this.single(0xdc00 + ((point - 0x10000) & 0x3ff))
      return
    }
    this.tokens1[this.tokens] = Math.imul(point, 0x9e3779b1)
    this.tokens2[this.tokens++] = Math.imul(point, 0x85ebca77) ^ point
  }

  /** Reads the word at `from` and gives where it ends. */
  private word(bytes: Uint8Array, from: number, end: number, classes: Uint8Array): number {
    let word1 = 0x811c9dc5 | 0
    let word2 = 0x1000193
    let at = from
    while (at < end) {
      const byte = bytes[at] as number
      let code = 0
      if (byte < 0x80) {
        code = LOWER[byte] as number
        if (code === 0) break
        at++
      } else {
        const { point, next } = codePointAt(bytes, at)
        if (point > 0xffff || classes[point] !== WORD) break
        code = point
        at = next
      }
      word1 = Math.imul(word1 ^ code, 0x01000193)
      word2 = Math.imul(word2 + code, 0x5bd1e995)
    }
    this.tokens1[this.tokens] = word1
    this.tokens2[this.tokens++] = word2 ^ (word2 >>> 15)
    return at
  }

  /** Hashes of all runs of SHINGLE_TOKENS tokens by two rolling polynomials, mixed; gives how many. */
  private roll(): number {
    const { tokens1, tokens2, high, low, tokens } = this
    const width = Math.min(tokens, SHINGLE_TOKENS)
    let a = 0
    let b = 0
    let count = 0
    for (let i = 0; i < tokens; i++) {
      a = (Math.imul(a, FACTOR_1) + (tokens1[i] as number)) | 0
      b = (Math.imul(b, FACTOR_2) + (tokens2[i] as number)) | 0
      if (i >= SHINGLE_TOKENS) {
        a = (a - Math.imul(tokens1[i - SHINGLE_TOKENS] as number, WEIGHT_1)) | 0
        b = (b - Math.imul(tokens2[i - SHINGLE_TOKENS] as number, WEIGHT_2)) | 0
      }
      if (i + 1 < width) continue
      const mixed = avalanche(a ^ (b >>> 7) ^ width)
      high[count] = mixed
      low[count++] = avalanche(b ^ Math.imul(mixed, 0x1b873593))
    }
    if (count > 0) return count
    high[0] = avalanche(width)
    low[0] = avalanche(high[0] as number)
    return 1
  }
}

/** Above U+FFFF: Han and pictographs are tokens as they are; letters of other scripts may have another case or form. */
function kindOfSupplementary(point: number, classes: Uint8Array): number {
  const stands = (point >= 0x1f300 && point < 0x1fb00) || (point >= 0x20000 && point < 0x2f800) || (point >= 0x30000 && point < 0x34000)
  return stands || classes === CLASS.folded ? SINGLE : FOLDS
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
