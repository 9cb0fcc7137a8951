import { describe, expect, test } from 'vitest'
import { pluginIds } from '../../src/base/plugin/index.ts'
import type { RecordBatch } from '../../src/base/record/index.ts'
import { seededRandom } from '../../src/base/statistics/index.ts'
import type { Indicator, Measurement, TableFacts } from '../../src/grade/indicator.ts'
import { loadIndicators } from '../../src/grade/registry.ts'
import { batchOf, factsOf, sliceOf, type Value } from '../grade/make-batch.ts'

const indicators = await loadIndicators()
const ids = pluginIds(new URL('../../src/grade/indicators/', import.meta.url))

/** The 17 indicators of TC609-5-2025-04. */
const CODES = '0101 0102 0103 0104 0201 0202 0203 0204 0205 0206 0207 0208 0301 0302 0303 0304 0305'.split(' ')

interface Sample {
  readonly table: TableFacts
  readonly splits: readonly (readonly [split: string, batch: RecordBatch])[]
  readonly records: number
}

const words = ['pump', 'valve', 'sensor', '压力', '温度', '正常', '报警', 'leak', 'ok', 'high']

/** A table of each modality with clean and unclean records of every kind that an indicator looks for. */
function sampleOf(modality: TableFacts['modality']): Sample {
  const random = seededRandom(modality.length)
  const table: TableFacts = {
    name: modality,
    modality,
    fields: [
      { name: 'at', type: 'timestamp', role: 'time' },
      { name: 'machine', type: 'category', role: 'group' },
      { name: 'body', type: 'text', role: 'text', required: true },
      { name: 'crop', type: 'category', codeList: 'crops', expert: true },
      { name: 'level', type: 'number', range: [0, 100] },
      { name: 'width', type: 'integer' },
      { name: 'height', type: 'integer' },
      { name: 'snr', type: 'number' },
      { name: 'boxes', type: 'json', role: modality === 'image' ? 'label' : 'note' },
      { name: 'state', type: 'category', role: modality === 'image' ? 'feature' : 'label', codes: ['good', 'bad'] },
      { name: 'gold', type: 'category' },
      { name: 'duration', type: 'number' },
    ],
    codeLists: new Map([['crops', new Set(['rice', 'maize'])]]),
    demand: {
      knowledge: 'industry-expert',
      scale: { records: 500 },
      coverage: [
        { field: 'state', values: ['good', 'bad', 'ugly'], atLeast: 5 },
        { field: 'level', edges: [0, 50, 100, 200], atLeast: 1 },
      ],
      window: { field: 'at', from: '2025-01-01', to: '2025-01-01' },
      task: { kind: 'classification', target: 'state', goal: 0.9 },
    },
  }
  const row = (ordinal: number): Value[] => {
    const bad = random.next() < 0.4
    const level = bad ? 60 + random.below(50) : random.below(60)
    const text = Array.from({ length: 12 }, () => words[random.below(bad ? 10 : 7)]).join(' ')
    return [
      Date.UTC(2025, 0, 1) + ordinal * (random.next() < 0.05 ? -60_000 : 60_000) * 9,
      `m${ordinal % 3}`,
      random.next() < 0.05 ? null : random.next() < 0.1 ? `请拨打 13812345678 ${text}` : text,
      ['rice', 'maize', 'weed'][random.below(3)] ?? null,
      level,
      random.below(300),
      200,
      random.below(40),
      `[{"bbox":[${random.below(200)},5,60,20]}]`,
      random.next() < 0.05 ? 'odd' : bad ? 'bad' : 'good',
      random.next() < 0.3 ? (bad ? 'bad' : 'good') : null,
      random.next(),
    ]
  }
  const rows = Array.from({ length: 260 }, (_, ordinal) => row(ordinal))
  const copies = rows.slice(0, 12)
  const train = batchOf(table.fields, [...rows.slice(0, 200), ...copies])
  const test = batchOf(table.fields, rows.slice(200), 5000)
  return {
    table,
    splits: [
      ['train', train],
      ['test', test],
    ],
    records: train.ids.length + test.ids.length,
  }
}

const samples = (['text', 'table', 'series', 'image', 'audio'] as const).map(sampleOf)

