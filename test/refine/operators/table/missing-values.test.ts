import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { batchOf } from '../../unify/batch-of.ts'
import { cut, operator, run } from '../run-operator.ts'

describe('missing-values', () => {
  it('fills by policy, as the field can hold it', async () => {
    const one = await operator('table/missing-values')
    const batch = batchOf(
      { v: [1, 2, 2, 10, null], i: [1, 2, 2, 10, null], b: [1, 1, 0, null, null], s: ['a', 'b', 'b', null, 'a'] },
      { i: { type: 'integer' }, b: { type: 'boolean' } },
    )
    const fill = (policy: string, more: object = {}): unknown =>
      run(one, [batch], { columns: ['v', 'i', 'b', 's'], policy, ...more }).steps[0]?.kept
    const last = (policy: string, more: object = {}): unknown[] => {
      const kept = fill(policy, more) as typeof batch
      return ['v', 'i', 'b', 's'].map((name) => kept.columns.get(name)?.values[name === 's' ? 3 : 4])
    }
    expect(last('mean')).toEqual([3.75, 4, Number.NaN, null])
    expect(last('median')).toEqual([2, 2, Number.NaN, null])
    expect(last('mode')).toEqual([2, 2, 1, 'a']) // a and b twice: the first in code order
    expect(last('constant', { value: 0 })).toEqual([0, 0, 0, '0'])
    expect(last('constant', { value: '无' })).toEqual([Number.NaN, Number.NaN, Number.NaN, '无'])
    expect(run(one, [batch], { columns: ['v', 's'], policy: 'drop-record' }).quarantined).toEqual([
      ['r-3', 'value-missing', undefined],
      ['r-4', 'value-missing', undefined],
    ])
    expect(one.parameters.safeParse({ columns: ['v'], policy: 'constant' }).success).toBe(false)
  })

  it('gives the same bytes for any cut into parts', async () => {
    const one = await operator('table/missing-values')
    const value = fc.oneof(fc.constant(null), fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }))
    const text = fc.constantFrom(null, 'a', 'b', '__proto__', 'constructor')
    fc.assert(
      fc.property(
        fc.array(fc.tuple(value, text), { minLength: 1, maxLength: 50 }),
        fc.array(fc.nat(50), { maxLength: 4 }),
        fc.constantFrom('mean', 'median', 'mode'),
        (rows, places, policy) => {
          const batch = batchOf({ v: rows.map(([v]) => v), s: rows.map(([, s]) => s) }, { v: { type: 'number' } })
          const given = { columns: ['v', 's'], policy }
          expect(run(one, cut(batch, places), given).cells).toEqual(run(one, [batch], given).cells)
        },
      ),
    )
  })
})

describe('constant-columns', () => {
  it('empties what never varies, and nothing that a record needs', async () => {
    const one = await operator('table/constant-columns')
    const batch = batchOf(
      { spare: [0, 0, null], site: ['N', 'N', 'N'], must: [1, 1, 1], label: ['ok', 'ok', 'ok'], v: [1, 2, 1] },
      { must: { required: true }, label: { role: 'label' } },
    )
    expect(run(one, cut(batch, [1]), { minimum: 2 }).cells).toEqual({
      spare: [null, null, null],
      site: [null, null, null],
      must: [1, 1, 1],
      label: ['ok', 'ok', 'ok'],
      v: [1, 2, 1],
    })
    expect(run(one, [batch], {}).steps[0]?.kept).toBe(batch)
  })
})
