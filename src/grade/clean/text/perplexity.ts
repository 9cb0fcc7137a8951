import { medianOf, scaledMad } from '../../../base/statistics/index.ts'

/** Records of the sample that the model is made from and judges. */
export const PERPLEXITY_SAMPLE = 1000
/** Code units of each that are read. */
export const PERPLEXITY_UNITS = 512
const MIN_SAMPLE = 50
const MIN_UNITS = 20
/** Weight of bigrams against single characters. */
const BIGRAM_WEIGHT = 0.8
/** Deviations above the median (by MAD) from which a record stands out. */
const OUTLYING = 6

export interface Perplexities {
  readonly n: number
  readonly outliers: readonly string[]
  /** Characters' perplexity of the middle record. */
  readonly median: number
}

const pairKey = (before: number, unit: number): number => before * 65_536 + unit

function countInto(text: string, singles: Map<number, number>, pairs: Map<number, number>): void {
  let before = 0
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    singles.set(unit, (singles.get(unit) ?? 0) + 1)
    pairs.set(pairKey(before, unit), (pairs.get(pairKey(before, unit)) ?? 0) + 1)
    before = unit
  }
}

/** Bits a character of a text under the model of all other texts. */
function bitsPerCharacter(text: string, singles: ReadonlyMap<number, number>, pairs: ReadonlyMap<number, number>, total: number): number {
  const [ownSingles, ownPairs] = [new Map<number, number>(), new Map<number, number>()]
  countInto(text, ownSingles, ownPairs)
  const others = total - text.length
  let bits = 0
  let before = 0
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    const single = (singles.get(unit) ?? 0) - (ownSingles.get(unit) ?? 0)
    const context = before === 0 ? 0 : (singles.get(before) ?? 0) - (ownSingles.get(before) ?? 0)
    const pair = (pairs.get(pairKey(before, unit)) ?? 0) - (ownPairs.get(pairKey(before, unit)) ?? 0)
    const alone = (single + 1) / (others + singles.size)
    bits -= Math.log2(context > 0 ? (BIGRAM_WEIGHT * pair) / context + (1 - BIGRAM_WEIGHT) * alone : alone)
    before = unit
  }
  return bits / text.length
}

/**
 * Which records of a sample read unlike the rest: perplexity under an interpolated character-bigram model of the other
 * records. Relative to this very set; a reader's language model would be needed for more.
 * @returns undefined for fewer than 50 texts of 20 characters
 */
export function relativePerplexity(sample: readonly { readonly id: string; readonly value: string }[]): Perplexities | undefined {
  const texts = sample.filter(({ value }) => value.length >= MIN_UNITS)
  if (texts.length < MIN_SAMPLE) return undefined
  const [singles, pairs] = [new Map<number, number>(), new Map<number, number>()]
  let total = 0
  for (const { value } of texts) {
    countInto(value, singles, pairs)
    total += value.length
  }
  const bits = texts.map(({ value }) => bitsPerCharacter(value, singles, pairs, total))
  const median = medianOf(bits)
  const limit = median + OUTLYING * Math.max(scaledMad(bits), 0.1)
  return { n: texts.length, median: 2 ** median, outliers: texts.filter((_, at) => (bits[at] as number) > limit).map(({ id }) => id) }
}
