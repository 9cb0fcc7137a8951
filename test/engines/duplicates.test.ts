import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { openSpark, type Relations } from '../../src/base/engine/index.ts'
import { type Field, textColumn } from '../../src/base/record/index.ts'
import { writeChunk } from '../../src/base/store/index.ts'
import * as tasks from '../../src/build-tasks.ts'
import { connect, relateDuplicates } from '../../src/refine/duplicates/relate-duplicates.ts'
import { DEFAULT_DUPLICATES, type DuplicateTask, resolveDuplicates } from '../../src/refine/duplicates/resolve-duplicates.ts'
import { signRecords } from '../../src/refine/duplicates/sign-records.ts'
import type { TablePlan } from '../../src/refine/index.ts'
import { TASKS } from '../../src/tasks-module.ts'
import { HOSTILE as STRINGS } from '../contract/hostile-strings.ts'
import { duckdbRelations } from './duckdb-relations.ts'
import { foundSparks, SMALL_SPARK } from './found-sparks.ts'

const folder = mkdtempSync(join(tmpdir(), 'engines-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const FIELDS: readonly Field[] = [
  { name: 'text', type: 'text', role: 'text' },
  { name: 'label', type: 'category', role: 'label' },
]

const PLAN: TablePlan = {
  name: 'texts',
  title: { zh: '文本', en: 'Texts' },
  modality: 'text',
  sources: [],
  fields: FIELDS,
  mapping: {},
  decisions: {},
  steps: [],
  ownSteps: false,
  packSteps: [],
  reshape: [],
  join: [],
  auxiliary: false,
  task: undefined,
}

type Row = readonly [text: string | null, label: string | null]
let tables = 0

/** A table at rest as the last segment leaves it: chunks of records with their signatures. */
async function tableOf(rows: readonly Row[], chunkRows: number, options: Partial<DuplicateTask['options']> = {}): Promise<DuplicateTask> {
  const table = tables++
  const chunks: string[] = []
  for (let from = 0; from < rows.length; from += chunkRows) {
    const part = rows.slice(from, from + chunkRows)
    const columns = new Map([
      ['text', textColumn(part.map(([text]) => text))],
      ['label', textColumn(part.map(([, label]) => label))],
    ])
    const batch = { ids: part.map((_, i) => `0123456789abcdef-${from + i}`), fields: FIELDS, columns }
    const path = join(folder, `${table}-${chunks.length}.chunk`)
    await writeChunk(path, { batch, side: signRecords(batch, 'text') })
    chunks.push(path)
  }
  return { chunks, plan: PLAN, options: { ...DEFAULT_DUPLICATES, ...options } }
}

const WORDS = 'wheat rust leaf plot valve pressure night shift report seen none unusual field north south 小麦 锈病 田 压力 阀门'.split(' ')

/** Texts of a few dozen words, some of them others with a word changed: chains of near copies form. */
const corpus = fc.array(fc.tuple(fc.nat(5), fc.array(fc.tuple(fc.nat(59), fc.nat(WORDS.length - 1)), { maxLength: 2 }), fc.nat(1)), {
  minLength: 30,
  maxLength: 60,
})

function textOf(base: number, changes: readonly (readonly [number, number])[]): string {
  const words = Array.from({ length: 60 }, (_, i) => `${WORDS[(i * (base + 3) + base) % WORDS.length]}${(i * (base + 1)) % 11}`)
  for (const [at, word] of changes) words[at] = WORDS[word] as string
  return words.join(' ')
}

/** Long runs are for operators; here the first of them is enough. */
const SHORT = Object.values(STRINGS).map((text) => text.slice(0, 300))

/** Two hundred texts in one bucket, more than are compared with all others; every hostile string, as text and as label; nothing at all. */
const HOSTILE: readonly Row[] = [
  ...Array.from({ length: 200 }, (_, i): Row => [`${textOf(1, [])} ${i % 7} ${i % 50}`, 'a']),
  ...SHORT.flatMap((text): Row[] => [
    [text, 'a'],
    [`${textOf(2, [])} ${text}`, text],
    [`${textOf(2, [])} ${text} `, text],
  ]),
  [null, null],
  [null, null],
  ['', null],
]

async function expectSame(task: DuplicateTask, relations: Relations): Promise<number> {
  const oracle = await resolveDuplicates(task)
  const found = await relateDuplicates(task, relations)
  expect(found.duplicates).toEqual(oracle.duplicates)
  expect([found.exact, found.near, found.overflows]).toEqual([oracle.exact, oracle.near, oracle.overflows])
  // In memory a pair whose clusters have met already is not looked at any more.
  expect(found.verified).toBeGreaterThanOrEqual(oracle.verified)
  return oracle.duplicates.length
}

/** A graph as the table of its edges. */
const edgesSql = (edges: readonly (readonly [number, number])[]): string =>
  `SELECT CAST(one AS BIGINT) AS one, CAST(other AS BIGINT) AS other FROM (VALUES ${edges.map(([a, b]) => `(${a}, ${b})`).join(', ')}) AS given(one, other)`

/** Smallest member of the component of each node, by walking. */
function components(edges: readonly (readonly [number, number])[]): Map<number, number> {
  const neighbours = new Map<number, number[]>()
  for (const [a, b] of edges) {
    neighbours.set(a, [...(neighbours.get(a) ?? []), b])
    neighbours.set(b, [...(neighbours.get(b) ?? []), a])
  }
  const labels = new Map<number, number>()
  for (const start of [...neighbours.keys()].sort((a, b) => a - b)) {
    const open = labels.has(start) ? [] : [start]
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (labels.has(at)) continue
      labels.set(at, start)
      open.push(...(neighbours.get(at) ?? []))
    }
  }
  return labels
}

