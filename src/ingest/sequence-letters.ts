export type Alphabet = 'dna' | 'rna' | 'protein'

/** How often each letter occurs in a sequence, and the first character that is none. */
export interface LetterCounts {
  /** By ASCII code, upper case. */
  readonly counts: Uint32Array
  illegal: string | null
}

export const startCounts = (): LetterCounts => ({ counts: new Uint32Array(128), illegal: null })

/** Upper-case code of each ASCII letter, of the stop `*` and the gaps `-` and `.`; 0 for all else. */
const LEGAL = new Uint8Array(128)
for (let code = 65; code <= 90; code++) {
  LEGAL[code] = code
  LEGAL[code + 32] = code
}
for (const sign of '*-.') LEGAL[sign.charCodeAt(0)] = sign.charCodeAt(0)

/**
 * Counts the letters of one line of a sequence. All of A–Z are amino acids, ambiguity codes or unknown (IUPAC-IUB),
 * so that only digits, signs and letters past ASCII are illegal.
 */
export function countLetters(line: string, into: LetterCounts): void {
  const { counts } = into
  for (let i = 0; i < line.length; i++) {
    const code = LEGAL[line.charCodeAt(i)] ?? 0
    if (code === 0) {
      into.illegal ??= line.charAt(i)
      return
    }
    counts[code] = (counts[code] as number) + 1
  }
}

const codeOf = (letter: string): number => letter.charCodeAt(0)
const NUCLEOTIDE_CODES = new Set([...'ACGTUNRYSWKMBDHV-.'].map(codeOf))
const PLAIN_NUCLEOTIDES = 'ACGTUN'

/** Share of plain bases from which a sequence of nothing but nucleotide codes is one; peptides of such letters are rare and short. */
const NUCLEOTIDE_SHARE = 0.9

/** The alphabet that a sequence seems to be written in: a guess, for `ACGT` is also Ala-Cys-Gly-Thr. */
export function guessAlphabet({ counts }: LetterCounts): Alphabet {
  const letters = sum(counts, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ*')
  const isProtein = counts.some((count, code) => count > 0 && !NUCLEOTIDE_CODES.has(code))
  if (isProtein || sum(counts, PLAIN_NUCLEOTIDES) < NUCLEOTIDE_SHARE * letters || letters === 0) return 'protein'
  return sum(counts, 'U') > 0 && sum(counts, 'T') === 0 ? 'rna' : 'dna'
}

/** Share of G, C and S (either) among the bases whose share of it is known; null without any. As Biopython's `gc_fraction`. */
export function gcShare({ counts }: LetterCounts): number | null {
  const strong = sum(counts, 'GCS')
  const all = strong + sum(counts, 'ATUW')
  return all === 0 ? null : strong / all
}

function sum(counts: Uint32Array, letters: string): number {
  let total = 0
  for (let i = 0; i < letters.length; i++) total += counts[letters.charCodeAt(i)] as number
  return total
}
