import { describe, expect, test } from 'vitest'
import type { DatasetFacts, TableFacts } from '../../src/grade/indicator.ts'
import { batchOf, idOf, type Value } from './make-batch.ts'
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

test('0201 lets each key occur once', () => {
  const keyed: TableFacts = {
    ...table,
    fields: [
      { name: 'no', type: 'text', key: true },
      { name: 'line', type: 'integer', key: true },
      { name: 'level', type: 'integer', range: [0, 9] },
    ],
  }
  // Of the two ('a', 1) one counts; of the two ('b', 1) one is out of range, so that the other is the one; a key with a gap is none.
  const rows = [
    ['a', 1, 1],
    ['a', 2, 1],
    ['a', 1, 2],
    ['b', 1, 1],
    ['b', 1, 99],
    [null, 1, 1],
    [null, 1, 1],
  ]
  const found = measured(measureTable('0201', keyed, [['train', batchOf(keyed.fields, rows)]]))
  expect([found.a, found.b]).toEqual([5, 7])
  expect(found.evidence['broken']).toEqual({ 'loans.level range': 1, 'loans.no+line unique': 2 })
  expect(found.failing).toContain(idOf(2))
})

test('0201 and 0203 judge JSON by its shape, the inside of a label in 0203', () => {
  const shape = { type: 'object', required: ['label'], properties: { label: { type: 'array', minItems: 1 } } } as const
  const shaped: TableFacts = {
    ...table,
    fields: [
      { name: 'items', type: 'json', shape: { type: 'array', items: { type: 'string' } } },
      { name: 'mark', type: 'json', role: 'label', shape },
    ],
  }
  const rows = [
    ['["a"]', '{"label":["x"]}'],
    ['["a",1]', '{"label":["x"]}'],
    ['[]', '{"label":[]}'],
    ['[]', '{"label":"x"}'],
    ['[]', '{}'],
    ['[]', '"x"'],
    ['{', '{'],
    [null, null],
  ]
  const given = batchOf(shaped.fields, rows)
  expect(measured(measureTable('0201', shaped, [['train', given]])).failing).toEqual([1, 5, 6].map(idOf))
  const marked = measured(measureTable('0203', shaped, [['train', given]]))
  expect(marked.failing).toEqual([2, 3, 4, 5, 6].map(idOf))
  expect(marked.evidence).toMatchObject({
    annotated: 7,
    broken: { 'loans.mark shape label': 3, 'loans.mark shape': 1, 'loans.mark type': 1 },
  })
  const bare = batchOf(shaped.fields, [
    ['[]', null],
    ['[]', 'null'],
  ])
  expect(measureTable('0203', shaped, [['train', bare]]).status).toBe('not-measured')
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
  const lists: TableFacts = { ...notes, fields: [{ name: 'items', type: 'json', required: true }] }
  const json = batchOf(lists.fields, [['[0]'], ['[]'], ['{}'], ['""'], ['" "'], ['null'], ['0'], ['false']])
  expect(measured(measureTable('0204', lists, [['train', json]])).failing).toEqual([1, 2, 3, 4, 5].map(idOf))
})

