import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { build, explain, verifyRelease } from '../../src/index.ts'
import { exportText } from './export-text.ts'

const work = mkdtempSync(join(tmpdir(), 'relations-'))
afterAll(() => rmSync(work, { recursive: true, force: true }))

async function buildRecipe(name: string, files: Readonly<Record<string, string>>) {
  const folder = join(work, name)
  mkdirSync(folder)
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text)
  const built = await build({ input: join(folder, 'highgrade.yaml'), out: join(folder, 'out'), threads: 1 })
  if (!built.ok) throw new Error(built.problem.message.en)
  const { counts } = built.value.manifest
  expect(counts.in).toBe(counts.out + counts.merged + counts.quarantined)
  const verified = await verifyRelease({ folder: built.value.folder })
  expect(verified.ok && verified.value.holds).toBe(true)
  return built.value
}

describe('tables made of others', () => {
  it('wide years become long, and sites are joined by key; what joined nothing is in quarantine', async () => {
    const { manifest, folder } = await buildRecipe('join', {
      'yields.csv': 'site,y2020,y2021\nA,1.5,1.75\nB,2.5,2.25\n',
      'sites.csv': 'site,soil,ph\nA,loam,6.5\nB,clay,7.25\nC,sand,5.75\n',
      'highgrade.yaml': `dataset: yields
tables:
  yields:
    modality: table
    from: [yields.csv]
    reshape: [{ kind: melt, keep: [site], columns: [y2020, y2021], name: year, value: yield }]
    join: [{ table: sites, on: site }]
  sites: { modality: table, from: [sites.csv], auxiliary: true }
`,
    })
    expect(manifest.tables.map(({ name, records }) => [name, records])).toEqual([['yields', 4]])
    // Two rows became four; of three sites two were joined and one was not.
    expect(manifest.counts).toEqual({ in: 4 + 3, out: 4, merged: 2, quarantined: 1 })
    const rows = await exportText(folder)
    expect(rows.map(({ site, year, yield: value, soil }) => [site, year, value, soil])).toEqual([
      ['A', 'y2020', 1.5, 'loam'],
      ['A', 'y2021', 1.75, 'loam'],
      ['B', 'y2020', 2.5, 'clay'],
      ['B', 'y2021', 2.25, 'clay'],
    ])
    const explained = await explain(folder, String(rows[0]?.['id']))
    expect(explained.ok && explained.value.fate).toBe('released')
    expect(explained.ok && 'raw' in explained.value.replay && explained.value.replay.raw).toMatchObject({ site: 'A', y2020: '1.5' })
    // Each step's before and after, up to the operators.
    const steps = explained.ok && 'steps' in explained.value.replay ? explained.value.replay.steps : []
    expect(steps.slice(0, 2)).toEqual([
      {
        use: 'unify/melt',
        outcome: 'changed',
        changed: expect.arrayContaining([
          { field: 'y2020', before: 1.5, after: null },
          { field: 'year', before: null, after: 'y2020' },
          { field: 'yield', before: null, after: 1.5 },
        ]),
      },
      {
        use: 'unify/join',
        outcome: 'changed',
        changed: [
          { field: 'soil', before: null, after: 'loam' },
          { field: 'ph', before: null, after: 6.5 },
        ],
      },
    ])
    expect(steps.slice(2).every(({ use, outcome }) => !use.startsWith('unify/') && outcome === 'passed')).toBe(true)
    expect(steps.length).toBeGreaterThan(2)
  }, 60_000)

  it('long documents become records, and their text is all there', async () => {
    const sentences = Array.from({ length: 80 }, (_, i) => `Sentence number ${i} tells of valve ${i * 7} and of nothing else.`)
    const { manifest, folder } = await buildRecipe('split', {
      'docs.jsonl': `${JSON.stringify({ text: sentences.join(' ') })}\n`,
      'highgrade.yaml': `dataset: docs
tables:
  docs:
    modality: text
    from: [docs.jsonl]
    fields: [{ name: text, type: text, role: text }]
    reshape: [{ kind: split, field: text, maxCharacters: 600 }]
    steps: []
`,
    })
    expect(manifest.counts.out).toBeGreaterThan(6)
    const rows = await exportText(folder)
    expect(rows.every(({ text }) => String(text).length <= 600)).toBe(true)
    const all = rows.map(({ text }) => String(text)).join(' ')
    for (const sentence of sentences) expect(all.replace(/\s+/g, ' ')).toContain(sentence)
  }, 60_000)
})
