import { describe, expect, test } from 'vitest'
import type { Field } from '../../src/base/record/index.ts'
import type { TableFacts } from '../../src/grade/indicator.ts'
import { parseInstant, parseWindowEnd } from '../../src/grade/instants.ts'
import { batchOf, idOf } from './make-batch.ts'
import { measured, measureTable } from './measure-table.ts'

const fields: readonly Field[] = [
  { name: 'at', type: 'timestamp', role: 'time' },
  { name: 'kind', type: 'category', role: 'label' },
  { name: 'level', type: 'number' },
  { name: 'gold', type: 'category' },
  { name: 'on', type: 'boolean' },
]
const facts = (demand: TableFacts['demand']): TableFacts => ({ name: 't', modality: 'table', fields, codeLists: new Map(), demand })
const rows = [
  [Date.UTC(2024, 11, 31, 23, 59), 'a', 0, 'a', 1],
  [Date.UTC(2025, 0, 1), 'b', 10, 'a', 0],
  [Date.UTC(2025, 5, 30, 23, 59), 'a', 10.5, null, 1],
  [Date.UTC(2025, 6, 1), 'a', 20, 'a', 1],
  [null, 'c', null, 'c', null],
]
const batch = batchOf(fields, rows)

test('0301 counts bins that have the records they need', () => {
  const found = measured(
    measureTable(
      '0301',
      facts({
        coverage: [
          { field: 'kind', values: ['a', 'b', 'z'], atLeast: 2 },
          { field: 'level', edges: [20, 10, 0], atLeast: 1 },
          { field: 'on', values: ['true', 'false'], atLeast: 1 },
        ],
      }),
      [['train', batch]],
    ),
  )
  expect(found.evidence['coverage']).toEqual([
    {
      field: 't.kind',
      atLeast: 2,
      bins: [
        { name: 'a', records: 3 },
        { name: 'b', records: 1 },
        { name: 'z', records: 0 },
      ],
    },
    {
      field: 't.level',
      atLeast: 1,
      bins: [
        { name: '[0, 10)', records: 1 },
        { name: '[10, 20]', records: 3 },
      ],
    },
    {
      field: 't.on',
      atLeast: 1,
      bins: [
        { name: 'true', records: 3 },
        { name: 'false', records: 1 },
      ],
    },
  ])
  expect([found.a, found.b]).toEqual([5, 7])
  expect(found.advice.en).toBe('Add data for: t.kind = b; t.kind = z.')
})

test('0302 is capped at 1', () => {
  expect(measured(measureTable('0302', facts({ scale: { records: 8 } }), [['train', batch]])).score).toBe(62.5)
  expect(measured(measureTable('0302', facts({ scale: { records: 2 } }), [['train', batch]])).score).toBe(100)
})

test('0303 counts records inside the window, its last day included', () => {
  const found = measured(measureTable('0303', facts({ window: { field: 'at', from: '2025-01-01', to: '2025-06' } }), [['train', batch]]))
  expect([found.a, found.b]).toEqual([2, 5])
  expect(found.failing).toEqual([0, 3, 4].map(idOf))
  expect(measureTable('0303', facts({ window: { field: 'gone', from: '2025', to: '2026' } }), [['train', batch]]).status).toBe(
    'not-measured',
  )
  expect(measureTable('0303', facts({ window: { field: 'at', from: 'soon', to: '2026' } }), [['train', batch]]).status).toBe('not-measured')
})

test('instants do not depend on the zone of the machine', () => {
  expect(parseInstant('2025-01-01T08:00:00')).toBe(Date.UTC(2025, 0, 1, 8))
  expect(parseInstant('2025-01-01T08:00:00+08:00')).toBe(Date.UTC(2025, 0, 1))
  expect(parseWindowEnd('2024')).toBe(Date.UTC(2025, 0, 1) - 1)
  expect(parseWindowEnd('2024-02')).toBe(Date.UTC(2024, 2, 1) - 1)
  expect(parseWindowEnd('2024-02-29')).toBe(Date.UTC(2024, 2, 1) - 1)
})

describe('0304', () => {
  test('agrees with gold on 3 of 4; the interval is the exact one (SciPy 1.17.1: .1941 to .9937)', () => {
    const found = measured(measureTable('0304', facts({}), [['train', batch]]))
    expect([found.a, found.b, found.score]).toEqual([3, 4, 75])
    expect(found.failing).toEqual([idOf(1)])
    expect(found.interval?.low).toBeCloseTo(19.412, 3)
    expect(found.interval?.high).toBeCloseTo(99.3691, 3)
  })
  test('without a gold sample there is no score, however sure a model is', () => {
    const without = { ...facts({}), fields: fields.filter(({ name }) => name !== 'gold') }
    expect(measureTable('0304', without, [['train', batch]]).status).toBe('not-measured')
  })
})
