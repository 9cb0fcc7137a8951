/** A text as identifiers are looked for in it, with the way back to the text as given. */
export interface FoldedText {
  readonly text: string
  /** Index in the original of each code unit; undefined where both texts are the same. */
  readonly offsets: Uint32Array | undefined
}

const KEEP = 0
const DELETE = 0xffff
const HYPHEN = 0x2d
const SPACE = 0x20
const MATHEMATICAL_HIGH = 0xd835

/** Compatibility forms that people type in place of ASCII: full width, small forms. Superscripts are left: m², 13812345678¹. */
const FOLDED_RANGES: readonly (readonly [number, number])[] = [
  [0xff01, 0xff5e],
  [0xfe50, 0xfe6b],
]
const DASHES = '\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uff0d\u2043'
const SPACES = '\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000'
/** Nothing to see: used to hide numbers from filters. */
const INVISIBLE = '\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff'

function foldTable(): Uint16Array {
  const table = new Uint16Array(0x10000)
  for (const [from, to] of FOLDED_RANGES) {
    for (let code = from; code <= to; code++) {
      const folded = String.fromCharCode(code).normalize('NFKC')
      if (folded.length === 1 && folded.charCodeAt(0) < 0x80) table[code] = folded.charCodeAt(0)
    }
  }
  for (const dash of DASHES) table[dash.charCodeAt(0)] = HYPHEN
  for (const blank of SPACES) table[blank.charCodeAt(0)] = SPACE
  for (const hidden of INVISIBLE) table[hidden.charCodeAt(0)] = DELETE
  return table
}

const FOLD = foldTable()

/** Anything that folding changes; enclosed digits ①–⑨ ⓪ and mathematical letters too. */
const FOLDABLE =
  /[\u00a0\u00ad\u2000-\u2015\u202a-\u202f\u2043\u205f\u2060\u2066-\u2069\u2212\u2460-\u2468\u24ea\u3000\ufe50-\ufe6b\ufeff\uff01-\uff5e\ud835]/

/** Digit of an enclosed number ①–⑨ ⓪, else -1. */
function enclosedDigit(code: number): number {
  if (code >= 0x2460 && code <= 0x2468) return code - 0x245f
  return code === 0x24ea ? 0 : -1
}

/** ASCII form of the mathematical letter or digit (U+1D400–1D7FF) that begins at `at`, else 0. */
function mathematicalForm(text: string, at: number): number {
  const folded = String.fromCodePoint(text.codePointAt(at) as number).normalize('NFKC')
  return folded.length === 1 && folded.charCodeAt(0) < 0x80 ? folded.charCodeAt(0) : 0
}

/** What the code unit at `at` becomes, if it is no mathematical letter. */
function foldUnit(text: string, at: number): number {
  const code = text.charCodeAt(at)
  const folded = FOLD[code] as number
  if (folded !== KEEP) return folded
  const digit = enclosedDigit(code)
  const isInRun = digit >= 0 && (enclosedDigit(text.charCodeAt(at - 1)) >= 0 || enclosedDigit(text.charCodeAt(at + 1)) >= 0)
  return isInRun ? 0x30 + digit : code
}

/**
 * The text under NFKC as far as it makes ASCII, code point by code point, so that each offset has its way back: full
 * width and small forms, mathematical letters, runs of enclosed digits; spaces and dashes of all kinds as one; invisible
 * characters away. Superscripts and a single enclosed digit stay: after a number they are footnotes. O(length).
 */
export function foldText(text: string): FoldedText {
  if (!FOLDABLE.test(text)) return { text, offsets: undefined }
  const units = new Uint16Array(text.length)
  const offsets = new Uint32Array(text.length)
  let length = 0
  for (let i = 0; i < text.length; i++) {
    const form = text.charCodeAt(i) === MATHEMATICAL_HIGH ? mathematicalForm(text, i) : 0
    const unit = form || foldUnit(text, i)
    if (unit === DELETE) continue
    units[length] = unit
    offsets[length++] = i
    if (form > 0) i++
  }
  return { text: Buffer.from(units.buffer, 0, length * 2).toString('utf16le'), offsets: offsets.subarray(0, length) }
}

/** Span [start, end) of the folded text as a span of the original. */
export function unfoldSpan(folded: FoldedText, original: string, start: number, end: number): readonly [number, number] {
  const { offsets } = folded
  if (!offsets) return [start, end]
  const last = offsets[end - 1] as number
  const isPair = original.charCodeAt(last) === MATHEMATICAL_HIGH && folded.text.charCodeAt(end - 1) < 0x80
  return [offsets[start] as number, last + (isPair ? 2 : 1)]
}
