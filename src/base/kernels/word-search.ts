import { CHARACTER_CLASS, CharacterClass } from './character-class.ts'

/** A word that occurs in a text; `at` is its place in UTF-16 code units. */
export interface FoundWord {
  /** As it was looked for: folded. */
  readonly word: string
  readonly at: number
}

/** Finds any of many words or phrases. */
export interface WordSearch {
  /** The words that occur, from left to right, the longest at a place, none overlapping, up to `most`; Latin words only whole. */
  readonly find: (text: string, most: number) => readonly FoundWord[]
}

/** Each code unit in lower case and of usual width, still one unit: places in a text stay what they are. */
const FOLDED = Uint16Array.from({ length: 65_536 }, (_, unit) => {
  const usual = unit >= 0xff01 && unit <= 0xff5e ? unit - 0xfee0 : unit === 0x3000 ? 0x20 : unit
  const lower = String.fromCharCode(usual).toLowerCase()
  return lower.length === 1 ? lower.charCodeAt(0) : usual
})

/** A word as it is looked for: NFKC, lower case. */
export const foldWord = (word: string): string => Array.from(word.normalize('NFKC').trim(), foldCharacter).join('')

const foldCharacter = (character: string): string =>
  character.length === 1 ? String.fromCharCode(FOLDED[character.charCodeAt(0)] as number) : character

interface Branch {
  readonly next: Map<number, Branch>
  word: string | undefined
}

/** Bits of the table of beginnings: a text without any word fails one look-up a unit, and a second where a word could begin. */
const PAIR_BITS = 16
const pairOf = (first: number, second: number): number =>
  (Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b)) >>> (32 - PAIR_BITS)

const NOTHING: readonly FoundWord[] = []

/**
 * Prepares a search for words without regard to case or full width. O(length) where nothing begins like a word, however
 * many there are; at worst O(length · longest word).
 * @param words of two code units or more; shorter ones are passed over
 */
export function createWordSearch(words: Iterable<string>): WordSearch {
  const root: Branch = { next: new Map(), word: undefined }
  const pairs = new Uint8Array(1 << PAIR_BITS)
  const starts = new Uint8Array(65_536)
  for (const word of Array.from(words, foldWord)) {
    if (word.length < 2) continue
    grow(root, word)
    starts[word.charCodeAt(0)] = 1
    pairs[pairOf(word.charCodeAt(0), word.charCodeAt(1))] = 1
  }
  const begins = new Uint8Array(65_536)
  for (let unit = 0; unit < begins.length; unit++) begins[unit] = starts[FOLDED[unit] as number] as number
  return {
    find: (text, most) => {
      let found: FoundWord[] | undefined
      for (let at = 0; at < text.length - 1; at++) {
        const unit = text.charCodeAt(at)
        if (begins[unit] === 0) continue
        const second = FOLDED[text.charCodeAt(at + 1)] as number
        if (pairs[pairOf(FOLDED[unit] as number, second)] === 0) continue
        const word = longestAt(root, text, at)
        if (word === undefined) continue
        found ??= []
        if (found.push({ word, at }) >= most) break
        at += word.length - 1
      }
      return found ?? NOTHING
    },
  }
}

function grow(root: Branch, word: string): void {
  let branch = root
  for (let at = 0; at < word.length; at++) {
    const unit = word.charCodeAt(at)
    const next = branch.next.get(unit) ?? { next: new Map(), word: undefined }
    branch.next.set(unit, next)
    branch = next
  }
  branch.word = word
}

/** The longest word that begins here and is whole. */
function longestAt(root: Branch, text: string, start: number): string | undefined {
  let longest: string | undefined
  let branch = root.next.get(FOLDED[text.charCodeAt(start)] as number)
  for (let at = start + 1; branch; at++) {
    if (branch.word !== undefined && isWhole(text, start, at)) longest = branch.word
    branch = at < text.length ? branch.next.get(FOLDED[text.charCodeAt(at)] as number) : undefined
  }
  return longest
}

const isPartOfWord = (unit: number): boolean =>
  CHARACTER_CLASS[unit] === CharacterClass.letter || CHARACTER_CLASS[unit] === CharacterClass.digit

/** No letter of an alphabet goes on before or after; Han characters have no such border. */
function isWhole(text: string, start: number, end: number): boolean {
  const cutsBefore = isPartOfWord(text.charCodeAt(start)) && isPartOfWord(text.charCodeAt(start - 1))
  const cutsAfter = isPartOfWord(text.charCodeAt(end - 1)) && isPartOfWord(text.charCodeAt(end))
  return !cutsBefore && !cutsAfter
}