/** Reads a sample in batches of `size`, in `workers` parts that are merged left to right or right to left. */
function collect(indicator: Indicator, { table, splits }: Sample, size: number, workers: number, fromRight: boolean): unknown {
  const { accumulation } = indicator
  if (!accumulation) return undefined
  const pieces = splits.flatMap(([split, batch]) =>
    Array.from({ length: Math.ceil(batch.ids.length / size) }, (_, at) => ({
      split,
      batch: sliceOf(batch, at * size, Math.min(batch.ids.length, (at + 1) * size)),
    })),
  )
  const share = Math.ceil(pieces.length / workers)
  const states = Array.from({ length: workers }, (_, worker) => {
    let state: unknown = accumulation.start(table)
    for (const { split, batch } of pieces.slice(worker * share, (worker + 1) * share)) {
      state = accumulation.add(state, batch, table, {
        split,
        sources: batch.ids.map((id) => (Number(id.slice(17)) % 40 === 0 ? '' : 'raw/a.csv')),
      })
    }
    return JSON.parse(JSON.stringify(state)) as unknown
  })
  return fromRight
    ? states.reduceRight((right, left) => accumulation.merge(left, right))
    : states.reduce((left, right) => accumulation.merge(left, right))
}

const conclude = (indicator: Indicator, sample: Sample, state: unknown): Measurement =>
  indicator.conclude(factsOf(sample.table, sample.records), state === undefined ? [] : [state])

const bilingual = (words: { zh: string; en: string }): void => {
  expect(words.zh).toMatch(/\p{Script=Han}/u)
  expect(words.en).not.toMatch(/\p{Script=Han}/u)
  expect(words.en.trim().length).toBeGreaterThan(2)
}

test('the 17 indicators of the standard, in order', () => {
  expect(indicators.map(({ code }) => code)).toEqual(CODES)
})

test('the samples give every indicator something to measure, and something to find fault with', () => {
  const best = indicators.map((indicator) => {
    const scores = samples.flatMap((sample) => {
      const measured = conclude(indicator, sample, collect(indicator, sample, 4096, 1, false))
      return measured.status === 'measured' ? [measured.score] : []
    })
    return [indicator.code, scores.length > 0, scores.some((score) => score < 100)]
  })
  expect(best).toEqual(CODES.map((code) => [code, true, true]))
})

describe.each(indicators.map((indicator, at) => ({ indicator, id: ids[at] ?? '' })))('$id', ({ indicator, id }) => {
  test('its code is its file name, and it speaks both languages', () => {
    expect(id.startsWith(`${indicator.code}-`)).toBe(true)
    expect(indicator.dimension).toBe({ '01': 'documentation', '02': 'quality', '03': 'application' }[indicator.code.slice(0, 2)])
    bilingual(indicator.title)
    bilingual(indicator.doc)
    expect(indicator.source).toContain('TC609')
  })

  test.each(samples.map((sample) => [sample.table.modality, sample] as const))(
    'on %s: the same for any batch size and way of merging, through JSON',
    (_modality, sample) => {
      const whole = conclude(indicator, sample, collect(indicator, sample, 10_000, 1, false))
      for (const [size, workers, fromRight] of [
        [1, 1, false],
        [7, 3, false],
        [50, 4, true],
        [64, 5, false],
      ] as const) {
        expect(conclude(indicator, sample, collect(indicator, sample, size, workers, fromRight))).toEqual(whole)
      }
      expect(JSON.parse(JSON.stringify(whole))).toEqual(whole)
      bilingual(whole.advice)
      if (whole.status === 'not-measured') {
        bilingual(whole.why)
        return
      }
      bilingual(whole.method)
      expect(whole.score).toBeGreaterThanOrEqual(0)
      expect(whole.score).toBeLessThanOrEqual(100)
      expect(whole.score).toBe(Math.round(whole.score * 1e4) / 1e4)
      expect([...whole.failing].sort()).toEqual(whole.failing)
      if (whole.interval) {
        expect(whole.interval.low).toBeLessThanOrEqual(whole.score)
        expect(whole.interval.high).toBeGreaterThanOrEqual(whole.score)
      }
    },
  )

  test.each(samples.map((sample) => [sample.table.modality, sample] as const))(
    'an empty table of %s is nothing to crash on',
    (_modality, sample) => {
      const empty = batchOf(sample.table.fields, [])
      const state = indicator.accumulation?.add(indicator.accumulation.start(sample.table), empty, sample.table, {
        split: 'train',
        sources: [],
      })
      const measured = indicator.conclude(factsOf(sample.table, 0), state === undefined ? [] : [state])
      if (indicator.dimension === 'documentation') expect(measured.status === 'measured' && measured.score).toBe(0)
      else if (measured.status === 'measured') expect(indicator.code).toBe('0301')
    },
  )

  test('a table whose columns are absent is read without a crash', () => {
    const [sample] = samples
    if (!sample || !indicator.accumulation) return
    const bare: RecordBatch = { ids: ['a-1', 'a-2'], fields: [], columns: new Map() }
    const state = indicator.accumulation.add(indicator.accumulation.start(sample.table), bare, sample.table, {
      split: 'train',
      sources: ['x', ''],
    })
    expect(indicator.conclude(factsOf(sample.table, 2), [state]).status).toMatch(/^(?:not-)?measured$/)
  })
})
