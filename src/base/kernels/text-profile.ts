import { CHARACTER_CLASS, CharacterClass, classOfSupplementary } from './character-class.ts'
import { codePointAt, type Utf8Text, utf8Of } from './utf8-text.ts'

/**
 * What one pass over a text counts. A token is a word (run of letters and digits of any alphabet) or a single Han or
 * Kana character; a line is one that holds more than white space. The token arrays are valid until the next text.
 */
export interface TextProfile {
  /** Unicode code points. */
  readonly characters: number
  /** Code points but white space and controls. */
  readonly visible: number
  /** Letters of all scripts, Han and Kana too. */
  readonly letters: number
  readonly han: number
  readonly kana: number
  readonly digits: number
  readonly punctuation: number
  readonly symbols: number
  readonly controls: number
  /** Words of alphabets; Han and Kana are not in it. */
  readonly words: number
  /** Words with at least one letter. */
  readonly alphabeticWords: number
  /** UTF-16 code units of the alphabetic words. */
  readonly alphabeticWordUnits: number
  /** `#` and rows of `…` or `...`, the symbols of the Gopher rule. */
  readonly gopherSymbols: number
  readonly lines: number
  readonly bulletLines: number
  readonly ellipsisLines: number
  /** Lines that end as a sentence does. */
  readonly terminalLines: number
  /** Distinct words of the, be, to, of, and, that, have, with. */
  readonly englishStopWords: number
  /** Distinct characters of `CHINESE_FUNCTION_CHARACTERS`. */
  readonly chineseFunctionCharacters: number
  readonly tokens: number
  /** Hash of each token without regard to ASCII case. */
  readonly tokenHashes: Int32Array
  /** UTF-16 code units of the tokens before each token; one entry more than tokens. */
  readonly tokenOffsets: Uint32Array
  /** First token of each line that has tokens; one entry more than `tokenLines`. */
  readonly lineStarts: Uint32Array
  readonly tokenLines: number
}

/** The most frequent grammatical characters of written Chinese; prose of a hundred characters holds several. */
export const CHINESE_FUNCTION_CHARACTERS = '的了是在和有不为与以这中对及并等也就'

const { space, newline, letter, digit, han, kana, punctuation, symbol, control } = CharacterClass

const STOP_WORDS = ['the', 'be', 'to', 'of', 'and', 'that', 'have', 'with']

const FUNCTION_BIT = new Int32Array(0x10000)
for (let i = 0; i < CHINESE_FUNCTION_CHARACTERS.length; i++) FUNCTION_BIT[CHINESE_FUNCTION_CHARACTERS.charCodeAt(i)] = 1 << i

const unitSet = (units: string): Uint8Array => {
  const set = new Uint8Array(0x10000)
  for (let i = 0; i < units.length; i++) set[units.charCodeAt(i)] = 1
  return set
}
const BULLET = unitSet('•‣▪▫●○◦◆◇■□★☆►▶➤✓✔-*–·∙')
const TERMINAL = unitSet('.!?。！？…；;”’"\'」』）)：:~～')
const ELLIPSIS = 0x2026
const FULL_STOP = 0x2e
const HASH = 0x23
/** Full stops in a row that are an ellipsis. */
const STOPS = 3
const HASH_START = 0x811c9dc5 | 0
const HASH_FACTOR = 0x01000193

/** ASCII letters in lower case and digits with bit 5, which keeps them apart from letters; 0 for what ends a word. */
const FOLDED = Uint8Array.from({ length: 128 }, (_, code) => {
  const kind = CHARACTER_CLASS[code]
  return kind === letter || kind === digit ? code | 0x20 : 0
})
const FIRST_LETTER = 'a'.charCodeAt(0)

const finished = (hash: number): number => hash ^ (hash >>> 15)

const hashOfWord = (word: string): number => {
  let hash = HASH_START
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), HASH_FACTOR)
  return finished(hash)
}
const STOP_WORD_BIT: ReadonlyMap<number, number> = new Map(STOP_WORDS.map((word, bit) => [hashOfWord(word), 1 << bit]))

const bitCount = (bits: number): number => {
  let count = 0
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++
  return count
}

