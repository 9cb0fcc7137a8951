import { CHARACTER_CLASS, CharacterClass, classOfSupplementary } from './character-class.ts'

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

const { space, newline, letter, digit, han, kana, punctuation, symbol, control, highSurrogate } = CharacterClass

/** `the` → 5 bits a letter. */
const packed = (word: string): number => [...word].reduce((key, character) => (key << 5) | (character.charCodeAt(0) & 31), 0)
const STOP_WORDS = ['the', 'be', 'to', 'of', 'and', 'that', 'have', 'with']
const STOP_WORD_BIT: ReadonlyMap<number, number> = new Map(STOP_WORDS.map((word, bit) => [packed(word), 1 << bit]))
const LONGEST_STOP_WORD = 4

/** Bit of the stop word at [from, end), in any case of its letters; 0 for other words. */
function stopWordBit(text: string, from: number, end: number): number {
  let key = 0
  for (let i = from; i < end; i++) {
    const code = text.charCodeAt(i)
    if (code > 0x7f) return 0
    key = (key << 5) | (code & 31)
  }
  return STOP_WORD_BIT.get(key) ?? 0
}

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

const isThreeStops = (text: string, at: number): boolean =>
  text.charCodeAt(at) === FULL_STOP && text.charCodeAt(at + 1) === FULL_STOP && text.charCodeAt(at + 2) === FULL_STOP

/** Does a row of … or of three full stops and more begin here? …… and ...... are one. */
const beginsEllipsis = (text: string, at: number, code: number): boolean =>
  (code === ELLIPSIS || isThreeStops(text, at)) && text.charCodeAt(at - 1) !== code

const bitCount = (bits: number): number => {
  let count = 0
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++
  return count
}

/**
 * Makes a function that profiles texts with buffers that it reuses. One pass, O(length).
 * Source of what is counted: Rae et al. 2021 (Gopher, arXiv 2112.11446) A1.1 and Raffel et al. 2020 (C4), with Han and
 * Kana characters as tokens of their own.
 */
export function createProfiler(): (text: string) => TextProfile {
  const scan = new ProfileScan()
  return (text) => scan.profile(text)
}

class ProfileScan {
  private tokenHashes = new Int32Array(1024)
  private tokenOffsets = new Uint32Array(1025)
  private lineStarts = new Uint32Array(1025)
  private readonly counts = new Int32Array(12)
  private lineFrom = -1
  private lineTo = 0
  private pairs = 0
  private functionBits = 0
  private tokens = 0
  private units = 0
  private words = 0
  private alphabeticWords = 0
  private alphabeticWordUnits = 0
  private stopWordBits = 0
  private gopherSymbols = 0
  private lines = 0
  private tokenLines = 0
  private bulletLines = 0
  private ellipsisLines = 0
  private terminalLines = 0

