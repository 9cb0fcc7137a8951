import { type TextColumn, type Utf8Values, utf8At } from './text-column.ts'

/**
 * What one pass over a text's bytes tells of it. Most operators change few texts: one that names the traits of which a
 * text must have one is never called for the others, and those are not even decoded.
 */
export const Trait = {
  /** A character beyond ASCII. */
  WIDE: 1,
  /** A character beyond ASCII other than a Han character, CJK or full-width punctuation and typographic quotes. */
  ODD: 2,
  /** An ASCII control character other than tab and line ends. */
  CONTROL: 4,
  /** White space that is no single space or line end between visible characters; one empty line between them is none. */
  SPACING: 8,
  /** `<` or `&`. */
  MARKUP: 16,
  /** Something that an identifier may begin with: a digit, an at sign, the head of a key. */
  IDENTIFIER: 32,
} as const

/** No promise: every text is to be looked at. */
export const ANY_TRAIT = 0x3f

const { WIDE, ODD, CONTROL, SPACING, MARKUP, IDENTIFIER } = Trait

/** Marks of neighbouring bytes, above the bits of the traits. */
const SPACE = 1 << 8
const LINE_END = 1 << 9
/** K or S, of which an I after makes the head of a key (AKIA…, ASIA…). */
const BEFORE_I = 1 << 10
const CAPITAL_I = 1 << 11
const HYPHEN = 1 << 12

const code = (character: string): number => character.charCodeAt(0)

function kindTable(): Uint16Array {
  const table = new Uint16Array(256)
  table.fill(CONTROL, 0, 0x20)
  table[0x7f] = CONTROL
  table.fill(WIDE, 0x80)
  table.fill(IDENTIFIER, code('0'), code('9') + 1)
  for (const blank of '\t\r') table[code(blank)] = SPACING
  for (const blank of '\v\f') table[code(blank)] = SPACING | CONTROL
  table[code(' ')] = SPACE
  table[code('\n')] = LINE_END
  for (const mark of '<&') table[code(mark)] = MARKUP
  for (const mark of '@_') table[code(mark)] = IDENTIFIER
  for (const mark of 'KS') table[code(mark)] = BEFORE_I
  table[code('I')] = CAPITAL_I
  table[code('-')] = HYPHEN
  return table
}

const KIND = kindTable()
/** Before the first and after the last character any white space is out of place. */
const EDGE = SPACE

/** Third bytes of E2 80 xx that are ordinary: – — ‘ ’ “ ” … */
const isTypographic = (third: number): boolean => third === 0xa6 || (third >= 0x93 && third <= 0x9d && third !== 0x95)

/** Traits of three-byte characters that depend on their third byte, by the first two; all others are ODD. */
const BY_THIRD: ReadonlyMap<number, (third: number) => number> = new Map<number, (third: number) => number>([
  [0xe380, (third) => (third >= 0x81 && third <= 0xa9 ? WIDE : WIDE | ODD)],
  [0xe280, (third) => (isTypographic(third) ? WIDE : WIDE | ODD)],
  [0xe291, () => WIDE | ODD | IDENTIFIER],
  [0xe293, () => WIDE | ODD | IDENTIFIER],
  [0xefb9, () => WIDE | ODD | IDENTIFIER],
  [0xefbc, (third) => (third >= 0x90 && third <= 0xa0 ? WIDE | IDENTIFIER : WIDE)],
  [0xefbd, () => WIDE],
])
const FIRST_HAN = 0xe4
const LAST_HAN = 0xe9

/** Traits of the character beyond ASCII at `at`. */
function traitsOfWide(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] as number
  if (lead >= FIRST_HAN && lead <= LAST_HAN) return WIDE
  if (lead < 0xe0) return WIDE | ODD
  if (lead >= 0xf0) return WIDE | ODD | IDENTIFIER
  return BY_THIRD.get((lead << 8) | (bytes[at + 1] as number))?.(bytes[at + 2] as number) ?? WIDE | ODD
}

/** Traits of the UTF-8 text at [start, end). One pass. */
export function traitsOfBytes(bytes: Uint8Array, start: number, end: number): number {
  if (start === end) return SPACING
  let seen = 0
  let pairs = 0
  let triples = 0
  let before = EDGE
  let beforeThat = 0
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number
    let kind = KIND[byte] as number
    if (byte >= 0x80) {
      kind = traitsOfWide(bytes, at)
      if (byte >= 0xe0 && byte < 0xf0) at += 2
    }
    seen |= kind
    // After a space neither a space nor a line end may follow, after a line end no space.
    pairs |=
      (kind & before & (SPACE | HYPHEN)) |
      (((kind & LINE_END) >> 1) & before) |
      (((kind & SPACE) << 1) & before) |
      (((kind & CAPITAL_I) >> 1) & before)
    triples |= kind & before & beforeThat
    beforeThat = before
    before = kind
  }
  const isSpaced = ((pairs | before) & (SPACE | LINE_END)) | (triples & LINE_END)
  return (seen & ANY_TRAIT) | (isSpaced === 0 ? 0 : SPACING) | ((pairs & (HYPHEN | BEFORE_I)) === 0 ? 0 : IDENTIFIER)
}

const known = new WeakMap<TextColumn, Uint8Array>()

/** Traits of each text of a column, found once; 0 where a value is missing. */
export function traitsOf(column: TextColumn): Uint8Array {
  const ready = known.get(column)
  if (ready) return ready
  const traits = new Uint8Array(column.length)
  for (let row = 0; row < column.length; row++) traits[row] = traitsAt(column.utf8, row)
  known.set(column, traits)
  return traits
}

/** The column with other values at some rows, of which alone the traits are found anew. */
export function replaceTexts(column: TextColumn, changes: ReadonlyMap<number, string | null>): TextColumn {
  const replaced = column.replace(changes)
  const before = known.get(column)
  if (before) {
    const traits = before.slice()
    for (const row of changes.keys()) traits[row] = traitsAt(replaced.utf8, row)
    known.set(replaced, traits)
  }
  return replaced
}

function traitsAt(values: Utf8Values, row: number): number {
  const text = utf8At(values, row)
  return text ? traitsOfBytes(text.bytes, text.start, text.end) : 0
}
