import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Hash106, RowHashes, ValueHasher } from '../../../src/ingest/profile/value-hash.ts'

const hasher = new ValueHasher()
const hashed = (value: string | number): string => {
  const hash: Hash106 = { high: 0, low: 0 }
  if (typeof value === 'string') hasher.ofText(value, hash)
  else hasher.ofNumber(value, hash)
  return `${hash.high} ${hash.low}`
}

/** Hash of one row of values, null missing. */
function rowHash(values: readonly (string | null)[]): string {
  const rows = new RowHashes(1)
  const hash: Hash106 = { high: 0, low: 0 }
  for (const value of values) {
    if (value === null) rows.feedMissing(0)
    else {
      hasher.ofText(value, hash)
      rows.feed(0, hash)
    }
  }
  rows.give(0, hash)
  return `${hash.high} ${hash.low}`
}

describe('hashes of values', () => {
  it('gives whole numbers below 2^53, equal for equal values', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ maxLength: 300 }), fc.double({ noNaN: true })), (value) => {
        const [high, low] = hashed(value).split(' ').map(Number) as [number, number]
        expect(Number.isSafeInteger(high) && Number.isSafeInteger(low) && high >= 0 && low >= 0).toBe(true)
        expect(hashed(value)).toBe(hashed(value))
      }),
    )
  })

  it('tells 200,000 neighbouring numbers and texts apart', () => {
    const seen = new Set<string>()
    for (let i = 0; i < 100_000; i++) seen.add(hashed(i)).add(hashed(`设备-${i}`))
    expect(seen.size).toBe(200_000)
  })

  it('spreads evenly: one in sixteen falls under each remainder', () => {
    const counts = new Array<number>(16).fill(0)
    for (let i = 0; i < 32_000; i++) {
      const remainder = Number(hashed(i).split(' ')[0]) % 16
      counts[remainder] = (counts[remainder] as number) + 1
    }
    // 2,000 expected; a standard deviation is 43.
    for (const count of counts) expect(Math.abs(count - 2_000)).toBeLessThan(6 * 43)
  })

  it('takes −0 for 0, as equality does', () => {
    expect(hashed(-0)).toBe(hashed(0))
  })

  it('tells rows apart by order, gaps and borders of values', () => {
    const rows = [
      ['a', 'b'],
      ['b', 'a'],
      ['ab', null],
      ['a', null],
      [null, 'a'],
      [null, null],
      ['', ''],
      ['a', 'b', null],
    ]
    expect(new Set(rows.map(rowHash)).size).toBe(rows.length)
    expect(rowHash(['a', null])).toBe(rowHash(['a', null]))
  })
})
