import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type RecordBatch, textColumn } from '../../../src/base/record/index.ts'
import { recordId, sourceKey } from '../../../src/ingest/index.ts'
import { DEFAULT_SHARES, type SplitRule, splitNames, splitOf, toShares } from '../../../src/release/splits.ts'

const N = 20_000
const batch = (ids: readonly string[], groups?: readonly (string | null)[]): RecordBatch => ({
  ids,
  fields: groups ? [{ name: 'group', type: 'category' }] : [],
  columns: new Map(groups ? [['group', textColumn(groups)]] : []),
})
const many = (source: string, n = N): string[] => Array.from({ length: n }, (_, i) => recordId(sourceKey(source), i))

/** Standard deviations that a count may lie from its mean: beyond 5, one of 1.7 million honest splits would. */
const SIGMAS = 5

describe('splits by hash', () => {
  it.each([1, 20260601, 4294967295])('deal out the shares within what chance allows, seed %i', (seed) => {
    const splits = splitOf(batch(many('a.csv')), { kind: 'hash', seed, by: 'id', shares: DEFAULT_SHARES })
    for (const [name, share] of DEFAULT_SHARES) {
      const count = splits.filter((split) => split === name).length
      expect(Math.abs(count - N * share), name).toBeLessThan(SIGMAS * Math.sqrt(N * share * (1 - share)))
    }
  })

  it('depend on record, seed and shares alone: not on batch or order', () => {
    const rule: SplitRule = { kind: 'hash', seed: 7, by: 'id', shares: toShares({ train: 3, test: 1 }) }
    const ids = many('b.csv', 500)
    const whole = new Map(splitOf(batch(ids), rule).map((split, i) => [ids[i], split]))
    fc.assert(
      fc.property(fc.shuffledSubarray(ids), (some) => {
        expect(splitOf(batch(some), rule)).toEqual(some.map((id) => whole.get(id)))
      }),
    )
  })

  it('differ with the seed', () => {
    const ids = many('c.csv', 1_000)
    const by = (seed: number): string => splitOf(batch(ids), { kind: 'hash', seed, by: 'id', shares: DEFAULT_SHARES }).join()
    expect(by(1)).not.toBe(by(2))
  })

  it('keep records together that share a source or a value, and deal out those', () => {
    const sources = Array.from({ length: 400 }, (_, i) => `run-${i}.csv`)
    const ids = sources.flatMap((source) => many(source, 5))
    const groups = ids.map((_, i) => (i % 97 === 0 ? null : `patient-${i % 200}`))
    const shares = toShares({ train: 0.7, test: 0.3 })
    for (const by of ['source', { field: 'group' }] as const) {
      const splits = splitOf(batch(ids, groups), { kind: 'hash', seed: 3, by, shares })
      const keys = by === 'source' ? ids.map((id) => id.slice(0, 16)) : groups
      const split = new Map<string, string>()
      for (const [i, key] of keys.entries()) {
        if (key === null) continue
        expect(split.get(key) ?? splits[i], key).toBe(splits[i])
        split.set(key, splits[i] as string)
      }
      const inTest = [...split.values()].filter((one) => one === 'test').length
      expect(Math.abs(inTest - split.size * 0.3)).toBeLessThan(SIGMAS * Math.sqrt(split.size * 0.21))
    }
  })
})

describe('splits in time', () => {
  it('cut each source once: all of train before validation before test', () => {
    const ids = [...many('x.csv', 1000), ...many('y.csv', 10)]
    const ends = { [sourceKey('x.csv')]: 999, [sourceKey('y.csv')]: 9 }
    const splits = splitOf(batch(ids), { kind: 'order', ends, shares: DEFAULT_SHARES })
    expect(splits.slice(0, 1000).join()).toBe(
      [...Array(800).fill('train'), ...Array(100).fill('validation'), ...Array(100).fill('test')].join(),
    )
    expect(splits.slice(1000)).toEqual([...Array(8).fill('train'), 'validation', 'test'])
  })
})

describe('shares', () => {
  it('sum to one, in the order given, whatever their scale', () => {
    const names = fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.double({ min: 1e-6, max: 1e6, noNaN: true }), {
      minKeys: 1,
      maxKeys: 6,
    })
    fc.assert(
      fc.property(names, (splits) => {
        const shares = toShares(splits)
        expect(shares.map(([name]) => name)).toEqual(Object.keys(splits))
        expect(shares.reduce((sum, [, share]) => sum + share, 0)).toBeCloseTo(1, 9)
        const rule: SplitRule = { kind: 'hash', seed: 1, by: 'id', shares }
        for (const split of splitOf(batch(many('z.csv', 50)), rule)) expect(splitNames(rule)).toContain(split)
      }),
    )
  })
})
