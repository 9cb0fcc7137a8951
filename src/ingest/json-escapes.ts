const QUOTE = 0x22
const BACKSLASH = 0x5c
const LETTER_U = 0x75

/** What `\n`, `\t` … write; 0 where a backslash may not stand before the byte. */
const SHORT = new Uint8Array(256)
for (const [letter, written] of ['""', '\\\\', '//', 'b\b', 'f\f', 'n\n', 'r\r', 't\t'])
  SHORT[(letter as string).charCodeAt(0)] = (written as string).charCodeAt(0)

function hexDigit(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30
  const letter = byte | 0x20
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1
}

/** The code unit of four hexadecimal digits; −1 where they are none. */
function codeUnit(bytes: Uint8Array, at: number): number {
  let unit = 0
  for (let i = at; i < at + 4; i++) {
    const digit = hexDigit(bytes[i] as number)
    if (digit < 0) return -1
    unit = unit * 16 + digit
  }
  return unit
}

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit < 0xdc00
const isLow = (unit: number): boolean => unit >= 0xdc00 && unit < 0xe000

/** Where the escape at `at` ends; 0 where it is none that has a UTF-8 form: a lone surrogate has not. */
function escapeEnd(bytes: Uint8Array, at: number): number {
  if (bytes[at + 1] !== LETTER_U) return SHORT[bytes[at + 1] as number] === 0 ? 0 : at + 2
  const unit = codeUnit(bytes, at + 2)
  if (unit < 0 || isLow(unit)) return 0
  if (!isHigh(unit)) return at + 6
  return bytes[at + 6] === BACKSLASH && bytes[at + 7] === LETTER_U && isLow(codeUnit(bytes, at + 8)) ? at + 12 : 0
}

/** Where the JSON string that begins after the quote before `from` ends, and whether it has escapes. */
export interface StringEnd {
  /** Index of the closing quote; −1 where the bytes are no string of a line that ends at `end`. */
  quote: number
  escaped: boolean
}

/** Finds the end of a string. The bytes are well-formed UTF-8. @param into reused, since there are many strings */
export function findStringEnd(bytes: Uint8Array, from: number, end: number, into: StringEnd): void {
  into.quote = -1
  into.escaped = false
  for (let at = from; at < end; at++) {
    const byte = bytes[at] as number
    if (byte === QUOTE) {
      into.quote = at
      return
    }
    if (byte < 0x20) return
    if (byte !== BACKSLASH) continue
    into.escaped = true
    const after = escapeEnd(bytes, at)
    if (after === 0 || after > end) return
    at = after - 1
  }
}

/** Writes the string [from, quote), whose escapes are known to be good, to `into` at `at`; gives where it ends. */
export function writeUnescaped(bytes: Uint8Array, from: number, quote: number, into: Buffer, at: number): number {
  let to = at
  for (let i = from; i < quote; i++) {
    const byte = bytes[i] as number
    if (byte !== BACKSLASH) {
      into[to++] = byte
      continue
    }
    const letter = bytes[i + 1] as number
    if (letter !== LETTER_U) {
      into[to++] = SHORT[letter] as number
      i++
      continue
    }
    const unit = codeUnit(bytes, i + 2)
    const pair = isHigh(unit)
    to += into.write(pair ? String.fromCharCode(unit, codeUnit(bytes, i + 8)) : String.fromCharCode(unit), to, 'utf8')
    i += pair ? 11 : 5
  }
  return to
}
