import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { readRecipe } from '../../src/base/recipe/index.ts'
import { build } from '../../src/build.ts'
import { sampleSource, survey, withRecords } from '../../src/ingest/index.ts'
import { init } from '../../src/init.ts'
import { openInput } from '../../src/open-input.ts'
import { planTables, type TablePlan } from '../../src/refine/index.ts'
import { zipBytes } from '../ingest/archives.ts'
import { emptyFolder, given, rawFolder, sharedFolder } from './raw-folder.ts'

const draft = async (folder: string, more: { pack?: string; force?: boolean } = {}) =>
  await init({ folder, scratch: emptyFolder(), threads: 2, ...more })

/** How a build would make its tables from a folder, with the recipe in it if there is one. */
async function plansOf(folder: string, pack?: string): Promise<readonly TablePlan[]> {
  const input = given(await openInput({ input: folder, out: emptyFolder(), pack }))
  const found = await survey(input.survey, { report: () => {} })
  const samples = await Promise.all(found.sources.map(sampleSource))
  return given(await planTables(input.recipe, withRecords(found, samples).sources, samples, input.pack))
}

/** What of a plan decides over the table; whether a recipe said so, and under which other names, does not. */
const essence = (plans: readonly TablePlan[]) =>
  plans.map(({ name, modality, sources, fields, mapping, decisions, steps, task }) => ({
    name,
    modality,
    sources,
    fields: fields.map(({ from: _, ...field }) => field),
    mapping,
    decisions: Object.fromEntries(Object.entries(decisions).map(([field, { inferred: _, ...decision }]) => [field, decision])),
    steps,
    task,
  }))