/**
 * Makes a function that profiles texts with buffers that it reuses. One pass over the UTF-8, O(length).
 * Source of what is counted: Rae et al. 2021 (Gopher, arXiv 2112.11446) A1.1 and Raffel et al. 2020 (C4), with Han and
 * Kana characters as tokens of their own.
 */
export function createProfiler(): (text: string | Utf8Text) => TextProfile {
  const scan = new ProfileScan()
  return (text) => scan.profile(utf8Of(text))
}

class ProfileScan {
  private tokenHashes = new Int32Array(1024)
  private tokenOffsets = new Uint32Array(1025)
  private lineStarts = new Uint32Array(1025)
  private readonly counts = new Int32Array(12)
  private characters = 0
  private tokens = 0
  private units = 0
  private words = 0
  private alphabeticWords = 0
  private alphabeticWordUnits = 0
  private functionBits = 0
  private gopherSymbols = 0
  private lines = 0
  private tokenLines = 0
  private bulletLines = 0
  private ellipsisLines = 0
  private terminalLines = 0
  /** First and last visible code unit of the open line; −1 before the first. */
  private lineFirst = -1
  private lineLast = 0
  /** Full stops in a row before here, and those at the end of what the line shows. */
  private stops = 0
  private lineStops = 0
  private afterEllipsis = false

  profile({ bytes, start, end }: Utf8Text): TextProfile {
    this.reset(end - start)
    for (let at = start; at < end; ) {
      const byte = bytes[at] as number
      if (byte >= 0x80) at = this.wide(bytes, at, end)
      else if (FOLDED[byte] !== 0) at = this.word(bytes, at, end)
      else {
        this.characters++
        this.sign(byte, CHARACTER_CLASS[byte] as number)
        at++
      }
    }
    this.endLine()
    return this.result()
  }

  /** Counts a character that is no part of a word. */
  private sign(code: number, kind: number): void {
    const { counts } = this
    counts[kind] = (counts[kind] as number) + 1
    if (kind === newline) this.endLine()
    if (kind === space || kind === newline || kind === control) {
      this.stops = 0
      this.afterEllipsis = false
      return
    }
    this.stops = code === FULL_STOP ? this.stops + 1 : 0
    if (code === HASH || this.stops === STOPS || (code === ELLIPSIS && !this.afterEllipsis)) this.gopherSymbols++
    this.afterEllipsis = code === ELLIPSIS
    this.show(code, code)
    this.lineStops = this.stops
  }

  private show(first: number, last: number): void {
    if (this.lineFirst < 0) this.lineFirst = first
    this.lineLast = last
    this.lineStops = 0
  }

  /** Counts the character beyond ASCII at `at`, or the word that it begins, and gives where that ends. */
  private wide(bytes: Uint8Array, at: number, end: number): number {
    const { point, next } = codePointAt(bytes, at)
    if (point > 0xffff) {
      this.characters++
      this.supplementary(point)
      return next
    }
    const kind = CHARACTER_CLASS[point] as number
    if (kind === letter || kind === digit) return this.word(bytes, at, end)
    this.characters++
    if (kind === han || kind === kana) {
      this.functionBits |= FUNCTION_BIT[point] as number
      this.single(kind, point, Math.imul(point, 0x9e3779b1) ^ point, 1)
    } else this.sign(point, kind)
    return next
  }

  private supplementary(point: number): void {
    const kind = classOfSupplementary(point)
    if (kind === han || kind === letter) this.single(kind, 0, Math.imul(point, 0x9e3779b1), 2)
    else this.sign(0, kind)
  }

  /** Counts a character that is a token by itself. */
  private single(kind: number, shown: number, hash: number, units: number): void {
    this.counts[kind] = (this.counts[kind] as number) + 1
    this.token(hash, units)
    this.afterToken(shown, shown)
  }

  private afterToken(first: number, last: number): void {
    this.stops = 0
    this.afterEllipsis = false
    this.show(first, last)
  }

