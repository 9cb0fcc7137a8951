import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalRecords, type Field, recordHashes } from '../../../src/base/record/index.ts'
import { diffReleases, type ReleaseDiff, type TableDiff } from '../../../src/release/index.ts'
import { batchOf, type MadeRelease, type MadeTable, makeRelease, type Value } from '../make-release.ts'

type Row = Readonly<Record<string, Value>>

async function diffOf(before: MadeRelease, after: MadeRelease): Promise<ReleaseDiff> {
  const outcome = await diffReleases(await makeRelease(before), await makeRelease(after))
  if (!outcome.ok) throw new Error(outcome.problem.message.en)
  return outcome.value
}

const tableOf = (diff: ReleaseDiff, name = 't'): TableDiff => {
  const found = diff.tables.find((one) => one.name === name)
  if (!found) throw new Error(`no table ${name}`)
  return found
}

const FIELDS: Field[] = [
  { name: 'text', type: 'text' },
  { name: 'n', type: 'number' },
  { name: 'label', type: 'category', role: 'label' },
]

const splitFor = (id: string): string => (id.charCodeAt(id.length - 1) % 3 === 0 ? 'test' : 'train')

function made(rows: ReadonlyMap<string, Row>, fields: readonly Field[] = FIELDS, shardRows = 3): MadeTable {
  const ids = [...rows.keys()].sort()
  return { name: 't', fields, ids, rows: ids.map((id) => rows.get(id) ?? {}), splits: ids.map(splitFor), shardRows }
}

/** Record hashes by id, and content without it, from all records at once: what a diff must agree with. */
function hashesOf(rows: ReadonlyMap<string, Row>) {
  const ids = [...rows.keys()]
  const batch = batchOf(
    FIELDS,
    ids,
    ids.map((id) => rows.get(id) ?? {}),
  )
  const hashes = recordHashes(batch).map((hash) => hash.toString('hex'))
  const contents = canonicalRecords({ ...batch, ids: ids.map(() => '') })
  return new Map(ids.map((id, i) => [id, { hash: hashes[i] as string, content: contents[i] as string }]))
}

const rows = fc
  .uniqueArray(
    fc.tuple(
      fc.stringMatching(/^[0-9a-f]{2}-\d{2}$/),
      fc.record({
        text: fc.constantFrom('a', 'b', '玉米', null),
        n: fc.constantFrom(0, 1.5, null),
        label: fc.constantFrom('x', 'y', null),
      }),
    ),
    { selector: ([id]) => id, minLength: 1, maxLength: 25 },
  )
  .map((list): ReadonlyMap<string, Row> => new Map(list))

const sorted = (listed: { readonly examples: readonly string[] }): string[] => [...listed.examples].sort()

