/** Characters of a text by which its language is told. */
const LOOKED_AT = 1_000
/** Letters from which a language can be told. */
const MIN_LETTERS = 12
/** Share of Han among letters from which a text counts as Chinese, kana as Japanese. */
const HAN_SHARE = 0.3
const KANA_SHARE = 0.1

/** Counts code units by script: Han, kana, and all letters. */
function scriptsOf(text: string): { han: number; kana: number; letters: number } {
  let han = 0
  let kana = 0
  let other = 0
  const end = Math.min(text.length, LOOKED_AT)
  for (let at = 0; at < end; at++) {
    const code = text.charCodeAt(at)
    if (code < 0x41) continue
    if (code < 0x80) other += (code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a ? 1 : 0
    else if (code >= 0x4e00 && code <= 0x9fff) han++
    else if (code >= 0x3040 && code <= 0x30ff) kana++
    else if (code >= 0xc0 && code < 0xd800 && !(code >= 0x2000 && code <= 0x303f)) other++
  }
  return { han, kana, letters: han + kana + other }
}

/** Tells the language of a text as an ISO 639-1 code; `und` when it is too short or not clear. */
export type LanguageTeller = (text: string) => string

/**
 * Chinese and Japanese by their scripts, the others by n-grams.
 * Source: ELD (Nito-ELD 2.1), small database.
 */
export async function openLanguageTeller(): Promise<LanguageTeller> {
  const { eld } = await import('eld/small')
  return (text) => {
    const { han, kana, letters } = scriptsOf(text)
    if (kana > 0 && kana >= KANA_SHARE * letters && han + kana >= HAN_SHARE * letters) return 'ja'
    if (han > 0 && han >= HAN_SHARE * letters) return 'zh'
    if (letters < MIN_LETTERS) return 'und'
    const found = eld.detect(text.length > LOOKED_AT ? text.slice(0, LOOKED_AT) : text)
    return found.language !== '' && found.isReliable() ? found.language : 'und'
  }
}
