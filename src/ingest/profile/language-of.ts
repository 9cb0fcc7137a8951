import { createProfiler } from '../../base/kernels/index.ts'
import type { Field } from '../../base/record/index.ts'

/** Characters of a text by which its language is told. */
const LOOKED_AT = 1_000
/** Letters and words from which a language can be told: not of a code or a name. */
const MIN_LETTERS = 12
const MIN_WORDS = 3
/** Share of Han among letters from which a text counts as Chinese; of kana, as Japanese. */
const HAN_SHARE = 0.3
const KANA_SHARE = 0.1

/** Tells the language of a text as an ISO 639-1 code; `und` when it is too short or not clear. */
export type LanguageTeller = (text: string) => string

/** Does the field hold prose? */
export const hasLanguage = ({ type, role }: Field): boolean => type === 'text' && role !== 'identifier'

/**
 * Opens a teller for tables, if any of their fields holds prose: Chinese and Japanese by their scripts, the others by n-grams.
 * Source: ELD (Nito-ELD 2.1), small database.
 */
export async function openLanguageTeller(tables: readonly { readonly fields: readonly Field[] }[]): Promise<LanguageTeller> {
  if (!tables.some(({ fields }) => fields.some(hasLanguage))) return () => 'und'
  const { eld } = await import('eld/small')
  const profile = createProfiler()
  return (text) => {
    const start = text.length > LOOKED_AT ? text.slice(0, LOOKED_AT) : text
    const { han, kana, letters, words } = profile(start)
    if (kana > 0 && kana >= KANA_SHARE * letters && han + kana >= HAN_SHARE * letters) return 'ja'
    if (han > 0 && han >= HAN_SHARE * letters) return 'zh'
    if (letters < MIN_LETTERS || words < MIN_WORDS) return 'und'
    const found = eld.detect(start)
    return found.language !== '' && found.isReliable() ? found.language : 'und'
  }
}
