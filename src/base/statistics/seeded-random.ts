/** A generator whose whole sequence is fixed by its seed. */
export interface SeededRandom {
  /** Uniform in [0, 1), 32 bits of resolution. */
  readonly next: () => number
  /** Uniform integer in [0, n). @param n 1 ≤ n ≤ 2³² */
  readonly below: (n: number) => number
}

/** Spreads a seed over the generator's state, so that neighbouring seeds share nothing. */
function splitMix(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x9e3779b9) | 0
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad)
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
    return (mixed ^ (mixed >>> 15)) | 0
  }
}

/**
 * A generator with period 2¹²⁸ − 1, the same on every machine.
 * @param seed any integer; its low 32 bits count
 * Source: xoshiro128** (Blackman & Vigna 2018), state from a 32-bit SplitMix.
 */
export function seededRandom(seed: number): SeededRandom {
  const spread = splitMix(seed)
  let [a, b, c, d] = [spread(), spread(), spread(), spread() | 1]
  const bits = (): number => {
    const scaled = Math.imul(b, 5)
    const result = Math.imul((scaled << 7) | (scaled >>> 25), 9) >>> 0
    const shifted = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = (d << 11) | (d >>> 21)
    return result
  }
  return { next: () => bits() / 2 ** 32, below: (n) => Math.floor((bits() / 2 ** 32) * n) }
}

/** The numbers 0 … n−1 in an order fixed by the generator (Fisher–Yates). */
export function shuffledIndices(n: number, random: SeededRandom): Uint32Array {
  const order = Uint32Array.from({ length: n }, (_, index) => index)
  for (let last = n - 1; last > 0; last--) {
    const chosen = random.below(last + 1)
    const held = order[last] as number
    order[last] = order[chosen] as number
    order[chosen] = held
  }
  return order
}
