import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadExportForms, prepareExport, writeExport } from '../../../src/release/index.ts'
import { ready, written } from '../export-texts.ts'
import { makeRelease, temporaryFolder } from '../make-release.ts'
import { boxedImages, classedImages, pngs, ROWS, SENTENCES, TERMS } from './made-tables.ts'

const forms = await loadExportForms()
const media = await pngs(['red', 'green', 'blue'])
const release = makeRelease({ tables: [ROWS, SENTENCES, boxedImages(media), classedImages(media)], media, recipe: TERMS })

const problemOf = async (to: string, parameters: Record<string, unknown> = {}, tables: string[] = []) => {
  const outcome = await prepareExport({ folder: await release, to, tables, parameters })
  return outcome.ok ? undefined : outcome.problem
}

describe('every form', () => {
  it('is there', () => {
    expect(forms.map(({ id }) => id)).toEqual(['coco', 'conll', 'croissant', 'csv', 'hf', 'jsonl', 'labelstudio', 'tc609', 'yolo'])
  })

  it.each(forms.map(({ id, plugin }) => [id, plugin] as const))('%s speaks both languages', (_, form) => {
    const words = [form.title, form.doc, form.needs, ...Object.values(form.reasons ?? {})]
    for (const { zh, en } of words) {
      expect(zh).not.toBe('')
      expect(en).not.toBe('')
    }
    expect(form.doc.zh).toMatch(/\p{sc=Han}/u)
    expect(form.source).not.toBe('')
  })

  it.each(forms.map(({ id }) => id))('%s writes the same bytes each time', async (id) => {
    const [first, second] = [await written(await release, id), await written(await release, id)]
    expect(first.paths.length).toBeGreaterThan(0)
    expect(second.paths).toEqual(first.paths)
    for (const path of first.paths)
      expect(readFileSync(join(second.folder, path)).equals(readFileSync(join(first.folder, path))), path).toBe(true)
  })

  it.each(forms.map(({ id }) => id))('%s refuses options that it does not know', async (id) => {
    expect((await problemOf(id, { notThis: 1 }))?.facts).toMatchObject({ at: id, field: '--not-this' })
  })
})

describe('exports', () => {
  it('name what is wrong with form, table or option', async () => {
    expect(await problemOf('xlsx')).toMatchObject({ code: 'release/export-form-unknown', facts: { at: 'xlsx' } })
    expect(await problemOf('csv', {}, ['rows', 'nothing'])).toMatchObject({ code: 'release/table-unknown', facts: { found: 'nothing' } })
    expect(await problemOf('csv', { bom: 'yes' })).toMatchObject({ code: 'release/export-option-invalid', facts: { field: '--bom' } })
    expect(await problemOf('croissant', { baseUrl: 'file:///etc' })).toMatchObject({ code: 'release/export-option-invalid' })
  })

  it('name what the form needs and what the table has', async () => {
    const problem = await problemOf('coco', {}, ['rows'])
    expect(problem?.code).toBe('release/export-form-unfit')
    expect(problem?.message.en).toContain('an image field')
    expect(problem?.message.en).toContain('rows (table: note: text')
    expect(problem?.message.zh).toContain('图像字段')
    expect((await problemOf('conll', {}, ['classed']))?.code).toBe('release/export-form-unfit')
  })

  it('stream only what is one text', async () => {
    const streams = async (to: string, tables: string[] = []): Promise<boolean> =>
      (await ready(await release, to, {}, tables)).stream !== undefined
    expect([await streams('jsonl'), await streams('croissant')]).toEqual([true, true])
    expect([await streams('csv'), await streams('csv', ['rows']), await streams('tc609'), await streams('tc609', ['rows'])]).toEqual([
      false,
      true,
      false,
      true,
    ])
    for (const to of ['hf', 'coco', 'yolo', 'labelstudio']) expect(await streams(to)).toBe(false)
  })

  it('write into a new folder only, outside of the release', async () => {
    const folder = await release
    const csv = await ready(folder, 'csv')
    const taken = temporaryFolder()
    writeFileSync(join(taken, 'mine'), 'x')
    for (const into of [taken, join(taken, 'mine'), folder, join(folder, 'export')]) {
      const outcome = await writeExport(csv, into, folder)
      expect(outcome.ok ? '' : outcome.problem.code).toBe('release/export-folder-taken')
    }
    const empty = join(temporaryFolder(), 'empty')
    mkdirSync(empty)
    expect((await writeExport(csv, empty, folder)).ok).toBe(true)
    expect(existsSync(join(empty, 'rows.csv'))).toBe(true)
  })

  it('leave nothing behind when they break off', async () => {
    const folder = temporaryFolder()
    const broken = {
      ...(await ready(await release, 'csv')),
      files: async function* () {
        yield { path: 'a.csv', write: async (to: string) => writeFileSync(to, 'x') }
        throw new Error('disk full')
      },
    }
    await expect(writeExport(broken, join(folder, 'out'), await release)).rejects.toThrow('disk full')
    expect(existsSync(join(folder, 'out'))).toBe(false)
  })

  it('are refused where the folder cannot be made', async () => {
    const file = join(temporaryFolder(), 'file')
    writeFileSync(file, '')
    const outcome = await writeExport(await ready(await release, 'csv'), join(file, 'out'), await release)
    expect(outcome.ok ? '' : outcome.problem).toMatchObject({ code: 'store/not-writable', facts: { found: 'ENOTDIR' } })
  })

  it('name the file of the release that is damaged', async () => {
    const broken = await makeRelease({ tables: [ROWS, classedImages(media)], media })
    writeFileSync(join(broken, 'data/rows/train-00000-of-00001.parquet'), 'PAR1 no more')
    const csv = await writeExport(await ready(broken, 'csv'), join(temporaryFolder(), 'out'), broken)
    expect(csv.ok ? '' : csv.problem.code).toBe('release/file-unreadable')
    rmSync(join(broken, 'data/classed'), { recursive: true })
    const yolo = await prepareExport({ folder: broken, to: 'yolo', tables: [], parameters: {} })
    expect(yolo.ok ? '' : yolo.problem).toMatchObject({ code: 'release/file-unreadable', facts: { found: 'ENOENT' } })
  })

  it('are refused for what is no release', async () => {
    const outcome = await prepareExport({ folder: temporaryFolder(), to: 'csv', tables: [], parameters: {} })
    expect(outcome.ok ? '' : outcome.problem.code).toBe('release/not-a-release')
  })
})
