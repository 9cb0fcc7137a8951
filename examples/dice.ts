/** Seeded choices for the generators of example data: the same sequence on every machine. */
export interface Dice {
  /** Uniform in [0, 1). */
  readonly next: () => number
  /** Uniform integer in [low, high]. */
  readonly integer: (low: number, high: number) => number
  /** Normal deviate, by the sum of twelve uniforms. */
  readonly normal: (mean: number, deviation: number) => number
  readonly chance: (probability: number) => boolean
  readonly pick: <T>(items: readonly T[]) => T
  /** `n` different items in random order. */
  readonly some: <T>(items: readonly T[], n: number) => T[]
}

/** xorshift32 (Marsaglia 2003), stirred so that small seeds do not start alike. @param seed a positive integer */
export function dice(seed: number): Dice {
  let state = Math.imul(seed, 0x9e3779b1) | 1
  const next = (): number => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
  for (let i = 0; i < 16; i++) next()
  const integer = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1))
  const normal = (mean: number, deviation: number): number => {
    let sum = -6
    for (let i = 0; i < 12; i++) sum += next()
    return mean + deviation * sum
  }
  const pick = <T>(items: readonly T[]): T => items[integer(0, items.length - 1)] as T
  const some = <T>(items: readonly T[], n: number): T[] => {
    const rest = [...items]
    return Array.from({ length: Math.min(n, rest.length) }, () => rest.splice(integer(0, rest.length - 1), 1)[0] as T)
  }
  return { next, integer, normal, chance: (probability) => next() < probability, pick, some }
}
