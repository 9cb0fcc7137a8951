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

/**
 * What a code unit adds to the hash of a pair as its first (upper half) and as its second unit (lower half): one load and a
 * test a unit, and no branch that is taken often.
 */
const IN_PAIR = Int32Array.from(FOLDED, (unit) => {
  const [first, second] = [Math.imul(unit, 0x9e3779b1) >>> 16, Math.imul(unit, 0x85ebca6b) >>> 16]
  return (first << 16) | second
})
const SECOND = 0xffff

interface Branch {
  readonly next: Map<number, Branch>
  word: string | undefined
}

const NOTHING: readonly FoundWord[] = []

/**
 * Prepares a search for words without regard to case or full width. O(length) where nothing begins like a word, however
 * many there are; at worst O(length · longest word).
 * @param words of two code units or more; shorter ones are passed over
 */
export function createWordSearch(words: Iterable<string>): WordSearch {
  const root: Branch = { next: new Map(), word: undefined }
  const pairs = new Uint8Array(65_536)
  for (const word of Array.from(words, foldWord)) {
    if (word.length < 2) continue
    grow(root, word)
    pairs[((IN_PAIR[word.charCodeAt(0)] as number) >>> 16) ^ ((IN_PAIR[word.charCodeAt(1)] as number) & SECOND)] = 1
  }
  return {
    find: (text, most) => {
      let found: FoundWord[] | undefined
      let before = IN_PAIR[text.charCodeAt(0)] as number
      for (let second = 1; second < text.length; second++) {
        const here = IN_PAIR[text.charCodeAt(second)] as number
        const begins = pairs[(before >>> 16) ^ (here & SECOND)]
        before = here
        if (begins === 0) continue
        const word = longestAt(root, text, second - 1)
        if (word === undefined) continue
        found ??= []
        if (found.push({ word, at: second - 1 }) >= most) break
        second += word.length - 1
        before = IN_PAIR[text.charCodeAt(second)] as number
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
  if (isInsideWord(text, start)) return undefined
  let longest: string | undefined
  let branch = root.next.get(FOLDED[text.charCodeAt(start)] as number)
  for (let at = start + 1; branch; at++) {
    if (branch.word !== undefined && !isInsideWord(text, at)) longest = branch.word
    branch = at < text.length ? branch.next.get(FOLDED[text.charCodeAt(at)] as number) : undefined
  }
  return longest
}

const isPartOfWord = (unit: number): boolean =>
  CHARACTER_CLASS[unit] === CharacterClass.letter || CHARACTER_CLASS[unit] === CharacterClass.digit

/** Do letters of an alphabet go on over this place? Han characters have no such border. */
const isInsideWord = (text: string, at: number): boolean => isPartOfWord(text.charCodeAt(at - 1)) && isPartOfWord(text.charCodeAt(at))