describe('the records of two releases', () => {
  it('are told apart as their hashes tell them', async () => {
    await fc.assert(
      fc.asyncProperty(rows, rows, fc.integer({ min: 1, max: 9 }), async (a, b, shardRows) => {
        const diff = tableOf(await diffOf({ tables: [made(a, FIELDS, shardRows)] }, { tables: [made(b)] }))
        const [before, after] = [hashesOf(a), hashesOf(b)]
        const ids = [...new Set([...a.keys(), ...b.keys()])].sort()
        const common = ids.filter((id) => before.has(id) && after.has(id))
        const changed = common.filter((id) => before.get(id)?.hash !== after.get(id)?.hash)
        expect(diff.unchanged).toBe(common.length - changed.length)
        expect(diff.changed).toEqual({ count: changed.length, examples: changed.slice(0, 20) })
        // Contents that one side has alone, counted: each finds at most one partner.
        const rest = (side: typeof before, other: typeof before): string[] =>
          [...side].filter(([id]) => !other.has(id)).map(([, { content }]) => content)
        const [gone, fresh] = [rest(before, after), rest(after, before)]
        const moved = [...new Set(gone)].reduce(
          (sum, content) => sum + Math.min(gone.filter((one) => one === content).length, fresh.filter((one) => one === content).length),
          0,
        )
        expect([diff.moved.count, diff.removed.count, diff.added.count]).toEqual([moved, gone.length - moved, fresh.length - moved])
        for (const { from, to } of diff.moved.examples) expect(before.get(from)?.content).toBe(after.get(to)?.content)
        const partners = new Set(diff.moved.examples.flatMap(({ from, to }) => [from, to]))
        expect([...sorted(diff.removed), ...sorted(diff.added)].some((id) => partners.has(id))).toBe(false)
        for (const id of diff.removed.examples) expect(before.has(id) && !after.has(id)).toBe(true)
        for (const id of diff.added.examples) expect(after.has(id) && !before.has(id)).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  it('are the same the other way round, with added and removed changed places', async () => {
    await fc.assert(
      fc.asyncProperty(rows, rows, async (a, b) => {
        const there = tableOf(await diffOf({ tables: [made(a)] }, { tables: [made(b)] }))
        const back = tableOf(await diffOf({ tables: [made(b)] }, { tables: [made(a)] }))
        expect(back.removed.count).toBe(there.added.count)
        expect(back.added.count).toBe(there.removed.count)
        expect([back.changed, back.moved.count, back.unchanged]).toEqual([there.changed, there.moved.count, there.unchanged])
      }),
      { numRuns: 20 },
    )
  })

  it('have no difference to themselves', async () => {
    const release = { tables: [made(new Map([['aa-01', { text: 'x' }]]))] }
    const diff = await diffOf(release, release)
    expect(diff.sameRecords).toBe(true)
    expect(tableOf(diff)).toMatchObject({ change: 'same', unchanged: 1, added: { count: 0 }, removed: { count: 0 }, labels: null })
  })

  it('are compared over many files and row groups', async () => {
    const n = 40_000
    const all = (shift: number): MadeTable => ({
      name: 't',
      fields: FIELDS,
      ids: Array.from({ length: n }, (_, i) => `k-${String(i + shift).padStart(9, '0')}`),
      rows: Array.from({ length: n }, (_, i) => ({ text: `record ${i + shift}`, n: i + shift === 777 ? -shift : 1, label: 'x' })),
      splits: Array.from({ length: n }, (_, i) => ['train', 'validation', 'test'][(i + shift) % 3] as string),
      shardRows: 9_000,
    })
    const diff = tableOf(await diffOf({ tables: [all(0)] }, { tables: [all(500)] }))
    expect([diff.unchanged, diff.changed.count, diff.removed.count, diff.added.count, diff.moved.count]).toEqual([n - 501, 1, 500, 500, 0])
    expect(diff.removed.examples).toEqual(Array.from({ length: 20 }, (_, i) => `k-${String(i).padStart(9, '0')}`))
    expect(diff.changed.examples).toEqual(['k-000000777'])
    expect(diff.changedFields).toEqual({ n: 1 })
  })

  it('are refused where they do not lie in order of id', async () => {
    const table: MadeTable = { name: 't', fields: FIELDS, ids: ['b', 'a'], rows: [{ text: 'x' }, { text: 'y' }] }
    const outcome = await diffReleases(
      await makeRelease({ tables: [table] }),
      await makeRelease({ tables: [{ ...table, ids: ['a', 'b'] }] }),
    )
    expect(outcome.ok ? '' : outcome.problem).toMatchObject({ code: 'release/ids-out-of-order', facts: { found: 'a', expected: 'b' } })
  })
})

describe('what else differs', () => {
  const one = new Map<string, Row>([
    ['a-1', { text: 'x', n: 1, label: 'cat' }],
    ['a-2', { text: 'y', n: 2, label: 'dog' }],
    ['a-4', { text: 'z', n: 3, label: 'dog' }],
  ])

  it('schema: fields, types, units and codes', async () => {
    const before: Field[] = [
      { name: 'text', type: 'text' },
      { name: 'n', type: 'number', unit: 'Cel', range: [0, 50] },
      { name: 'label', type: 'category', role: 'label', codes: ['cat', 'dog'] },
      { name: 'old', type: 'text' },
    ]
    const after: Field[] = [
      { name: 'text', type: 'text', role: 'text' },
      { name: 'n', type: 'integer', unit: 'K', range: [0, 50] },
      { name: 'label', type: 'category', role: 'label', codes: ['dog', 'fox'] },
      { name: 'new', type: 'boolean' },
    ]
    const diff = tableOf(await diffOf({ tables: [made(one, before)] }, { tables: [made(one, after)] }))
    expect(diff.fields).toEqual([
      { field: 'label', change: 'codes', added: ['fox'], removed: ['cat'] },
      { field: 'n', change: 'changed', what: 'type', before: 'number', after: 'integer' },
      { field: 'n', change: 'changed', what: 'unit', before: 'Cel', after: 'K' },
      { field: 'new', change: 'added', type: 'boolean' },
      { field: 'old', change: 'removed', type: 'text' },
      { field: 'text', change: 'changed', what: 'role', before: null, after: 'text' },
    ])
    // A number and an integer of the same value are one literal in the canonical record.
    expect([diff.unchanged, diff.change]).toEqual([3, 'changed'])
  })

  it('a field that every record has now changes every record, and is named', async () => {
    const fields: Field[] = [...FIELDS, { name: 'place', type: 'category' }]
    const filled = new Map([...one].map(([id, row]) => [id, { ...row, place: 'p' }]))
    const diff = tableOf(await diffOf({ tables: [made(one)] }, { tables: [made(filled, fields)] }))
    expect([diff.unchanged, diff.changed.count, diff.changedFields]).toEqual([0, 3, { place: 3 }])
  })

  it('labels: counts by class, and how far the distributions are apart', async () => {
    const other = new Map([...one].map(([id, row]) => [id, { ...row, label: id === 'a-1' ? 'cat' : 'fox' }]))
    const { labels } = tableOf(await diffOf({ tables: [made(one)] }, { tables: [made(other)] }))
    expect(labels?.field).toBe('label')
    expect(labels?.classes).toEqual([
      { label: 'dog', before: 2, after: 0 },
      { label: 'fox', before: 0, after: 2 },
    ])
    expect(labels?.distance).toBeCloseTo(2 / 3, 12)
  })

  it('labels: mean and range of a number', async () => {
    const fields: Field[] = [
      { name: 'text', type: 'text' },
      { name: 'n', type: 'number', role: 'label' },
    ]
    const other = new Map([...one].map(([id, row]) => [id, { ...row, n: Number(row['n']) * 2 }]))
    const { labels } = tableOf(await diffOf({ tables: [made(one, fields)] }, { tables: [made(other, fields)] }))
    expect(labels).toMatchObject({
      number: { before: { n: 3, mean: 2, min: 1, max: 3 }, after: { n: 3, mean: 4, min: 2, max: 6 } },
      distance: null,
    })
  })

  it('raw files, recipe, steps and splits', async () => {
    const source = (path: string, sha256: string) => ({
      key: path,
      path,
      sha256,
      size: 1,
      format: 'csv',
      parameters: {},
      license: undefined,
    })
    const step = { use: 'text/mask-email', version: 1, parameters: {} }
    const diff = await diffOf(
      {
        tables: [{ ...made(one), splits: ['train', 'train', 'test'] }],
        sources: [source('a.csv', '1'), source('b.csv', '2'), source('c.csv', '3')],
        refused: [source('x.bin', '9')],
        recipe: { license: 'MIT', provenance: { source: '自采' } },
      },
      {
        tables: [{ ...made(one), splits: ['train', 'train', 'train'], steps: [step] }],
        sources: [source('a.csv', '1'), source('b.csv', '7'), source('d.csv', '4'), source('x.bin', '9')],
        refused: [source('e.bin', '0')],
        recipe: { license: 'CC-BY-4.0', provenance: { source: '论文' }, version: '1.1.0' },
      },
    )
    expect(diff.sources).toEqual({
      same: 2,
      added: { count: 2, examples: ['d.csv', 'e.bin'] },
      removed: { count: 1, examples: ['c.csv'] },
      changed: { count: 1, examples: ['b.csv'] },
      refused: { count: 0, examples: [] },
      accepted: { count: 1, examples: ['x.bin'] },
    })
    expect(diff.recipe).toEqual([
      { key: 'license', before: 'MIT', after: 'CC-BY-4.0' },
      { key: 'provenance.source', before: '自采', after: '论文' },
    ])
    expect(tableOf(diff)).toMatchObject({
      change: 'changed',
      unchanged: 3,
      steps: { before: [], after: ['text/mask-email@1'] },
      splits: { train: { before: 2, after: 3 }, test: { before: 1, after: 0 } },
    })
    expect([diff.before.version, diff.after.version, diff.sameRecords]).toEqual(['1.0.0', '1.1.0', true])
  })

  it('grade: dimensions and indicators, also those that were not measured', async () => {
    const grade = (score: number, more: Record<string, unknown>) => ({
      passes: score >= 90,
      documentation: { score },
      quality: { score: null },
      application: { score: 95 },
      indicators: {
        '0201': { status: 'measured', score, title: { zh: '完整', en: 'complete' } },
        '0208': { status: 'measured', score: 99, title: { zh: '清洁', en: 'clean' } },
        ...more,
      },
    })
    const missing = { '0305': { status: 'not-measured', title: { zh: '适用', en: 'fit' } } }
    const found = { '0305': { status: 'measured', score: 80, title: { zh: '适用', en: 'fit' } } }
    const { grade: diff } = await diffOf(
      { tables: [made(one)], grade: grade(89, missing) },
      { tables: [made(one)], grade: grade(91, found) },
    )
    expect(diff.passes).toEqual({ before: false, after: true })
    expect(diff.scores.map(({ code, before, after }) => [code, before, after])).toEqual([
      ['documentation', 89, 91],
      ['0201', 89, 91],
      ['0305', null, 80],
    ])
  })

  it('whole tables; one that only has another name is the same table', async () => {
    const other = new Map<string, Row>([['b-1', { text: 'x', n: 1, label: 'cat' }]])
    const renamed = await diffOf({ tables: [made(one)] }, { tables: [{ ...made(other), name: 'u' }] })
    expect(renamed.tables.map(({ name, was, change, removed, moved }) => [name, was, change, removed.count, moved.count])).toEqual([
      ['u', 't', 'changed', 2, 1],
    ])
    const fields: Field[] = [{ name: 'else', type: 'text' }]
    const unlike: MadeTable = { name: 'u', fields, rows: [{ else: 'x' }, { else: 'y' }] }
    const diff = await diffOf({ tables: [made(one)] }, { tables: [unlike] })
    expect(
      diff.tables.map(({ name, was, change, added, removed, moved }) => [name, was, change, added.count, removed.count, moved.count]),
    ).toEqual([
      ['t', null, 'removed', 0, 3, 0],
      ['u', null, 'added', 2, 0, 0],
    ])
  })
})

describe('real data', () => {
  const file = fileURLToPath(new URL('../../../../shared/data/04-education/TAL-SCQ5K/ch_single_choice_test_2K.jsonl', import.meta.url))

  it('mathematics questions of TAL-SCQ5K: a file renamed, an answer corrected, a question dropped', async () => {
    if (!existsSync(file)) {
      process.stderr.write(`not run on real data: ${file} is absent\n`)
      return
    }
    const questions = readFileSync(file, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    const fields: Field[] = [
      { name: 'problem', type: 'text', role: 'text' },
      { name: 'answer_value', type: 'category', role: 'label' },
    ]
    const rowsOf = (change: (answer: string, i: number) => string): Row[] =>
      questions.map((one, i) => ({ problem: String(one['problem']), answer_value: change(String(one['answer_value']), i) }))
    const ids = (key: string): string[] => questions.map((_, i) => `${key}-${String(i).padStart(9, '0')}`)
    const table = (key: string, all: Row[]): MadeTable => ({ name: 't', modality: 'text', fields, ids: ids(key), rows: all })
    const before = table(
      'aaaa',
      rowsOf((answer) => answer),
    )
    const corrected = table(
      'aaaa',
      rowsOf((answer, i) => (i === 1234 ? `${answer}!` : answer)),
    )
    const fixed = tableOf(await diffOf({ tables: [before] }, { tables: [corrected] }))
    expect([fixed.unchanged, fixed.changed]).toEqual([questions.length - 1, { count: 1, examples: ['aaaa-000001234'] }])
    const renamed = table(
      'bbbb',
      rowsOf((answer) => answer),
    )
    const without = { ...renamed, ids: renamed.ids?.slice(1) ?? [], rows: renamed.rows.slice(1) }
    const moved = tableOf(await diffOf({ tables: [before] }, { tables: [without] }))
    expect([moved.moved.count, moved.added.count, moved.removed.count]).toEqual([questions.length - 1, 0, 1])
  })
})
