import { compareCodeUnits } from '../record/index.ts'
import { CHARACTER_CLASS, CharacterClass } from './character-class.ts'

/** Finds any of many words or phrases. */
export interface WordSearch {
  /** The words that occur, once for each place, up to `most` places; Latin words only whole. */
  readonly find: (text: string, most: number) => readonly string[]
}

const isPartOfWord = (code: number): boolean =>
  CHARACTER_CLASS[code] === CharacterClass.letter || CHARACTER_CLASS[code] === CharacterClass.digit
const pairOf = (text: string, at: number): number => (text.charCodeAt(at) << 16) | text.charCodeAt(at + 1)

/**
 * Prepares a search for words without regard to case. O(length · words that share their first two code units).
 * @param words of two code units or more; shorter ones are passed over
 */
export function createWordSearch(words: Iterable<string>): WordSearch {
  const begins = new Uint8Array(0x10000)
  const byPair = new Map<number, string[]>()
  for (const word of new Set(Array.from(words, (raw) => raw.normalize('NFKC').toLowerCase().trim()))) {
    if (word.length < 2) continue
    begins[word.charCodeAt(0)] = 1
    const list = byPair.get(pairOf(word, 0)) ?? []
    list.push(word)
    byPair.set(pairOf(word, 0), list)
  }
  for (const list of byPair.values()) list.sort((a, b) => b.length - a.length || compareCodeUnits(a, b))

  const wordAt = (text: string, at: number): string | undefined =>
    byPair.get(pairOf(text, at))?.find((word) => text.startsWith(word, at) && isWhole(text, at, at + word.length))

  return {
    find(original, most) {
      const text = original.toLowerCase()
      const found: string[] = []
      for (let at = 0; at < text.length && found.length < most; at++) {
        if (begins[text.charCodeAt(at)] === 0) continue
        const word = wordAt(text, at)
        if (word === undefined) continue
        found.push(word)
        at += word.length - 1
      }
      return found
    },
  }
}

/** No letter of an alphabet goes on before or after; Han characters have no such border. */
function isWhole(text: string, start: number, end: number): boolean {
  const cutsBefore = isPartOfWord(text.charCodeAt(start)) && isPartOfWord(text.charCodeAt(start - 1))
  const cutsAfter = isPartOfWord(text.charCodeAt(end - 1)) && isPartOfWord(text.charCodeAt(end))
  return !cutsBefore && !cutsAfter
}
