import { describe, expect, test } from 'vitest'
import type { TableFacts } from '../../src/grade/indicator.ts'
import { batchOf, idOf } from './make-batch.ts'
import { measured, measureTable } from './measure-table.ts'

const table: TableFacts = {
  name: 'loans',
  modality: 'table',
  fields: [
    { name: 'amount', type: 'number', range: [0, 1000], required: true },
    { name: 'term', type: 'integer' },
    { name: 'paid', type: 'date' },
    { name: 'grade', type: 'category', role: 'label', codes: ['A', 'B'] },
    { name: 'crop', type: 'category', codeList: 'crops' },
    { name: 'extra', type: 'json' },
    { name: 'photo', type: 'media' },
  ],
  codeLists: new Map([['crops', new Set(['rice'])]]),
  demand: {},
}
const day = Date.UTC(2025, 0, 2)
const photo = `${'0a'.repeat(32)}.png`
const good = [10, 12, day, 'A', 'rice', '{"a":1}', photo]
const rows = [
  good,
  [null, 12, day, 'A', 'rice', '{}', photo], // required
  [1001, 12, day, 'A', 'rice', '{}', photo], // range
  [10, 12.5, day, 'A', 'rice', '{}', photo], // type: integer
  [10, 12, day + 1, 'A', 'rice', '{}', photo], // type: date
  [10, 12, day, 'C', 'rice', '{}', photo], // code
  [10, 12, day, 'A', 'weed', '{}', photo], // code list
  [10, 12, day, 'A', 'rice', '{', photo], // type: json
  [10, 12, day, 'A', 'rice', '{}', 'photo.png'], // type: media
  [1000, null, null, null, null, null, null], // only what is not required is missing
]
const batch = batchOf(table.fields, rows)

test('0201 names each broken rule, and misses none', () => {
  const found = measured(measureTable('0201', table, [['train', batch]]))
  expect([found.a, found.b, found.score]).toEqual([2, 10, 20])
  expect(found.failing).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map(idOf))
  expect(found.evidence['broken']).toEqual({
    'loans.amount required': 1,
    'loans.amount range': 1,
    'loans.term type': 1,
    'loans.paid type': 1,
    'loans.grade code': 1,
    'loans.crop code': 1,
    'loans.extra type': 1,
    'loans.photo type': 1,
  })
})

test('0201 says which code lists were not at hand', () => {
  const found = measured(measureTable('0201', { ...table, codeLists: new Map() }, [['train', batch]]))
  expect(found.evidence['uncheckedCodeLists']).toEqual(['loans.crop'])
  expect(found.a).toBe(3)
})

test('0203 counts labels in the declared set; without a label it is not measured', () => {
  const found = measured(measureTable('0203', table, [['train', batch]]))
  expect([found.a, found.b]).toEqual([8, 10])
  expect(found.failing).toEqual([5, 9].map(idOf))
  const unlabelled = { ...table, fields: table.fields.filter(({ role }) => role !== 'label') }
  expect(measureTable('0203', unlabelled, [['train', batch]]).status).toBe('not-measured')
})

test('0204 asks for required fields, blank texts count as empty', () => {
  expect(measured(measureTable('0204', table, [['train', batch]])).failing).toEqual([idOf(1)])
  const notes: TableFacts = {
    name: 'notes',
    modality: 'text',
    fields: [{ name: 'body', type: 'text', role: 'text' }],
    codeLists: new Map(),
    demand: {},
  }
  const texts = batchOf(notes.fields, [['ok'], [' \n'], [null], ['x']])
  expect(measured(measureTable('0204', notes, [['train', texts]])).failing).toEqual([1, 2].map(idOf))
})

describe('0205', () => {
  test('counts records with a source', () => {
    const found = measured(measureTable('0205', table, [['train', batch]], { sources: (row) => (row < 7 ? 'a.csv' : '') }))
    expect(found.score).toBe(70)
  })
  test('is not measured without any source, nor for generated data without a description of how', () => {
    expect(measureTable('0205', table, [['train', batch]], { sources: () => '' }).status).toBe('not-measured')
    expect(measureTable('0205', table, [['train', batch]], { generated: true }).status).toBe('not-measured')
    const described = { generated: true, documentation: new Map([['processing', 'simulated by a Markov chain']]) }
    expect(measured(measureTable('0205', table, [['train', batch]], described)).score).toBe(100)
  })
})

test('0206 checks boxes of four notations against the image', () => {
  const images: TableFacts = {
    name: 'images',
    modality: 'image',
    fields: [
      { name: 'width', type: 'integer' },
      { name: 'height', type: 'integer' },
      { name: 'boxes', type: 'json', role: 'label' },
    ],
    codeLists: new Map(),
    demand: {},
  }
  const labels = batchOf(images.fields, [
    [100, 50, '{"annotations":[{"bbox":[0,0,100,50]}]}'],
    [100, 50, '[{"bbox":[60,0,60,50]}]'],
    [100, 50, '[{"box2d":{"x1":10,"y1":10,"x2":20,"y2":49}}]'],
    [100, 50, '[{"x":0,"y":0,"width":10,"height":0}]'],
    [100, 50, '[{"xmin":-3,"ymin":0,"xmax":10,"ymax":10}]'],
    [100, 50, '{"class":"road"}'],
    [100, 50, 'no json'],
  ])
  const found = measured(measureTable('0206', images, [['train', labels]]))
  expect([found.a, found.b]).toEqual([2, 5])
  expect(found.failing).toEqual([1, 3, 4].map(idOf))
  expect(measureTable('0206', table, [['train', batch]]).status).toBe('not-measured')
})

test('0207 needs a declared type and evidence for it', () => {
  const expertFields = table.fields.map((field) => (field.name === 'grade' ? { ...field, expert: true } : field))
  const expert: TableFacts = { ...table, fields: expertFields, demand: { knowledge: 'industry-expert' } }
  const found = measured(measureTable('0207', expert, [['train', batch]]))
  expect(found.failing).toEqual([6, 9].map(idOf))
  expect(measureTable('0207', table, [['train', batch]]).status).toBe('not-measured')
  expect(measureTable('0207', { ...table, demand: { knowledge: 'general' } }, [['train', batch]]).status).toBe('not-measured')
})
