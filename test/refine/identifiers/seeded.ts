/** Random choices that are the same in every run (mulberry32). */
export interface Seeded {
  readonly int: (from: number, to: number) => number
  readonly pick: <T>(items: readonly T[]) => T
  readonly digits: (n: number) => string
  readonly chars: (alphabet: string, n: number) => string
}

export function seeded(seed: number): Seeded {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const int = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1))
  const chars = (alphabet: string, n: number): string => Array.from({ length: n }, () => alphabet[int(0, alphabet.length - 1)]).join('')
  return {
    int,
    pick: (items) => items[int(0, items.length - 1)] as (typeof items)[number],
    digits: (n) => chars('0123456789', n),
    chars,
  }
}