  /** Counts the word at `from` and gives where it ends. */
  // biome-ignore lint/complexity/noExcessiveCognitiveComplexity: the loop that every letter passes; a call a letter would double its time.
  private word(bytes: Uint8Array, from: number, end: number): number {
    let hash = HASH_START
    let digits = 0
    let units = 0
    let last = 0
    let at = from
    while (at < end) {
      const byte = bytes[at] as number
      const folded = byte < 0x80 ? (FOLDED[byte] as number) : this.wordCharacter(bytes, at)
      if (folded === 0) break
      if (folded < FIRST_LETTER || (byte >= 0x80 && CHARACTER_CLASS[folded] === digit)) digits++
      hash = Math.imul(hash ^ folded, HASH_FACTOR)
      last = byte < 0x80 ? byte : folded
      units++
      at += byte < 0x80 ? 1 : byte < 0xe0 ? 2 : 3
    }
    this.characters += units
    this.counts[letter] = (this.counts[letter] as number) + units - digits
    this.counts[digit] = (this.counts[digit] as number) + digits
    this.words++
    if (digits < units) {
      this.alphabeticWords++
      this.alphabeticWordUnits += units
    }
    this.token(finished(hash), units)
    this.afterToken(0, last)
    return at
  }

  /** The letter or digit beyond ASCII at `at`; 0 where there is none. */
  private wordCharacter(bytes: Uint8Array, at: number): number {
    const { point } = codePointAt(bytes, at)
    const kind = point > 0xffff ? symbol : CHARACTER_CLASS[point]
    return kind === letter || kind === digit ? point : 0
  }

  private token(hash: number, units: number): void {
    this.tokenHashes[this.tokens] = hash
    this.units += units
    this.tokens++
    this.tokenOffsets[this.tokens] = this.units
  }

  /** Closes the open line, if it shows anything. */
  private endLine(): void {
    if (this.lineFirst < 0) return
    this.lines++
    if (BULLET[this.lineFirst] === 1) this.bulletLines++
    if (TERMINAL[this.lineLast] === 1) this.terminalLines++
    if (this.lineLast === ELLIPSIS || this.lineStops >= STOPS) this.ellipsisLines++
    if (this.tokens > (this.lineStarts[this.tokenLines] as number)) {
      this.tokenLines++
      this.lineStarts[this.tokenLines] = this.tokens
    }
    this.lineFirst = -1
  }

  private reset(bytes: number): void {
    if (bytes >= this.tokenHashes.length) {
      const capacity = Math.ceil(bytes * 1.25) + 1
      this.tokenHashes = new Int32Array(capacity)
      this.tokenOffsets = new Uint32Array(capacity + 1)
      this.lineStarts = new Uint32Array(capacity + 1)
    }
    this.counts.fill(0)
    this.tokenOffsets[0] = 0
    this.lineStarts[0] = 0
    this.characters = this.tokens = this.units = this.words = this.alphabeticWords = this.alphabeticWordUnits = 0
    this.functionBits = this.stops = this.lineStops = this.lineLast = 0
    this.afterEllipsis = false
    this.lineFirst = -1
    this.gopherSymbols = this.lines = this.tokenLines = this.bulletLines = this.ellipsisLines = this.terminalLines = 0
  }

  private result(): TextProfile {
    const count = (kind: number): number => this.counts[kind] as number
    const { tokenHashes, tokens } = this
    return {
      characters: this.characters,
      visible: this.characters - count(space) - count(newline) - count(control),
      letters: count(letter) + count(han) + count(kana),
      han: count(han),
      kana: count(kana),
      digits: count(digit),
      punctuation: count(punctuation),
      symbols: count(symbol) + count(CharacterClass.other) + count(CharacterClass.lowSurrogate),
      controls: count(control),
      words: this.words,
      alphabeticWords: this.alphabeticWords,
      alphabeticWordUnits: this.alphabeticWordUnits,
      gopherSymbols: this.gopherSymbols,
      lines: this.lines,
      bulletLines: this.bulletLines,
      ellipsisLines: this.ellipsisLines,
      terminalLines: this.terminalLines,
      // Few rules ask for it, and it takes a look at each token.
      get englishStopWords() {
        let bits = 0
        for (let i = 0; i < tokens; i++) bits |= STOP_WORD_BIT.get(tokenHashes[i] as number) ?? 0
        return bitCount(bits)
      },
      chineseFunctionCharacters: bitCount(this.functionBits),
      tokens,
      tokenHashes,
      tokenOffsets: this.tokenOffsets,
      lineStarts: this.lineStarts,
      tokenLines: this.tokenLines,
    }
  }
}
