import { describe, expect, it } from 'vitest'
import { arrangeVotes, chooseMethod, decide, loadConsensusMethods, numberVotes, type Votes } from '../../../src/annotate/index.ts'
import { shareRight, simulateVotes } from './simulated-votes.ts'

const methods = await loadConsensusMethods()
const methodOf = (id: string) => methods.find((one) => one.id === id)?.plugin as (typeof methods)[number]['plugin']
const solve = (id: string, votes: Votes, parameters: unknown = {}, gold?: Int32Array) =>
  methodOf(id).fit(votes, methodOf(id).parameters.parse(parameters), { gold })

/** Dawid & Skene as their paper writes it, in logarithms, with maps: slow and plain. */
function dawidSkeneByHand(
  { nItems, nAnnotators, nClasses, starts, annotators, classes }: Votes,
  iterations: number,
  smoothing: number,
): number[][] {
  const votesOf = (i: number) =>
    Array.from(annotators.subarray(starts[i], starts[i + 1])).map((a, n) => ({ a, said: classes[(starts[i] as number) + n] as number }))
  let posterior = Array.from({ length: nItems }, (_, i) => {
    const votes = votesOf(i)
    return Array.from({ length: nClasses }, (_, k) =>
      votes.length === 0 ? 1 / nClasses : votes.filter(({ said }) => said === k).length / votes.length,
    )
  })
  for (let step = 0; step < iterations; step++) {
    const voted = posterior.filter((_, i) => votesOf(i).length > 0)
    const prior = Array.from(
      { length: nClasses },
      (_, k) => (voted.reduce((sum, p) => sum + (p[k] as number), 0) + 1e-3) / (voted.length + 1e-3 * nClasses),
    )
    const error = Array.from({ length: nAnnotators }, (_, a) =>
      Array.from({ length: nClasses }, (_, k) => {
        const counts = new Array<number>(nClasses).fill(smoothing)
        for (let i = 0; i < nItems; i++)
          for (const vote of votesOf(i)) if (vote.a === a) counts[vote.said] = (counts[vote.said] as number) + (posterior[i]?.[k] as number)
        const sum = counts.reduce((x, y) => x + y, 0)
        return counts.map((n) => n / sum)
      }),
    )
    posterior = posterior.map((before, i) => {
      const votes = votesOf(i)
      if (votes.length === 0) return before
      const logs = prior.map((p, k) => Math.log(p) + votes.reduce((sum, { a, said }) => sum + Math.log(error[a]?.[k]?.[said] as number), 0))
      const most = Math.max(...logs)
      const shares = logs.map((log) => Math.exp(log - most))
      const sum = shares.reduce((x, y) => x + y, 0)
      return shares.map((share) => share / sum)
    })
  }
  return posterior
}

describe('Dawid–Skene', () => {
  it.each([2, 3, 4, 6])('is what the paper says, step by step, with %i classes', (nClasses) => {
    const { columns, sizes } = simulateVotes(
      { nItems: 40, nAnnotators: 7, nClasses },
      { nVotes: 190, skill: (a) => 0.4 + 0.08 * a, seed: nClasses },
    )
    const votes = arrangeVotes(columns, sizes)
    for (const iterations of [1, 2, 9]) {
      const { posterior } = solve('dawid-skene', votes, { maxIterations: iterations, tolerance: 1e-300 })
      const expected = dawidSkeneByHand(votes, iterations, 0.01).flat()
      for (const [at, p] of expected.entries()) expect(Math.abs((posterior[at] as number) - p)).toBeLessThan(1e-9)
    }
  })

  it('never makes the votes less likely', () => {
    const { columns, sizes } = simulateVotes(
      { nItems: 200, nAnnotators: 9, nClasses: 3 },
      { nVotes: 900, skill: (a) => 0.35 + 0.07 * a, seed: 5 },
    )
    const votes = arrangeVotes(columns, sizes)
    const likelihoods = Array.from(
      { length: 12 },
      (_, n) => solve('dawid-skene', votes, { maxIterations: n + 1, tolerance: 1e-300, smoothing: 1e-9 }).logLikelihood,
    )
    for (const [n, likelihood] of likelihoods.slice(1).entries())
      expect(likelihood).toBeGreaterThanOrEqual((likelihoods[n] as number) - 1e-6)
  })

  it('finds how good each annotator is without being told the truth', () => {
    const skill = (a: number): number => 0.5 + 0.045 * a
    const { columns, sizes, truth } = simulateVotes({ nItems: 4000, nAnnotators: 10, nClasses: 4 }, { nVotes: 20_000, skill, seed: 11 })
    const { accuracy } = solve('dawid-skene', arrangeVotes(columns, sizes))
    for (let a = 0; a < 10; a++) {
      const own = Array.from(columns.annotators.keys()).filter((v) => columns.annotators[v] === a)
      const real = own.filter((v) => columns.classes[v] === truth[columns.items[v] as number]).length / own.length
      expect(Math.abs((accuracy[a] as number) - real)).toBeLessThan(0.03)
    }
  })
})

