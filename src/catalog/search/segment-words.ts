/** Words of a text for search: what people type is cut the same way as what is found. */

const SEGMENTER = new Intl.Segmenter('zh', { granularity: 'word' })
const HAN = /\p{Script=Han}/u
/** Two characters of Han script side by side: a word that the dictionary cuts otherwise is found by them. */
const PAIR = 2

/** Cuts a text into lower-case words, Chinese ones by dictionary and by pairs of characters, Latin ones without a plain plural's s. */
export function wordsOf(text: string): string[] {
  const plain = text.normalize('NFKC').toLowerCase()
  const words: string[] = []
  for (const { segment, isWordLike } of SEGMENTER.segment(plain)) {
    if (!isWordLike) continue
    words.push(HAN.test(segment) ? segment : singular(segment))
  }
  for (const [run] of plain.matchAll(/\p{Script=Han}{3,}/gu)) words.push(...pairsOf(run))
  return words
}

function pairsOf(run: string): string[] {
  const characters = [...run]
  return characters.length <= PAIR ? [] : characters.slice(0, -1).map((first, at) => first + characters[at + 1])
}

const singular = (word: string): string => (/[a-z]{3,}s$/.test(word) && !/(?:ss|us|is)$/.test(word) ? word.slice(0, -1) : word)
