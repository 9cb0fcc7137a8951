import type { TextProfile } from './text-profile.ts'

/** How much a text repeats itself; shares are of the UTF-16 code units of its tokens. */
export interface TextRepetition {
  /** Share of the most frequent n-gram, all its occurrences counted; 0 when nothing occurs twice. */
  readonly topNgramShare: (profile: TextProfile, n: number) => number
  /** Share of tokens that lie in an n-gram which occurred before; overlaps are counted once. */
  readonly duplicateNgramShare: (profile: TextProfile, n: number) => number
  /** Lines that occurred before: as a share of lines and of code units. */
  readonly duplicateLineShares: (profile: TextProfile) => { readonly lines: number; readonly units: number }
}

const MULTIPLIER = 0x2c1b3c6d

/**
 * Makes the measures of repetition, with a hash table that they reuse. O(tokens).
 * Source: Rae et al. 2021 (Gopher, arXiv 2112.11446) table A1; n-grams are compared by 32-bit hashes, so that a text
 * of a thousand tokens has a chance of about 10⁻⁴ of one false repeat.
 */
export function createRepetition(): TextRepetition {
  const table = new HashCounts()

  const eachNgram = (profile: TextProfile, n: number, visit: (first: number, hash: number) => void): void => {
    const { tokenHashes, tokens } = profile
    let weight = 1
    for (let i = 0; i < n; i++) weight = Math.imul(weight, MULTIPLIER)
    let rolling = 0
    for (let i = 0; i < tokens; i++) {
      rolling = Math.imul(rolling, MULTIPLIER) + (tokenHashes[i] as number)
      if (i >= n) rolling -= Math.imul(tokenHashes[i - n] as number, weight)
      rolling |= 0
      if (i >= n - 1) visit(i - n + 1, rolling)
    }
  }

  return {
    topNgramShare(profile, n) {
      const { tokens, tokenOffsets } = profile
      if (tokens <= n) return 0
      table.reset(tokens)
      let top = 0
      eachNgram(profile, n, (first, hash) => {
        const count = table.count(hash)
        if (count < 2) return
        const units = (tokenOffsets[first + n] as number) - (tokenOffsets[first] as number)
        if (count * units > top) top = count * units
      })
      return top / (tokenOffsets[tokens] as number)
    },
    duplicateNgramShare(profile, n) {
      const { tokens, tokenOffsets } = profile
      if (tokens <= n) return 0
      table.reset(tokens)
      let covered = 0
      let coveredTo = 0
      eachNgram(profile, n, (first, hash) => {
        if (table.count(hash) < 2) return
        const from = Math.max(first, coveredTo)
        coveredTo = first + n
        covered += (tokenOffsets[coveredTo] as number) - (tokenOffsets[from] as number)
      })
      return covered / (tokenOffsets[tokens] as number)
    },
    duplicateLineShares(profile) {
      const { tokenHashes, tokenOffsets, tokens, lineStarts, tokenLines } = profile
      if (tokenLines < 2) return { lines: 0, units: 0 }
      table.reset(tokenLines)
      let lines = 0
      let units = 0
      for (let line = 0; line < tokenLines; line++) {
        const from = lineStarts[line] as number
        const to = lineStarts[line + 1] as number
        let hash = to - from
        for (let i = from; i < to; i++) hash = (Math.imul(hash, MULTIPLIER) + (tokenHashes[i] as number)) | 0
        if (table.count(hash) < 2) continue
        lines++
        units += (tokenOffsets[to] as number) - (tokenOffsets[from] as number)
      }
      return { lines: lines / tokenLines, units: units / (tokenOffsets[tokens] as number) }
    },
  }
}

/** Counts of 32-bit keys in an open-addressing table at most half full. */
class HashCounts {
  private keys = new Int32Array(2048)
  private counts = new Int32Array(2048)
  private mask = 2047

  reset(distinct: number): void {
    let size = 64
    while (size < distinct * 2) size *= 2
    if (size > this.keys.length) {
      this.keys = new Int32Array(size)
      this.counts = new Int32Array(size)
    }
    this.counts.fill(0, 0, size)
    this.mask = size - 1
  }

  /** Adds one to the key's count and gives it. */
  count(key: number): number {
    const { keys, counts, mask } = this
    let slot = Math.imul(key ^ (key >>> 16), 0x45d9f3b)
    slot = (slot ^ (slot >>> 15)) & mask
    while (counts[slot] !== 0) {
      if (keys[slot] === key) {
        const count = (counts[slot] as number) + 1
        counts[slot] = count
        return count
      }
      slot = (slot + 1) & mask
    }
    keys[slot] = key
    counts[slot] = 1
    return 1
  }
}
