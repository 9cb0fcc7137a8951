import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Field } from '../../src/base/record/index.ts'
import { seededRandom } from '../../src/base/statistics/index.ts'
import { addVotes, estimateFromVotes, mergeAgreements, startAgreement } from '../../src/grade/annotation/agreement.ts'
import { voteFieldsOf } from '../../src/grade/annotation/votes.ts'
import { taskOf } from '../../src/grade/baseline/task.ts'
import type { TableFacts } from '../../src/grade/indicator.ts'
import { csvRows, hasRealData, readReal } from '../base/learn/real-tables.ts'
import { batchOf, idOf, type Value } from './make-batch.ts'
import { measured, measureTable } from './measure-table.ts'

const kind: Field = { name: 'kind', type: 'category', role: 'label' }
const tableOf = (...fields: readonly Field[]): TableFacts => ({
  name: 't',
  modality: 'table',
  fields: [kind, ...fields],
  codeLists: new Map(),
  demand: {},
})

describe('0304 by review', () => {
  test('verdicts of a review count as right or wrong; values are compared; a label that is such a word is compared too', () => {
    const table = tableOf({ name: 'review', type: 'category' })
    const rows = [
      ['crack', 'crack'],
      ['crack', '正确'],
      ['crack', 'Accepted'],
      ['crack', '不通过'],
      ['crack', 'rejected'],
      ['crack', 'rust'],
      ['pass', 'fail'],
      ['pass', 'pass'],
      [null, '正确'],
      ['crack', null],
    ]
    const found = measured(measureTable('0304', table, [['train', batchOf(table.fields, rows)]]))
    expect([found.a, found.b]).toEqual([4, 9])
    expect(found.failing).toEqual([3, 4, 5, 6, 8].map(idOf))
  })

  test('a column of true and false is one of verdicts', () => {
    const table = tableOf({ name: 'kind_verified', type: 'boolean' })
    const rows = [
      ['crack', 1],
      ['crack', 0],
      ['1', 0],
    ]
    expect(measured(measureTable('0304', table, [['train', batchOf(table.fields, rows)]])).failing).toEqual([1, 2].map(idOf))
  })

  test('a confidence that a model gives itself is no evidence', () => {
    const table = tableOf({ name: 'confidence', type: 'number' })
    expect(measureTable('0304', table, [['train', batchOf(table.fields, [['crack', 0.99]])]]).status).toBe('not-measured')
  })
})