describe('methods', () => {
  it('are better than the majority where annotators differ', () => {
    const { columns, sizes, truth } = simulateVotes(
      { nItems: 3000, nAnnotators: 60, nClasses: 3 },
      { nVotes: 15_000, skill: (a) => (a % 3 === 0 ? 0.95 : 0.45), seed: 3 },
    )
    const votes = arrangeVotes(columns, sizes)
    const right = Object.fromEntries(methods.map(({ id }) => [id, shareRight(decide(solve(id, votes), votes), truth)]))
    for (const id of ['dawid-skene', 'one-coin', 'mace', 'glad'])
      expect(right[id], id).toBeGreaterThan((right['majority'] as number) + 0.02)
    const gold = Int32Array.from(truth, (k, i) => (i % 20 === 0 ? k : -1))
    expect(shareRight(decide(solve('weighted', votes, {}, gold), votes), truth)).toBeGreaterThan((right['majority'] as number) + 0.02)
  })

  it('give the worth of a habit to those who do not look', () => {
    const votes = numberVotes([
      ...Array.from({ length: 60 }, (_, i) => ({ item: `${i}`, annotator: 'careful', label: i % 2 === 0 ? 'a' : 'b' })),
      ...Array.from({ length: 60 }, (_, i) => ({ item: `${i}`, annotator: 'careful too', label: i % 2 === 0 ? 'a' : 'b' })),
      ...['lazy', 'lazier', 'laziest'].flatMap((annotator) =>
        Array.from({ length: 60 }, (_, i) => ({ item: `${i}`, annotator, label: 'a' })),
      ),
    ])
    const decided = decide(solve('mace', votes.votes), votes.votes)
    expect(votes.items.every((item, i) => votes.labels[decided[i] as number] === (Number(item) % 2 === 0 ? 'a' : 'b'))).toBe(true)
  })
})

describe('the method of a project', () => {
  const simulated = simulateVotes(
    { nItems: 1500, nAnnotators: 12, nClasses: 3 },
    { nVotes: 7500, skill: (a) => (a < 4 ? 0.97 : 0.4), seed: 21 },
  )
  const votes = arrangeVotes(simulated.columns, simulated.sizes)

  it('is the one that is right most often on held-out gold', () => {
    const gold = Int32Array.from(simulated.truth, (k, i) => (i % 5 === 0 ? k : -1))
    const { chosen, by, trials } = chooseMethod(methods, votes, { gold })
    expect(by).toBe('gold')
    expect(trials).toHaveLength(6)
    expect(Math.max(...trials.map((one) => one.gold?.right ?? 0))).toBe(chosen.gold?.right)
    expect(trials.find(({ id }) => id === 'majority')?.gold?.right).toBeLessThan(chosen.gold?.right as number)
    expect(chosen.gold?.tried).toBe(150)
  })

  it('is the one that explains the votes best where there is too little gold', () => {
    const { chosen, by, trials } = chooseMethod(methods, votes, {})
    expect(by).toBe('likelihood')
    const bics = trials.flatMap(({ bic }) => bic ?? [])
    expect(bics).toHaveLength(4)
    expect(chosen.bic).toBe(Math.min(...bics))
  })
})

describe('votes', () => {
  it('out of range are refused by place', () => {
    const sizes = { nItems: 2, nAnnotators: 1, nClasses: 2 }
    expect(() => arrangeVotes({ items: [0, 2], annotators: [0, 0], classes: [0, 0] }, sizes)).toThrow(
      'item 2 of vote 1, expected a whole number from 0 to 1',
    )
    expect(() => arrangeVotes({ items: [0], annotators: [-1], classes: [0] }, sizes)).toThrow('annotator -1')
    expect(() => arrangeVotes({ items: [0], annotators: [0], classes: [0.5] }, sizes)).toThrow('class 0.5')
    expect(() => arrangeVotes({ items: [0], annotators: [Number.NaN], classes: [0] }, sizes)).toThrow('annotator NaN')
    expect(() => arrangeVotes({ items: [0, 1], annotators: [0], classes: [0, 1] }, sizes)).toThrow('1 values of annotator')
    expect(() => numberVotes([{ item: 'x', annotator: 'a', label: 'bird' }], ['cat', 'dog'])).toThrow('class -1')
  })
})
