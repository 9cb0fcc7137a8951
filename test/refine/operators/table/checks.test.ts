import { describe, expect, it } from 'vitest'
import { textColumn } from '../../../../src/base/record/index.ts'
import { batchOf } from '../../unify/batch-of.ts'
import { operator, run } from '../run-operator.ts'

const DAY = 86_400_000

describe('range', () => {
  const batch = batchOf({ t: [20, -300, null, 999], n: [1, 2, 3, 4] }, { t: { range: [-50, 200] } })
  it('takes the schema’s ranges and its own', async () => {
    const one = await operator('table/range')
    expect(run(one, [batch], {}).quarantined).toEqual([
      ['r-1', 'out-of-range', '-300'],
      ['r-3', 'out-of-range', '999'],
    ])
    expect(run(one, [batch], { ranges: { t: [null, null], n: [2, 3] } }).quarantined.map(([id]) => id)).toEqual(['r-0', 'r-3'])
    expect(run(one, [batch], { action: 'missing' }).cells['t']).toEqual([20, null, null, null])
    expect(run(one, [batch], { action: 'clip' }).cells['t']).toEqual([20, -50, null, 200])
  })
})

describe('code-list', () => {
  it('takes the schema’s codes and its own', async () => {
    const batch = batchOf({ s: ['A', 'B', null, 'C'], k: ['x', 'y', 'x', 'x'] }, { s: { type: 'category', codes: ['A', 'B'] } })
    const one = await operator('table/code-list')
    expect(run(one, [batch], {}).quarantined).toEqual([['r-3', 'code-unknown', 'C']])
    expect(run(one, [batch], { codes: { k: ['x'] }, action: 'missing' }).cells).toEqual({
      s: ['A', 'B', null, null],
      k: ['x', null, 'x', 'x'],
    })
  })
})

describe('cross-field', () => {
  it('quarantines what breaks the rule, with the values, and leaves what is open', async () => {
    const batch = batchOf({ low: [1, 5, null], high: [2, 3, 1] })
    const { quarantined, ids } = run(await operator('table/cross-field'), [batch], {
      rule: 'low <= high',
      reason: { zh: '下限不大于上限', en: 'low is not above high' },
    })
    expect(quarantined).toEqual([['r-1', 'rule-broken', 'low <= high (low = 5, high = 3)']])
    expect(ids).toEqual(['r-0', 'r-2'])
  })
  it('refuses a rule that is none, and says where', async () => {
    const parsed = (await operator('table/cross-field')).parameters.safeParse({ rule: 'low <= ' })
    expect(parsed.error?.issues[0]?.message).toBe('"low <= " at character 8: expected a field, a number, a text or (')
  })
})

describe('type-check', () => {
  it('holds every type to its rule', async () => {
    const one = await operator('table/type-check')
    const name = `${'ab'.repeat(32)}.png`
    const good = batchOf(
      { n: [1.5], i: [3], b: [1], t: [5], d: [DAY], s: [' x '], c: ['x'], j: ['{"a":1}'], m: [name] },
      {
        i: { type: 'integer' },
        b: { type: 'boolean' },
        t: { type: 'timestamp' },
        d: { type: 'date' },
        c: { type: 'category' },
        j: { type: 'json' },
        m: { type: 'media' },
      },
    )
    expect(run(one, [good], {}).quarantined).toEqual([])
    for (const [field, value] of [
      ['n', Number.POSITIVE_INFINITY],
      ['i', 3.5],
      ['b', 2],
      ['t', 9e15],
      ['d', 5],
      ['s', '\udc00'],
      ['c', ' x'],
      ['j', '{'],
      ['m', 'x.png'],
    ] as const) {
      const column = good.columns.get(field)
      const columns = new Map(good.columns)
      if (column?.kind === 'number') columns.set(field, { kind: 'number', values: Float64Array.of(Number(value)) })
      else columns.set(field, textColumn([String(value)]))
      expect(run(one, [{ ...good, columns }], {}).steps[0]?.quarantined, field).toMatchObject([{ field, reason: 'wrong-type' }])
    }
  })
})

describe('date-order, missing-share, trim-text, map-values, round-coordinates', () => {
  it('date-order names the second of two moments', async () => {
    const batch = batchOf({ a: [DAY, DAY], b: [DAY, 0] }, { a: { type: 'date' }, b: { type: 'date' } })
    const one = await operator('table/date-order')
    expect(run(one, [batch], { columns: ['a', 'b'] }).quarantined).toEqual([
      ['r-1', 'dates-out-of-order', '1970-01-01T00:00:00.000Z < 1970-01-02T00:00:00.000Z'],
    ])
    expect(run(one, [batch], { columns: ['a', 'b'], strict: true }).ids).toEqual([])
  })
  it('missing-share does not count what only names a record', async () => {
    const batch = batchOf({ id: ['a', 'b'], v: [1, null], w: ['x', null] }, { id: { role: 'identifier' } })
    expect(run(await operator('table/missing-share'), [batch], {}).quarantined).toEqual([['r-1', 'mostly-missing', '2/2']])
  })
  it('trim-text keeps what joins letters', async () => {
    const batch = batchOf({ s: ['\u200b a\u200db \u3000', '\u00a0', '👩\u200d🔬'] })
    expect(run(await operator('table/trim-text'), [batch], {}).cells['s']).toEqual(['a\u200db', null, '👩\u200d🔬'])
  })
  it('map-values may swap codes and ignore case', async () => {
    const one = await operator('table/map-values')
    const batch = batchOf({ s: ['1', '2', 'Ｙ', 'n', 'constructor'] })
    expect(run(one, [batch], { columns: ['s'], map: { '1': '2', '2': '1' } }).cells['s']).toEqual(['2', '1', 'Ｙ', 'n', 'constructor'])
    expect(run(one, [batch], { columns: ['s'], map: { y: 'yes', N: 'no' }, ignoreCase: true, others: 'missing' }).cells['s']).toEqual([
      null,
      null,
      'yes',
      'no',
      null,
    ])
  })
  it('round-coordinates rounds to a grid', async () => {
    const batch = batchOf({ latitude: [39.90469], longitude: [-116.40717] })
    expect(run(await operator('table/round-coordinates'), [batch], { decimals: 2 }).cells).toEqual({
      latitude: [39.9],
      longitude: [-116.41],
    })
  })
})
