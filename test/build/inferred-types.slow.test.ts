import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { build, readRelease } from '../../src/index.ts'
import { bytesOf } from './release-bytes.ts'

const work = mkdtempSync(join(tmpdir(), 'inferred-'))
afterAll(() => rmSync(work, { recursive: true, force: true }))
let folders = 0

/** A folder with one file, its records past the sample of 40,000 rows different from those before. */
function rawFile(name: string, text: string, recipe?: string): { raw: string; out: string } {
  const base = join(work, String(folders++))
  mkdirSync(join(base, 'raw'), { recursive: true })
  writeFileSync(join(base, 'raw', name), text)
  if (recipe !== undefined) writeFileSync(join(base, 'raw', 'highgrade.yaml'), recipe)
  return { raw: join(base, 'raw'), out: join(base, 'out') }
}

const EARLY = 45_000
const LATE = 200

const csv = (header: string, early: (i: number) => string, late: (i: number) => string): string =>
  [header, ...Array.from({ length: EARLY }, (_, i) => early(i)), ...Array.from({ length: LATE }, (_, i) => late(i)), ''].join('\n')

async function built(text: string, recipe?: string): Promise<{ counts: unknown; types: Record<string, string> }> {
  const { raw, out } = rawFile('log.csv', text, recipe)
  const made = await build({ input: raw, out, threads: 1 })
  if (!made.ok) throw new Error(made.problem.message.en)
  const release = await readRelease(made.value.folder)
  const fields = (release.ok && release.value.recipe.tables[0]?.plan.fields) || []
  return { counts: made.value.manifest.counts, types: Object.fromEntries(fields.map(({ name, type }) => [name, type])) }
}

describe('types told from a sample', () => {
  it.each<[what: string, early: (i: number) => string, late: (i: number) => string, type: string]>([
    ['fractions after whole numbers', (i) => `r${i},${i % 977}`, (i) => `s${i},${i}.5`, 'number'],
    ['words after numbers', (i) => `r${i},${i % 977}`, (i) => `s${i},level ${String.fromCharCode(65 + (i % 7))} of tank`, 'text'],
    ['names with leading zeros after numbers', (i) => `r${i},${1000 + i}`, (i) => `s${i},00${i}`, 'text'],
    ['numbers past 2^53 after small ones', (i) => `r${i},${i}`, (i) => `s${i},90071992547409931${i}`, 'text'],
    [
      'times of day after days',
      (i) => `r${i},2024-01-${String((i % 28) + 1).padStart(2, '0')}`,
      (i) => `s${i},2024-02-01 12:30:${i % 60}`,
      'timestamp',
    ],
    ['days first, where both orders were possible', (i) => `r${i},0${(i % 9) + 1}/05/2024`, () => 's,25/05/2024', 'date'],
    ['words after truth values', (i) => `r${i},${i % 2 ? 'true' : 'false'}`, (i) => `s${i},maybe ${i}`, 'text'],
  ])(
    'widen to what all values are: %s',
    async (_, early, late, type) => {
      const { counts, types } = await built(csv('name,value', early, late))
      expect(counts).toMatchObject({ in: EARLY + LATE, quarantined: 0 })
      expect(types['value']).toBe(type)
    },
    60_000,
  )

  it('stay where a few words are strays: those records are quarantined', async () => {
    const { counts, types } = await built(
      csv(
        'name,value',
        (i) => `r${i},${i % 977}`,
        (i) => `s${i},${i < 3 ? 'hello there' : i}`,
      ),
    )
    expect(counts).toMatchObject({ quarantined: 3 })
    expect(types['value']).toBe('integer')
  }, 60_000)

  it('stay where they are declared', async () => {
    const recipe =
      'dataset: log\nversion: 0.1.0\ntables:\n  log:\n    from: [log.csv]\n    modality: table\n    fields:\n      - { name: value, type: integer }\n'
    const { counts, types } = await built(
      csv(
        'name,value',
        (i) => `r${i},${i % 977}`,
        (i) => `s${i},${i}.5`,
      ),
      recipe,
    )
    expect(counts).toMatchObject({ quarantined: LATE })
    expect(types['value']).toBe('integer')
  }, 60_000)

  it('are the same on any number of threads', async () => {
    const text = csv(
      'name,value',
      (i) => `r${i},${i % 977}`,
      (i) => `s${i},${i}.5`,
    )
    const [one, two] = [rawFile('log.csv', text), rawFile('log.csv', text)]
    const first = await build({ input: one.raw, out: one.out, threads: 1 })
    const second = await build({ input: two.raw, out: two.out, threads: 2 })
    expect(first.ok && second.ok && bytesOf(first.value.folder)).toEqual(second.ok && bytesOf(second.value.folder))
  }, 60_000)
})
