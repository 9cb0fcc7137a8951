import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arrangeVotes, type Consensus, decide, loadConsensusMethods, type NamedVote, numberVotes } from '../../src/annotate/index.ts'

const methods = await loadConsensusMethods()

const named = (labels: readonly string[]): fc.Arbitrary<NamedVote[]> =>
  fc.array(
    fc.record({
      item: fc.integer({ min: 0, max: 7 }).map((i) => `item ${i}`),
      annotator: fc.integer({ min: 0, max: 4 }).map((a) => `annotator ${a}`),
      label: fc.constantFrom(...labels),
    }),
    { minLength: 1, maxLength: 40 },
  )

const near = (a: Float64Array, b: ArrayLike<number>): void => {
  for (let i = 0; i < a.length; i++) expect(Math.abs((a[i] as number) - (b[i] as number))).toBeLessThan(1e-6)
}

it('there are the six methods', () => {
  expect(methods.map(({ id }) => id)).toEqual(['dawid-skene', 'glad', 'mace', 'majority', 'one-coin', 'weighted'])
})

describe.each(methods)('$id', ({ plugin }) => {
  const solve = (
    votes: readonly NamedVote[],
    labels?: readonly string[],
  ): { consensus: Consensus; numbered: ReturnType<typeof numberVotes> } => {
    const numbered = numberVotes(votes, labels)
    return { consensus: plugin.fit(numbered.votes, plugin.parameters.parse({}), {}), numbered }
  }

  it('says what it is in both languages, and its example holds', () => {
    for (const words of [plugin.title, plugin.doc]) expect(Object.values(words).every((text) => text.length > 0)).toBe(true)
    expect(plugin.source.length).toBeGreaterThan(0)
    const { consensus, numbered } = solve(plugin.example.votes)
    const decided = decide(consensus, numbered.votes)
    for (const [item, label] of Object.entries(plugin.example.labels))
      expect(numbered.labels[decided[numbered.items.indexOf(item)] as number], item).toBe(label)
  })

  it('gives probabilities, and the same bits in whatever order the votes come', () => {
    fc.assert(
      fc.property(named(['a', 'b', 'c']), fc.integer(), (votes, seed) => {
        const { consensus } = solve(votes)
        const shuffled = votes.map((vote, i) => ({ vote, key: Math.imul(i + seed, 2654435761) >>> 0 })).sort((x, y) => x.key - y.key)
        expect(solve(shuffled.map(({ vote }) => vote)).consensus).toEqual(consensus)
        const n = numberVotes(votes).votes.nClasses
        for (let i = 0; i < consensus.posterior.length; i += n) {
          const item = consensus.posterior.subarray(i, i + n)
          expect(item.every((p) => p >= 0 && p <= 1 + 1e-12)).toBe(true)
          expect(item.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 9)
        }
        expect([...consensus.accuracy].every((p) => p >= 0 && p <= 1 + 1e-12)).toBe(true)
        expect([...consensus.prior].reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 9)
      }),
      { numRuns: 60 },
    )
  })

  it('does not care what labels and annotators are called', () => {
    fc.assert(
      fc.property(named(['a', 'b', 'c']), (votes) => {
        const labels = ['a', 'b', 'c']
        const { consensus } = solve(votes, labels)
        const rename: Record<string, string> = { a: 'z', b: 'x', c: 'y' }
        const renamed = votes.map(({ item, annotator, label }) => ({
          item,
          annotator: `x${annotator}`.split('').reverse().join(''),
          label: rename[label] as string,
        }))
        const other = solve(renamed, ['x', 'y', 'z']).consensus
        // Sorted, z x y are 2 0 1.
        const back = other.posterior.map((_, at) => other.posterior[at - (at % 3) + ([2, 0, 1][at % 3] as number)] as number)
        near(consensus.posterior, back)
      }),
      { numRuns: 60 },
    )
  })

  it('believes what all agree on, and knows nothing of an item without votes', () => {
    const votes = ['p', 'q', 'r'].flatMap((annotator) =>
      Array.from({ length: 12 }, (_, i): NamedVote => ({ item: `i${i}`, annotator, label: i % 3 === 0 ? 'a' : 'b' })),
    )
    const { consensus, numbered } = solve(votes)
    const decided = decide(consensus, numbered.votes)
    for (const [i, item] of numbered.items.entries()) {
      expect(numbered.labels[decided[i] as number]).toBe(Number(item.slice(1)) % 3 === 0 ? 'a' : 'b')
      expect(Math.max(...consensus.posterior.subarray(2 * i, 2 * i + 2))).toBeGreaterThan(0.9)
    }
    const gap = arrangeVotes({ items: [0, 2], annotators: [0, 0], classes: [1, 1] }, { nItems: 3, nAnnotators: 2, nClasses: 2 })
    const found = plugin.fit(gap, plugin.parameters.parse({}), {})
    expect([...decide(found, gap)]).toEqual([1, -1, 1])
    expect(found.accuracy[1]).toBeNaN()
  })

  it('stays a number with hundreds of votes an item and classes that no one named', () => {
    for (const nClasses of [1, 2, 3, 4, 7]) {
      const n = 3000
      const columns = {
        items: Int32Array.from({ length: n }, (_, v) => v % 4),
        annotators: Int32Array.from({ length: n }, (_, v) => v % 600),
        classes: Int32Array.from({ length: n }, (_, v) => (v % 5 === 0 ? (v * 7) % Math.max(1, nClasses - 1) : 0)),
      }
      const votes = arrangeVotes(columns, { nItems: 4, nAnnotators: 600, nClasses })
      const { posterior, accuracy } = plugin.fit(votes, plugin.parameters.parse({}), {})
      expect([...posterior, ...accuracy].every(Number.isFinite), `${nClasses} classes`).toBe(true)
    }
  })

  it('of no votes is nothing', () => {
    const none = arrangeVotes({ items: [], annotators: [], classes: [] }, { nItems: 0, nAnnotators: 0, nClasses: 2 })
    expect(plugin.fit(none, plugin.parameters.parse({}), {}).posterior).toHaveLength(0)
  })
})
