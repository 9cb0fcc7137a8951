import type { TextVerdict } from './judge-text.ts'
import { figure } from './judge-text.ts'
import type { TextProfile } from './text-profile.ts'
import type { TextRepetition } from './text-repetition.ts'

/** A limit; null switches the rule off. */
type Limit = number | null

const above = (reason: string, value: number, limit: Limit): TextVerdict | null =>
  limit !== null && value > limit ? { reason, found: figure(value) } : null
const below = (reason: string, value: number, limit: Limit): TextVerdict | null =>
  limit !== null && value < limit ? { reason, found: figure(value) } : null

/** Share; 0 of nothing. */
const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole)

/**
 * Signs in place of text: punctuation and symbols as a share of the visible characters, and the Gopher symbols `#` and
 * `…` a token (Rae et al. 2021, A1.1: at most 0.1 a word; here a Han character is a token, so Chinese has more room).
 */
export const symbolVerdict = (profile: TextProfile, limits: { maximumShare: Limit; maximumPerToken: Limit }): TextVerdict | null =>
  above('too-many-symbols', share(profile.punctuation + profile.symbols, profile.visible), limits.maximumShare) ??
  (profile.tokens > 0 ? above('too-many-hashes', profile.gopherSymbols / profile.tokens, limits.maximumPerToken) : null)

/** Digits as a share of the visible characters. */
export const digitVerdict = (profile: TextProfile, maximumShare: Limit): TextVerdict | null =>
  above('too-many-digits', share(profile.digits, profile.visible), maximumShare)

/** Letters of all scripts as a share of the visible characters; tokens with a letter as a share of tokens (Gopher: 0.8). */
export const letterVerdict = (profile: TextProfile, limits: { minimumShare: Limit; minimumTokenShare: Limit }): TextVerdict | null =>
  below('too-few-letters', share(profile.letters, profile.visible), limits.minimumShare) ??
  below('too-few-words', share(profile.alphabeticWords + profile.han + profile.kana, profile.tokens), limits.minimumTokenShare)

/** Mean length of the words of alphabets, where they are more than the Han and Kana characters and enough to judge. */
export function wordLengthVerdict(
  profile: TextProfile,
  limits: { minimum: Limit; maximum: Limit; minimumWords: number },
): TextVerdict | null {
  const words = profile.alphabeticWords
  if (words < limits.minimumWords || words < profile.han + profile.kana) return null
  const mean = profile.alphabeticWordUnits / words
  return below('words-too-short', mean, limits.minimum) ?? above('words-too-long', mean, limits.maximum)
}

/** Lines of one sort as a share of all lines, where there are enough of them. */
const lineVerdict = (reason: string, lines: number, profile: TextProfile, maximum: Limit, minimumLines: number): TextVerdict | null =>
  profile.lines < minimumLines ? null : above(reason, share(lines, profile.lines), maximum)

export const bulletVerdict = (profile: TextProfile, maximumShare: Limit, minimumLines: number): TextVerdict | null =>
  lineVerdict('too-many-bullets', profile.bulletLines, profile, maximumShare, minimumLines)

export const ellipsisVerdict = (profile: TextProfile, maximumShare: Limit, minimumLines: number): TextVerdict | null =>
  lineVerdict('too-many-ellipses', profile.ellipsisLines, profile, maximumShare, minimumLines)

export const terminalVerdict = (profile: TextProfile, minimumShare: Limit, minimumLines: number): TextVerdict | null =>
  profile.lines < minimumLines ? null : below('too-few-sentences', share(profile.terminalLines, profile.lines), minimumShare)

export function repeatedLineVerdict(
  profile: TextProfile,
  repetition: TextRepetition,
  limits: { maximumLineShare: Limit; maximumUnitShare: Limit; minimumLines: number },
): TextVerdict | null {
  if (profile.tokenLines < limits.minimumLines) return null
  const { lines, units } = repetition.duplicateLineShares(profile)
  return above('repeated-lines', lines, limits.maximumLineShare) ?? above('repeated-lines', units, limits.maximumUnitShare)
}

/** Limits by n in words; Rae et al. 2021, table A1. */
export const TOP_NGRAM_LIMITS: readonly (readonly [number, number])[] = [
  [2, 0.2],
  [3, 0.18],
  [4, 0.16],
]
export const DUPLICATE_NGRAM_LIMITS: readonly (readonly [number, number])[] = [
  [5, 0.15],
  [6, 0.14],
  [7, 0.13],
  [8, 0.12],
  [9, 0.11],
  [10, 0.1],
]
/** A Chinese word has about two characters, so n words are 2n tokens of a text that is mostly Han. */
const HAN_TOKENS_A_WORD = 2

/**
 * Repetition inside a text: the share of the most frequent n-gram of 2, 3, 4 words and of all repeated n-grams of 5 to 10.
 * Two passes decide most texts: a repeated 10-gram repeats its 5-grams, and a 3- or 4-gram holds no more than two 2-grams.
 * @param strictness limits are divided by it; 1 is Gopher's   @param minimumWords of fewer, one phrase said twice is over them
 */
export function ngramVerdict(
  profile: TextProfile,
  repetition: TextRepetition,
  { strictness, minimumWords }: { strictness: number; minimumWords: number },
): TextVerdict | null {
  const unit = profile.han * 2 > profile.tokens ? HAN_TOKENS_A_WORD : 1
  if (profile.tokens < minimumWords * unit) return null
  const duplicateOf5 = repetition.duplicateNgramShare(profile, 5 * unit)
  const duplicate = firstAbove(
    DUPLICATE_NGRAM_LIMITS,
    strictness,
    () => duplicateOf5,
    (n) => (n === 5 ? duplicateOf5 : repetition.duplicateNgramShare(profile, n * unit)),
  )
  if (duplicate) return { reason: 'repeated-ngrams', found: duplicate }
  const topOf2 = repetition.topNgramShare(profile, 2 * unit)
  const top = firstAbove(
    TOP_NGRAM_LIMITS,
    strictness,
    (n) => (n === 2 ? topOf2 : 2 * topOf2),
    (n) => (n === 2 ? topOf2 : repetition.topNgramShare(profile, n * unit)),
  )
  return top ? { reason: 'frequent-ngram', found: top } : null
}

/** The first n whose share is above its limit; the share is measured only where its bound is. */
function firstAbove(
  limits: readonly (readonly [number, number])[],
  strictness: number,
  boundOf: (n: number) => number,
  shareOf: (n: number) => number,
): string | undefined {
  for (const [n, most] of limits) {
    if (boundOf(n) <= most / strictness) continue
    const value = shareOf(n)
    if (value > most / strictness) return `${n}: ${figure(value)}`
  }
  return undefined
}

/** Words of grammar: of eight English ones in English prose, of the commonest Chinese ones in Chinese. */
export function stopWordVerdict(
  profile: TextProfile,
  limits: { minimumEnglish: Limit; minimumChinese: Limit; minimumTokens: number },
): TextVerdict | null {
  if (profile.tokens < limits.minimumTokens || (limits.minimumEnglish ?? limits.minimumChinese) === null) return null
  return profile.han > profile.alphabeticWords
    ? below('too-few-stop-words', profile.chineseFunctionCharacters, limits.minimumChinese)
    : below('too-few-stop-words', profile.englishStopWords, limits.minimumEnglish)
}