/** The recipe with everything that is commented out in force. */
const filledIn = (text: string): string => {
  const lines = text.split('\n')
  const from = lines.findIndex((line) => line.startsWith('# documentation:'))
  const inForce = lines.map((line, at) => (at >= from && /^# {1,7}(?:[a-z][\w-]*:|- \{)/.test(line) ? line.slice(2) : line))
  return inForce.join('\n')
}

/** A WAV file of zeros: 8 kHz, 16 bit, one channel. */
function silence(samples: number): Uint8Array {
  const bytes = Buffer.alloc(44 + 2 * samples)
  bytes.write('RIFF', 0, 'latin1')
  bytes.writeUInt32LE(36 + 2 * samples, 4)
  bytes.write('WAVEfmt ', 8, 'latin1')
  for (const [value, at] of [
    [16, 16],
    [16_000, 28],
    [2 * samples, 40],
  ] as const)
    bytes.writeUInt32LE(value, at)
  bytes.writeUInt32LE(8000, 24)
  for (const [value, at] of [
    [1, 20],
    [1, 22],
    [2, 32],
    [16, 34],
  ] as const)
    bytes.writeUInt16LE(value, at)
  bytes.write('data', 36, 'latin1')
  return bytes
}

describe('init', () => {
  const copied = (name: string): string | undefined => {
    const shared = sharedFolder(name)
    if (shared === undefined) return undefined
    const folder = join(emptyFolder(), name)
    cpSync(shared, folder, { recursive: true })
    return folder
  }

  it.each(['01-industrial-manufacturing/SKAB', '12-weak-supervision'])('drafts for %s what the bare folder makes', async (name) => {
    const folder = copied(name)
    if (folder === undefined) return
    const bare = await plansOf(folder)
    given(await draft(folder))
    expect(essence(await plansOf(folder))).toEqual(essence(bare))
  })

  it('drafts by the schemas of a pack, whose fields it only tells', async () => {
    const folder = join(emptyFolder(), 'loans')
    cpSync('examples/finance/raw', folder, { recursive: true })
    const bare = await plansOf(folder, 'finance')
    const drafted = given(await draft(folder, { pack: 'finance' }))
    expect(drafted.tables.map(({ schema }) => schema).sort()).toEqual(['financial-statements', 'loans'])
    const recipe = given(readRecipe(readFileSync(drafted.file, 'utf8'), 'highgrade.yaml'))
    expect(recipe.pack).toBe('finance')
    expect(Object.values(recipe.tables ?? {}).map(({ fields }) => fields)).toEqual([undefined, undefined])
    expect(essence(await plansOf(folder))).toEqual(essence(bare))
  })

  const raw = (): string =>
    rawFolder({
      'ward/visits.csv': `id,time,temp(℃),说明,label\n${Array.from({ length: 40 }, (_, i) => `v${i},2024-05-${String(1 + (i % 28)).padStart(2, '0')},${36 + (i % 5) / 2},"第 ${i} 次: 电话 1391234567${i % 10} # ok",${i % 2 ? 'ill' : 'well'}`).join('\n')}\n`,
      'ward/more/visits-2.csv': 'id,time,temp(℃),说明,label\nw1,2024-06-01,37.5,好转,well\nw2,2024-06-02,38,发热,ill\n',
      'other #1.csv': 'a,b\n1,2\n3,4\n5,6\n',
      'junk.bin': Uint8Array.of(0, 200, 1, 250, 0, 7, 0, 222),
    })

  it('makes the same release, record for record, as the bare folder', async () => {
    const folder = raw()
    const bare = given(await build({ input: folder, out: emptyFolder(), threads: 2 }))
    given(await draft(folder))
    const drafted = given(await build({ input: join(folder, 'highgrade.yaml'), out: emptyFolder(), threads: 2 }))
    expect(drafted.manifest.dataset).toBe(bare.manifest.dataset)
    expect(drafted.manifest.root).toBe(bare.manifest.root)
    expect(drafted.manifest.tables.map(({ name, records }) => [name, records])).toEqual(
      bare.manifest.tables.map(({ name, records }) => [name, records]),
    )
  })

  it('keeps the account of what was refused, in folders and in archives of archives', async () => {
    const inner = zipBytes([
      { name: 'deep.csv', data: Buffer.from('x,y\n1,2\n3,4\n') },
      { name: 'deep.bin', data: Buffer.of(0, 200, 1, 250, 0, 7) },
    ])
    const folder = rawFolder({
      'a.csv': 'p,q\n1,2\n3,4\n5,6\n',
      'empty.csv': '',
      'bad/1.bin': Uint8Array.of(0, 200, 1, 250, 0, 7, 0, 222),
      'bad/2.bin': Uint8Array.of(0, 201, 1, 250, 0, 7, 0, 222),
      'bad/3.bin': Uint8Array.of(0, 202, 1, 250, 0, 7, 0, 222),
      'outer.zip': zipBytes([
        { name: 'inner.zip', data: inner },
        { name: 'note.bin', data: Buffer.of(0, 1, 2, 3, 0, 255) },
      ]),
    })
    const bare = given(await build({ input: folder, out: emptyFolder(), threads: 2 }))
    expect(bare.manifest.counts).toMatchObject({ in: 11, out: 5, quarantined: 6 })
    const { file } = given(await draft(folder))
    const drafted = given(await build({ input: file, out: emptyFolder(), threads: 2 }))
    expect(drafted.manifest.counts).toEqual(bare.manifest.counts)
    expect(drafted.manifest.root).toBe(bare.manifest.root)
    // A refused file that can be read by now is not passed over in silence.
    writeFileSync(join(folder, 'empty.csv'), 'm,n\n1,2\n')
    const later = given(await build({ input: file, out: emptyFolder(), threads: 2 }))
    expect(later.manifest.counts).toEqual(bare.manifest.counts)
  })

  it('drafts media as the bare folder makes them, without the columns that no file fills', async () => {
    const picture = (blue: number) => sharp({ create: { width: 90, height: 70, channels: 3, background: { r: 200, g: 90, b: blue } } })
    const folder = rawFolder({
      'img/a.png': await picture(10).png().toBuffer(),
      'img/b.jpg': await picture(80).jpeg().toBuffer(),
      'img/c.png': await picture(160).png().toBuffer(),
      'sound/a.wav': silence(800),
      'sound/b.wav': silence(1600),
    })
    const bare = await plansOf(folder)
    const { file } = given(await draft(folder))
    expect(readFileSync(file, 'utf8')).not.toContain('others:')
    const drafted = await plansOf(folder)
    expect(essence(drafted)).toEqual(essence(bare))
    const media = drafted.flatMap(({ name, fields }) => fields.filter(({ type }) => type === 'media').map(({ role }) => [name, role]))
    expect(media).toEqual([
      ['img', 'image'],
      ['sound', undefined],
    ])
    expect(drafted.flatMap(({ fields }) => fields.map(({ name }) => name))).not.toContain('gps_latitude')
  })

  it('drafts the types of all values, not only of the first ones', async () => {
    const rows = Array.from({ length: 45_000 }, (_, i) => `r${i},${i < 44_000 ? i % 977 : `${i % 977}.5`}`)
    const folder = rawFolder({ 'log.csv': `name,value\n${rows.join('\n')}\n` })
    const { file } = given(await draft(folder))
    const recipe = given(readRecipe(readFileSync(file, 'utf8'), file))
    expect(recipe.tables?.['log']?.fields?.map(({ name, type }) => [name, type])).toEqual([
      ['name', 'text'],
      ['value', 'number'],
    ])
  })

  it('tells what was seen, shows no person, names what was refused', async () => {
    const folder = raw()
    const { file, refused } = given(await draft(folder))
    const text = readFileSync(file, 'utf8')
    expect(refused).toBe(1)
    expect(text).toMatch(/temp\(℃\).*type: number.*unit: Cel.*# 36 … 38/)
    expect(text).toMatch(/说明.*⚠ phone/)
    expect(text).not.toMatch(/1391234567/)
    expect(text).toContain('junk.bin')
    expect(text).toMatch(/text\/normalize-unicode.*# .*\p{Script=Han}.* · [A-Z]/u)
  })

  it('is a recipe that stays one when its suggestions are taken', async () => {
    const { file } = given(await draft(raw()))
    const text = readFileSync(file, 'utf8')
    expect(given(readRecipe(text, file)).demand).toBeUndefined()
    const filled = given(readRecipe(filledIn(text), file))
    expect(filled.demand).toMatchObject({
      scale: { records: 45 },
      coverage: [{ field: 'label', values: ['ill', 'well'], atLeast: 10 }],
      window: { field: 'time', from: '2024-05-01', to: '2024-06-02' },
      task: { kind: 'classification', target: 'label' },
    })
    expect(Object.keys(filled.documentation ?? {})).toContain('limitations')
    expect(filled.release?.splits).toEqual({ train: 0.8, validation: 0.1, test: 0.1 })
  })

  it('leaves a recipe that is there alone, unless forced, and then does not read it', async () => {
    const folder = raw()
    const file = join(folder, 'highgrade.yaml')
    writeFileSync(file, 'dataset: [mine\n')
    const refused = await draft(folder)
    expect(refused.ok ? '' : refused.problem.code).toBe('init/recipe-exists')
    expect(readFileSync(file, 'utf8')).toBe('dataset: [mine\n')
    expect(given(await draft(folder, { force: true })).tables).toHaveLength(2)
    expect(readRecipe(readFileSync(file, 'utf8'), file).ok).toBe(true)
  })

  it('writes nothing where there is nothing, or no such pack', async () => {
    const empty = emptyFolder()
    const outcomes = [await draft(empty), await draft(join(empty, 'none')), await draft(raw(), { pack: 'fishing' })]
    expect(outcomes.map((outcome) => (outcome.ok ? '' : outcome.problem.code))).toEqual([
      'build/input-not-found',
      'build/input-not-found',
      'build/pack-unknown',
    ])
    expect(existsSync(join(empty, 'highgrade.yaml'))).toBe(false)
  })
})
