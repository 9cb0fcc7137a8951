import { CHARACTER_CLASS, CharacterClass } from '../../base/kernels/character-class.ts'

/** What one pass over a text counts, in UTF-16 code units. */
export interface TextScan {
  readonly units: number
  /** All but white space and line ends. */
  readonly visible: number
  /** Letters, Han, Kana, digits; pairs of surrogates count as content. */
  readonly content: number
  /** Controls, U+FFFD and private-use characters. */
  readonly noise: number
}

const REPLACEMENT = 0xfffd
const PRIVATE_START = 0xe000
const PRIVATE_END = 0xf8ff

/** 0 white space, 1 content, 2 other visible, 3 noise. */
const KIND = new Uint8Array(65_536)
for (let unit = 0; unit < 65_536; unit++) {
  const kind = CHARACTER_CLASS[unit] as number
  if (kind === CharacterClass.space || kind === CharacterClass.newline) KIND[unit] = 0
  else if (kind === CharacterClass.control || unit === REPLACEMENT || (unit >= PRIVATE_START && unit <= PRIVATE_END)) KIND[unit] = 3
  else if (kind === CharacterClass.punctuation || kind === CharacterClass.symbol || kind === CharacterClass.other) KIND[unit] = 2
  else KIND[unit] = 1
}

/** Counts a text's characters by kind. One pass. */
export function scanText(text: string): TextScan {
  let content = 0
  let other = 0
  let noise = 0
  for (let at = 0; at < text.length; at++) {
    const kind = KIND[text.charCodeAt(at)] as number
    if (kind === 1) content++
    else if (kind === 2) other++
    else if (kind === 3) noise++
  }
  return { units: text.length, visible: content + other + noise, content, noise }
}