async function expectComponents(edges: readonly (readonly [number, number])[], relations: Relations): Promise<number> {
  await relations.keep('edges', edgesSql(edges))
  const table = await connect(relations)
  const rows = await relations.rows<{ record: number; label: number }>(`SELECT record, label FROM ${table} ORDER BY record`)
  expect(new Map(rows.map(({ record, label }) => [record, label]))).toEqual(components(edges))
  return Number(table.replace('labels_', ''))
}

/** A path of n nodes whose numbers lie on it in no order. */
const shuffledPath = (n: number): [number, number][] => Array.from({ length: n - 1 }, (_, i) => [(i * 7919) % n, ((i + 1) * 7919) % n])

describe('duplicates as relations on DuckDB', () => {
  it('are those of the search in memory, whatever the chunks and the options', async () => {
    const relations = await duckdbRelations(tasks, folder)
    let merged = 0
    await fc.assert(
      fc.asyncProperty(corpus, fc.integer({ min: 1, max: 40 }), fc.boolean(), fc.boolean(), async (rows, chunkRows, exact, near) => {
        const texts = rows.map(([base, changes, label]): Row => [textOf(base, changes), `label ${label}`])
        merged += await expectSame(await tableOf(texts, chunkRows, { exact, near }), relations)
      }),
      { numRuns: 25, seed: 20261125 },
    )
    expect(merged).toBeGreaterThan(100)
    relations.close()
  })

  it('are the same on hostile strings and crowded buckets', async () => {
    const relations = await duckdbRelations(tasks, folder)
    expect(await expectSame(await tableOf(HOSTILE, 64), relations)).toBeGreaterThan(150)
    relations.close()
  })

  it('components of random graphs are those of a walk; a shuffled path of 2,000 takes few rounds', async () => {
    const relations = await duckdbRelations(tasks, folder)
    const edge = fc.tuple(fc.nat(40), fc.nat(40)).filter(([a, b]) => a !== b)
    await fc.assert(
      fc.asyncProperty(fc.array(edge, { minLength: 1, maxLength: 60 }), async (edges) => void (await expectComponents(edges, relations))),
      { numRuns: 30, seed: 20261125 },
    )
    expect(await expectComponents(shuffledPath(2000), relations)).toBeLessThanOrEqual(2 * Math.log2(2000))
    relations.close()
  })
})

// What SQL means does not depend on the master; builds on a cluster are in spark.test.ts.
const sparks = foundSparks('duplicates as relations').filter(({ master }) => master.startsWith('local'))

describe.each(sparks)('duplicates as relations on Spark at $home, $master', ({ home, master }) => {
  it('are the same on hostile strings and crowded buckets, and so are components', async () => {
    process.env['SPARK_HOME'] = home
    const pool = await openSpark(TASKS, join(folder, 'workspace'), { master, conf: SMALL_SPARK, relateFrom: 0, node: process.execPath })
    if (!pool.ok) throw new Error(pool.problem.message.en)
    const relations = pool.value.relations as Relations
    try {
      expect(await expectSame(await tableOf(HOSTILE, 64), relations)).toBeGreaterThan(150)
      expect(await expectComponents(shuffledPath(300), relations)).toBeLessThanOrEqual(2 * Math.log2(300))
    } finally {
      await pool.value.close()
    }
  }, 240_000)
})