describe('0205', () => {
  test('counts records with a raw file, once it is said where the files are from', () => {
    const found = measured(measureTable('0205', table, [['train', batch]], { sources: (row) => (row < 7 ? 'a.csv' : '') }))
    expect(found.score).toBe(70)
  })
  test('a file name alone is no source', () => {
    const ofFiles = (provenance: DatasetFacts['provenance']) => measureTable('0205', table, [['train', batch]], { provenance })
    for (const [source, details] of [
      [undefined, undefined],
      ['自采', ' '],
      ['自采', '待补充'],
      ['互联网', '某网站'],
      ['互联网', 'ftp://example.org/a'],
      ['互联网', 'https://'],
      ['互联网', 'https://example.org/a b'],
    ])
      expect(ofFiles({ source, details }).status).toBe('not-measured')
    expect(ofFiles({ source: '互联网', details: 'https://example.org/a?b=1' }).status).toBe('measured')
  })

  test('a source and details that records state themselves decide, whatever file they lie in', () => {
    const own: TableFacts = {
      ...table,
      fields: ['source', 'source_details'].map((name) => ({ name, type: 'text' as const })),
    }
    const stated = batchOf(own.fields, [
      ['互联网', 'https://example.org/a?b=1'],
      ['互联网', 'http://例子.测试/路径'],
      ['自采', '一号线'],
      ['互联网', '某网站'],
      ['互联网', 'https://example.org:99999/'],
      ['互联网', 'javascript:alert(1)'],
      ['', '一号线'],
      ['自采', ' \n'],
      ['自采', 'N/A'],
      [null, null],
    ])
    const found = measured(measureTable('0205', own, [['train', stated]], { provenance: undefined }))
    expect(found.failing).toEqual([3, 4, 5, 6, 7, 8, 9].map(idOf))
    expect(found.evidence['faults']).toEqual({ address: 3, details: 2, source: 2 })
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
  expect(found.evidence['relations']).toMatchObject([{ relation: 'boxes-in-image', a: 2, b: 5 }])
  expect(measureTable('0206', table, [['train', batch]]).status).toBe('not-measured')
})

const relatedTable = (modality: TableFacts['modality'], ...fields: TableFacts['fields']): TableFacts => ({
  ...table,
  name: 'r',
  modality,
  fields,
})

test('0206 checks spans against their text, counted in either way', () => {
  const notes = relatedTable('text', { name: 'text', type: 'text', role: 'text' }, { name: 'entities', type: 'json' })
  const text = '泵😀坏了，换轴承'
  const rows: Value[][] = [
    [text, '[{"start":0,"end":1,"label":"x"}]'],
    [text, '[{"start":6,"end":8,"text":"轴承"}]'], // code points, as Python counts
    [text, '[{"start":7,"end":9,"text":"轴承"}]'], // UTF-16 code units
    [text, '[{"start":6,"end":8,"text":"轴承"},{"start":7,"end":9,"text":"轴承"}]'], // one of each way
    [text, '[{"start":0,"end":1,"text":"阀"}]'],
    [text, '[{"start":0,"end":99,"label":"x"}]'],
    [text, '[[3,3,"x"]]'],
    [text, '[[-1,2,"x"]]'],
    [text, '[]'],
    [null, '[[0,1,"x"]]'],
  ]
  const found = measured(measureTable('0206', notes, [['train', batchOf(notes.fields, rows)]]))
  expect([found.a, found.b]).toEqual([3, 8])
  expect(found.failing).toEqual([3, 4, 5, 6, 7].map(idOf))
})

test('0206 counts tags of tokens, times of segments, and the rate of speech', () => {
  const tagged = relatedTable('text', { name: 'tokens', type: 'json' }, { name: 'ner_tags', type: 'json' })
  const pairs = batchOf(tagged.fields, [
    ['["a","b"]', '[0,1]'],
    ['["a","b"]', '[0]'],
    ['{"a":1}', '[0]'],
    [null, null],
  ])
  expect(measured(measureTable('0206', tagged, [['train', pairs]]))).toMatchObject({ a: 1, b: 2, failing: [idOf(1)] })

  const calls = relatedTable(
    'audio',
    { name: 'transcript', type: 'text', role: 'text' },
    { name: 'duration', type: 'number' },
    { name: 'annotations', type: 'json' },
  )
  const recordings = batchOf(calls.fields, [
    ['请把三号阀门关上', 2, '[{"start":0.1,"end":1.9,"label":"speech"}]'],
    ['请把三号阀门关上', 2, '[{"start":100,"end":1900,"label":"speech"}]'], // milliseconds
    ['请把三号阀门关上', 2, '[{"start":0.1,"end":3,"label":"speech"}]'],
    ['请把三号阀门关上', 0.3, null],
    ['close the valve', 1, null],
    ['supercalifragilistic '.repeat(6), 1, null],
    [null, 1, null],
  ])
  const spoken = measured(measureTable('0206', calls, [['train', recordings]]))
  expect([spoken.a, spoken.b]).toEqual([3, 6])
  expect(spoken.failing).toEqual([2, 3, 5].map(idOf))
})

test('0206 compares media_type with the file of an item', () => {
  const records = relatedTable('text', { name: 'data_content', type: 'json', role: 'text' })
  const items = [
    '[{"media_type":"image","content":"a/b.PNG"}]',
    '[{"media_type":"图像","content":"https://example.org/a.jpg?size=3"}]',
    '[{"media_type":"image","content":"a.mp4"}]',
    '[{"media_type":"audio","content":"a.wav"},{"media_type":"video","content":"a.wav"}]',
    '[{"media_type":"text","content":"see a.mp4"}]',
    '[{"media_type":"image","content":"a"}]',
    '{',
  ]
  const batch = batchOf(
    records.fields,
    items.map((item) => [item]),
  )
  expect(measured(measureTable('0206', records, [['train', batch]]))).toMatchObject({ a: 2, b: 4, failing: [2, 3].map(idOf) })
})

test('0207 needs a declared type and evidence for it', () => {
  const expertFields = table.fields.map((field) => (field.name === 'grade' ? { ...field, expert: true } : field))
  const expert: TableFacts = { ...table, fields: expertFields, demand: { knowledge: 'industry-expert' } }
  const found = measured(measureTable('0207', expert, [['train', batch]]))
  expect(found.failing).toEqual([6, 9].map(idOf))
  expect(measureTable('0207', table, [['train', batch]]).status).toBe('not-measured')
  const bare: TableFacts = { ...table, fields: table.fields.slice(0, 3), demand: { knowledge: 'general' } }
  expect(measureTable('0207', bare, [['train', batch]]).status).toBe('not-measured')
  // General is what shows neither a code of the sector nor an expert's work: rows 6 (weed) and 9 (no crop).
  const general: TableFacts = { ...table, demand: { knowledge: 'general' } }
  expect(measured(measureTable('0207', general, [['train', batch]]))).toMatchObject({ a: 2, b: 10 })
})

test('0207 takes the kind of annotator that records of the national format state', () => {
  const records: TableFacts = {
    ...table,
    fields: [{ name: 'annotation', type: 'json', role: 'label' }],
    demand: { knowledge: 'industry-expert' },
  }
  const annotations = ['{"annotator":"行业领域专家"}', '{"annotator":"普通标注员"}', '{"annotator":null}', '[]', 'null', '{', null]
  const given = batchOf(
    records.fields,
    annotations.map((one) => [one]),
  )
  expect(measured(measureTable('0207', records, [['train', given]]))).toMatchObject({ a: 1, b: 7 })
})