  profile(text: string): TextProfile {
    this.reset(text.length)
    const { counts } = this
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i)
      const kind = CHARACTER_CLASS[code] as number
      if (kind === space || kind === control) counts[kind] = (counts[kind] as number) + 1
      else if (kind === newline) {
        counts[newline] = (counts[newline] as number) + 1
        this.endLine(text)
      } else {
        if (this.lineFrom < 0) this.lineFrom = i
        i = kind === letter || kind === digit ? this.word(text, i) : this.sign(text, i, code, kind)
        this.lineTo = i
      }
    }
    this.endLine(text)
    return this.result(text.length - this.pairs)
  }

  /** Counts the character at `at`, which is no part of a word of an alphabet, and gives its last code unit. */
  private sign(text: string, at: number, code: number, kind: number): number {
    if (kind === highSurrogate) return this.pair(text, at)
    this.counts[kind] = (this.counts[kind] as number) + 1
    if (kind === han || kind === kana) {
      this.functionBits |= FUNCTION_BIT[code] as number
      this.token(Math.imul(code, 0x9e3779b1) ^ code, 1)
    } else if (code === HASH || beginsEllipsis(text, at, code)) this.gopherSymbols++
    return at
  }

  /** Counts the character above U+FFFF at `at`, or the half of one, and gives its last code unit. */
  private pair(text: string, at: number): number {
    const point = text.codePointAt(at) as number
    const isWhole = point > 0xffff
    const kind = isWhole ? classOfSupplementary(point) : symbol
    this.counts[kind] = (this.counts[kind] as number) + 1
    if (kind === letter || kind === han) this.token(Math.imul(point, 0x9e3779b1), 2)
    if (isWhole) this.pairs++
    return isWhole ? at + 1 : at
  }

  /** Counts the word at `from` and gives its last code unit. */
  private word(text: string, from: number): number {
    let hash = 0x811c9dc5 | 0
    let digits = 0
    let end = from
    for (; end < text.length; end++) {
      const code = text.charCodeAt(end)
      const kind = CHARACTER_CLASS[code]
      if (kind !== letter) {
        if (kind !== digit) break
        digits++
      }
      // ASCII letters differ by case in one bit; digits keep theirs apart from letters.
      hash = Math.imul(hash ^ (code < 0x80 ? code | 0x20 : code), 0x01000193)
    }
    const length = end - from
    this.counts[letter] = (this.counts[letter] as number) + length - digits
    this.counts[digit] = (this.counts[digit] as number) + digits
    this.words++
    if (digits < length) {
      this.alphabeticWords++
      this.alphabeticWordUnits += length
      if (length <= LONGEST_STOP_WORD && digits === 0) this.stopWordBits |= stopWordBit(text, from, end)
    }
    this.token(hash ^ (hash >>> 15), length)
    return end - 1
  }

  private token(hash: number, units: number): void {
    this.tokenHashes[this.tokens] = hash
    this.units += units
    this.tokens++
    this.tokenOffsets[this.tokens] = this.units
  }

  /** Closes the line between `lineFrom` and `lineTo`, if it shows anything. */
  private endLine(text: string): void {
    if (this.lineFrom < 0) return
    this.lines++
    const last = text.charCodeAt(this.lineTo)
    if (BULLET[text.charCodeAt(this.lineFrom)] === 1) this.bulletLines++
    if (TERMINAL[last] === 1) this.terminalLines++
    if (last === ELLIPSIS || isThreeStops(text, this.lineTo - 2)) this.ellipsisLines++
    if (this.tokens > (this.lineStarts[this.tokenLines] as number)) {
      this.tokenLines++
      this.lineStarts[this.tokenLines] = this.tokens
    }
    this.lineFrom = -1
  }

  private reset(length: number): void {
    if (length >= this.tokenHashes.length) {
      const capacity = Math.ceil(length * 1.25) + 1
      this.tokenHashes = new Int32Array(capacity)
      this.tokenOffsets = new Uint32Array(capacity + 1)
      this.lineStarts = new Uint32Array(capacity + 1)
    }
    this.counts.fill(0)
    this.tokenOffsets[0] = 0
    this.lineStarts[0] = 0
    this.tokens = this.units = this.words = this.alphabeticWords = this.alphabeticWordUnits = this.stopWordBits = 0
    this.pairs = this.functionBits = this.lineTo = 0
    this.lineFrom = -1
    this.gopherSymbols = this.lines = this.tokenLines = this.bulletLines = this.ellipsisLines = this.terminalLines = 0
  }

  private result(characters: number): TextProfile {
    const count = (kind: number): number => this.counts[kind] as number
    return {
      characters,
      visible: characters - count(space) - count(newline) - count(control),
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
      englishStopWords: bitCount(this.stopWordBits),
      chineseFunctionCharacters: bitCount(this.functionBits),
      tokens: this.tokens,
      tokenHashes: this.tokenHashes,
      tokenOffsets: this.tokenOffsets,
      lineStarts: this.lineStarts,
      tokenLines: this.tokenLines,
    }
  }
}
