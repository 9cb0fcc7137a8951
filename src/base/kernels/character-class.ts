/** What one UTF-16 code unit is to a reader of text. */
export const CharacterClass = {
  other: 0,
  space: 1,
  newline: 2,
  letter: 3,
  digit: 4,
  han: 5,
  kana: 6,
  punctuation: 7,
  symbol: 8,
  control: 9,
  highSurrogate: 10,
  lowSurrogate: 11,
} as const

type Code = (typeof CharacterClass)[keyof typeof CharacterClass]

/** Unicode classes in the order in which they are painted; a later one wins. */
const PAINT: readonly (readonly [RegExp, Code])[] = [
  [/\p{P}+/gu, CharacterClass.punctuation],
  [/[\p{S}\ufffd]+/gu, CharacterClass.symbol],
  [/\p{Z}+/gu, CharacterClass.space],
  [/[\p{Cc}\p{Cf}]+/gu, CharacterClass.control],
  [/[\p{L}\p{M}\p{Nl}]+/gu, CharacterClass.letter],
  [/\p{Nd}+/gu, CharacterClass.digit],
  [/\p{Script=Han}+/gu, CharacterClass.han],
  [/[\p{Script=Hiragana}\p{Script=Katakana}\u30fc]+/gu, CharacterClass.kana],
  [/[\t\v\f]+/g, CharacterClass.space],
  [/[\n\r\u0085\u2028\u2029]+/g, CharacterClass.newline],
  [/[\ud800-\udbff]+/g, CharacterClass.highSurrogate],
  [/[\udc00-\udfff]+/g, CharacterClass.lowSurrogate],
]

function paintClasses(): Uint8Array {
  const units: string[] = []
  for (let code = 0; code < 0x10000; code++) units.push(String.fromCharCode(code))
  const all = units.join('')
  const classes = new Uint8Array(0x10000)
  for (const [pattern, code] of PAINT) {
    for (const run of all.matchAll(pattern)) classes.fill(code, run.index, run.index + run[0].length)
  }
  // A high surrogate beside a low one reads as a pair in `all`; both halves are set by their own ranges.
  classes.fill(CharacterClass.highSurrogate, 0xd800, 0xdc00)
  classes.fill(CharacterClass.lowSurrogate, 0xdc00, 0xe000)
  // 々 〆 〇 are letters and numbers to Unicode, characters to a reader.
  classes.fill(CharacterClass.han, 0x3005, 0x3008)
  return classes
}

/** Class of each UTF-16 code unit (Unicode general category and script); 64 KiB, painted once. */
export const CHARACTER_CLASS: Uint8Array = paintClasses()

/** Class of a code point above U+FFFF: Han of the supplementary planes, letters, else symbols (emoji …). */
export function classOfSupplementary(codePoint: number): Code {
  if (codePoint >= 0x20000 && codePoint < 0x34000) return CharacterClass.han
  if (codePoint >= 0xe0000) return CharacterClass.control
  // Scripts of plane 1 lie below the pictographs, except Arabic mathematical letters and emoji.
  return codePoint < 0x1d000 || (codePoint >= 0x1d400 && codePoint < 0x1d800) || (codePoint >= 0x1e000 && codePoint < 0x1f000)
    ? CharacterClass.letter
    : CharacterClass.symbol
}