describe('0304 by votes', () => {
  const columns = ['annotator_1', 'annotator_2', 'annotator_3'].map((name): Field => ({ name, type: 'category' }))

  test('counts who agrees with the label; records with fewer than three votes do not count', () => {
    const table = tableOf(...columns)
    const rows: Value[][] = [
      ['a', 'a', 'a', 'a'],
      ['a', 'a', 'a', 'b'],
      ['b', 'a', 'a', 'b'],
      ['a', 'a', 'b', null],
      [null, 'a', 'a', 'a'],
    ]
    const found = measured(measureTable('0304', table, [['train', batchOf(table.fields, rows)]]))
    // (1 + 2/3 + 1/3) / 3
    expect(found.score).toBe(66.6667)
    expect(found.n).toBe(3)
    expect(found.failing).toEqual([idOf(2)])
    expect(found.evidence).toMatchObject({ basis: 'votes', fields: ['t: annotator_1, annotator_2, annotator_3'], outvoted: 1 })
  })

  test.each([
    ['a list of votes', '["a","a","b"]'],
    ['objects', '[{"worker":7,"label":"a"},{"worker":8,"answer":"a"},{"worker":9,"value":"b","confidence":0.9}]'],
    ['by annotator', '{"li":"a","wang":"a","zhao":"b"}'],
  ])('reads %s', (_name, votes) => {
    const table = tableOf({ name: 'votes', type: 'json' })
    const rows = [
      ['a', votes],
      ['a', '{'],
      ['a', '[["a"],["a"],{}]'],
      ['a', '"a"'],
      ['a', null],
    ]
    expect(measured(measureTable('0304', table, [['train', batchOf(table.fields, rows)]]))).toMatchObject({ n: 1, score: 66.6667 })
  })

  test('columns of annotators are told from levels of a hierarchy, and no model sees them', () => {
    const table = tableOf(...columns, { name: 'size', type: 'category' })
    expect(taskOf(table)?.features.words).toEqual(['size'])
    const levels = tableOf(...['kind_1', 'kind_2', 'kind_3'].map((name): Field => ({ name, type: 'category' })))
    expect(voteFieldsOf(levels, kind)).toBeUndefined()
    expect(voteFieldsOf(tableOf(...columns.slice(0, 1)), kind)).toBeUndefined()
    const boxes = tableOf({ name: 'annotations', type: 'json' })
    expect(voteFieldsOf(boxes, kind)).toBeUndefined()
  })

  test("alpha is that of Krippendorff's own example of nominal data with gaps (.743), and agrees with its definition pair by pair", () => {
    // Krippendorff 2011, Computing Krippendorff's alpha-reliability, part C: four observers, twelve units.
    const observers = ['1 2 3 3 2 1 4 1 2 * * *', '1 2 3 3 2 2 4 1 2 5 * 3', '* 3 3 3 2 3 4 2 2 5 1 *', '1 2 3 3 2 4 4 1 2 5 1 *'].map(
      (row) => row.split(' '),
    )
    const units = Array.from({ length: 12 }, (_, at) => observers.flatMap((row) => (row[at] === '*' ? [] : [row[at] as string])))
    const judged = units.filter((votes) => votes.length >= 2)
    const estimate = estimateFromVotes(
      addVotes(
        startAgreement(),
        judged.map((votes) => ({ label: votes[0] as string, votes })),
      ),
    )
    expect(estimate?.alpha).toBeCloseTo(0.743, 3)
    expect(estimate?.alpha).toBeCloseTo(alphaByPairs(judged), 12)
  })

  test('parts add up in any order, and shares stay in order', () => {
    const record = fc.record({
      label: fc.constantFrom('a', 'b', 'c'),
      votes: fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 3, maxLength: 20 }),
    })
    fc.assert(
      fc.property(fc.array(record, { minLength: 1, maxLength: 30 }), fc.nat(30), (records, cut) => {
        const parts = [records.slice(0, cut), records.slice(cut)].map((part) => addVotes(startAgreement(), part))
        const whole = addVotes(startAgreement(), records)
        expect(parts.reduceRight((right, left) => mergeAgreements(left, right))).toEqual(whole)
        const estimate = estimateFromVotes(whole)
        if (!estimate) throw new Error('no estimate')
        const { low, share, high } = estimate
        expect(0 <= low && low <= share && share <= high && high <= 1).toBe(true)
        expect(share).toBeCloseTo(
          records.reduce((sum, { label, votes }) => sum + votes.filter((vote) => vote === label).length / votes.length, 0) / records.length,
          9,
        )
      }),
      { seed: 44 },
    )
  })

  test('where annotators err independently, the high end is the truth', () => {
    const random = seededRandom(5)
    let right = 0
    const records = Array.from({ length: 4000 }, () => {
      const truth = random.below(4)
      const votes = Array.from({ length: 5 }, () => String(random.next() < 0.7 ? truth : (truth + 1 + random.below(3)) % 4))
      const counts = [0, 1, 2, 3].map((value) => votes.filter((vote) => vote === String(value)).length)
      const label = counts.indexOf(Math.max(...counts))
      if (label === truth) right++
      return { label: String(label), votes }
    })
    const estimate = estimateFromVotes(addVotes(startAgreement(), records))
    expect(Math.abs((estimate?.high ?? 0) - right / 4000)).toBeLessThan(0.015)
  })

  test.runIf(hasRealData())(
    'on public crowd sets with gold the truth of plurality labels lies in the interval, or below it where mistakes are shared',
    () => {
      const sets = ['CF', 'CF_amt', 'MS', 'SP', 'SP_amt'].map((name) =>
        votesAndGold(csvRows(readReal(`11-label-noise-crowd/active-crowd-toolkit/${name}.csv`))),
      )
      for (const { records, gold } of sets) {
        const estimate = estimateFromVotes(addVotes(startAgreement(), records))
        const truth = records.filter(({ label }, at) => label === gold[at]).length / records.length
        expect(estimate?.low).toBeLessThan(truth)
        expect(estimate?.high).toBeGreaterThan(truth)
      }
      const tabs = (file: string): string[][] =>
        readReal(`11-label-noise-crowd/BarzanMozafari/${file}`)
          .split('\n')
          .filter(Boolean)
          .map((line) => line.split('\t'))
      const truths = new Map(tabs('evaluation.txt').map(([item = '', value = '']) => [item, value]))
      const shared = votesAndGold(
        tabs('labels.txt').map(([worker = '', item = '', vote = '']) => [worker, item, vote, truths.get(item) ?? '']),
      )
      const estimate = estimateFromVotes(addVotes(startAgreement(), shared.records))
      expect(estimate?.low).toBeGreaterThan(
        shared.records.filter(({ label }, at) => label === shared.gold[at]).length / shared.records.length,
      )
    },
  )
})

/** Rows of worker, task, vote, gold as records with their plurality label. */
function votesAndGold(rows: readonly (readonly string[])[]): { records: { label: string; votes: string[] }[]; gold: string[] } {
  const byTask = new Map<string, { votes: string[]; gold: string }>()
  for (const [, task = '', vote = '', gold = ''] of rows) {
    const one = byTask.get(task) ?? { votes: [], gold }
    one.votes.push(vote)
    byTask.set(task, one)
  }
  const tasks = [...byTask.values()].filter(({ votes }) => votes.length >= 3)
  const plurality = (votes: readonly string[]): string => {
    const values = [...new Set(votes)].sort()
    const count = (value: string): number => votes.filter((vote) => vote === value).length
    return values.reduce((best, value) => (count(value) > count(best) ? value : best))
  }
  return { records: tasks.map(({ votes }) => ({ label: plurality(votes), votes })), gold: tasks.map(({ gold }) => gold) }
}

/** Alpha by its definition: observed over expected disagreement, pair by pair. */
function alphaByPairs(units: readonly (readonly string[])[]): number {
  const all = units.flat()
  let observed = 0
  for (const votes of units) {
    let pairs = 0
    for (let i = 0; i < votes.length; i++) for (let j = 0; j < votes.length; j++) if (i !== j && votes[i] !== votes[j]) pairs++
    observed += pairs / (votes.length - 1)
  }
  let expected = 0
  for (let i = 0; i < all.length; i++) for (let j = 0; j < all.length; j++) if (i !== j && all[i] !== all[j]) expected++
  return 1 - observed / all.length / (expected / all.length / (all.length - 1))
}
