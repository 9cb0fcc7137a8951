import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isoMoment } from '../../../src/release/export-parts/iso-moment.ts'
import { luhnDigit, luhnIds } from '../../../src/release/export-parts/luhn-ids.ts'
import { prepareExport } from '../../../src/release/index.ts'
import { streamed, written } from '../export-texts.ts'
import { idsOf, makeRelease } from '../make-release.ts'
import { classedImages, pngs, ROWS, SENTENCES, TERMS } from './made-tables.ts'

type Json = Record<string, unknown>

/** What is wrong with a record, by the table of fields in shared/standards.md 1.3. */
function faults(record: Json): string[] {
  const found: string[] = []
  const need = (holds: boolean, what: string): void => void (holds || found.push(what))
  const text = (key: string): boolean => typeof record[key] === 'string' && record[key] !== ''
  for (const key of ['id', 'original_time', 'last_modified_time', 'version', 'license', 'source', 'source_details']) need(text(key), key)
  need('rid' in record && (record['rid'] === null || Array.isArray(record['rid'])), 'rid')
  const content = record['data_content']
  need(Array.isArray(content) && content.length > 0, 'data_content')
  for (const item of (content ?? []) as Json[]) {
    need(['text', 'image', 'audio', 'video', 'other'].includes(String(item['media_type'])), 'media_type')
    need(typeof item['content'] === 'string' && item['content'] !== '', 'content')
  }
  const annotation = record['annotation'] as Json | null
  need('annotation' in record, 'annotation')
  if (annotation) {
    need(Array.isArray(annotation['label']) && annotation['label'].length > 0, 'label')
    need(
      [null, '人工标注', '自动标注', '半自动标注', '其他'].includes(annotation['annotation_method'] as string | null),
      'annotation_method',
    )
    need([null, '普通标注员', '专业标注员', '行业领域专家', '其他'].includes(annotation['annotator'] as string | null), 'annotator')
  }
  need(Date.parse(String(record['last_modified_time'])) >= Date.parse(String(record['original_time'])), 'times')
  need(/^\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?$/.test(String(record['version'])), 'version')
  need(record['source'] !== '互联网' || /^https?:\/\//.test(String(record['source_details'])), 'source_details')
  need(record['generated_data_indicator'] === 0 || record['generated_data_indicator'] === 1, 'generated_data_indicator')
  return found
}

const lines = (text: string): Json[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Json)

describe('tc609', () => {
  it('writes records that meet every rule of the format', async () => {
    const media = await pngs(['red', 'green', 'blue'])
    const folder = await makeRelease({ tables: [ROWS, SENTENCES, classedImages(media)], media, recipe: TERMS })
    const {
      paths,
      text,
      leftOut,
      folder: out,
    } = await written(folder, 'tc609', { annotationMethod: '人工标注', annotator: '行业领域专家' })
    expect(paths.filter((path) => path.endsWith('.jsonl'))).toEqual(['classed.jsonl', 'rows.jsonl', 'sentences.jsonl'])
    const ids = new Set<string>()
    for (const name of ['rows', 'sentences', 'classed']) {
      for (const record of lines(text(`${name}.jsonl`))) {
        expect(faults(record), JSON.stringify(record)).toEqual([])
        ids.add(String(record['id']))
        for (const item of record['data_content'] as Json[])
          if (item['media_type'] === 'image') expect(existsSync(join(out, String(item['content'])))).toBe(true)
      }
    }
    // The third row holds nothing but an empty text.
    expect(leftOut.map(({ count, reason }) => [count, reason.en])).toEqual([[1, 'no value but the label']])
    expect(ids.size).toBe(ROWS.rows.length + SENTENCES.rows.length + 4 - 1)
  })

  it('makes texts and media items of data_content, the label the annotation, and keeps the rest', async () => {
    const folder = await makeRelease({ tables: [{ ...SENTENCES, target: 'source' }], recipe: TERMS })
    const [first, second] = lines(await streamed(folder, 'tc609'))
    expect(first).toEqual({
      id: idsOf(SENTENCES)[0],
      rid: null,
      data_content: [{ media_type: 'text', content: '张三在北京大学读书。', field: 'text' }],
      annotation: { label: ['a'], annotation_method: null, annotator: null },
      original_time: '2024-05-01',
      last_modified_time: '2024-06-30T08:00:00Z',
      version: '1.0.0',
      license: 'CC-BY-4.0',
      source: '自采',
      source_details: '示例农场 3 号田',
      generated_data_indicator: 0,
      table: 'sentences',
      split: 'train',
      attributes: {
        entities: [
          { start: 0, end: 2, label: '人名' },
          { start: 3, end: 7, label: '机构' },
        ],
      },
    })
    expect(second).toMatchObject({ data_content: [{ content: 'Anna visited New Yorker HQ 🌾 in 2024' }] })
  })

  it.each([
    [{}, 'license, provenance.source, provenance.details, provenance.originalTime, provenance.lastModifiedTime, provenance.generated'],
    [{ ...TERMS, license: ' ' }, 'license'],
    [{ ...TERMS, provenance: { ...TERMS.provenance, generated: undefined } }, 'provenance.generated'],
    [{ ...TERMS, provenance: { ...TERMS.provenance, originalTime: '去年' } }, 'provenance.originalTime'],
    [{ ...TERMS, provenance: { ...TERMS.provenance, originalTime: '2024-02-30' } }, 'provenance.originalTime'],
    [{ ...TERMS, provenance: { ...TERMS.provenance, lastModifiedTime: '2024-04-30' } }, 'provenance.lastModifiedTime'],
    [{ ...TERMS, provenance: { ...TERMS.provenance, source: '互联网' } }, 'provenance.details'],
  ])('refuses a recipe that lacks what is mandatory: %#', async (recipe, field) => {
    const outcome = await prepareExport({ folder: await makeRelease({ tables: [ROWS], recipe }), to: 'tc609', tables: [], parameters: {} })
    expect(outcome.ok ? {} : outcome.problem).toMatchObject({ code: 'release/export-recipe-lacks', facts: { field } })
  })

  it('gives ids of the Luhn form, the same each time', async () => {
    const folder = await makeRelease({ tables: [ROWS], recipe: { ...TERMS, pack: 'agriculture' } })
    const first = await streamed(folder, 'tc609', { ids: 'luhn', industry: 'A01' })
    expect(await streamed(folder, 'tc609', { ids: 'luhn', industry: 'A01' })).toBe(first)
    for (const { id } of lines(first)) expect(id).toMatch(/^A0120240630080000\d{8}\d$/)
    expect(lines(await streamed(folder, 'tc609', { ids: 'luhn' }))[0]?.['id']).toMatch(/^[A-T]\d*20240630080000\d{9}$/)
    const none = await makeRelease({ tables: [ROWS], recipe: TERMS })
    const outcome = await prepareExport({ folder: none, to: 'tc609', tables: [], parameters: { ids: 'luhn' } })
    expect(outcome.ok ? '' : outcome.problem.code).toBe('release/export-recipe-lacks')
  })
})

describe('Luhn ids', () => {
  it.each([
    // Wikipedia, Luhn algorithm; ISO 6166 numbers of Apple, of Treasury Corporation of Victoria and of BAE Systems.
    ['7992739871', '3'],
    ['US037833100', '5'],
    ['AU0000XVGZA', '3'],
    ['GB000263494', '6'],
  ])('end %s with %s', (code, digit) => {
    expect(luhnDigit(code)).toBe(digit)
  })

  it('are unique however many records share a number', () => {
    const idOf = luhnIds('A', 0)
    const ids = Array.from({ length: 30_000 }, (_, i) => idOf(String(i)))
    expect(new Set(ids).size).toBe(ids.length)
    const same = luhnIds('A', 0)
    expect(new Set([same('x'), same('x'), same('x')]).size).toBe(3)
  })
})

describe('moments', () => {
  it('are those of Date.parse where it needs no guess', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }), (date) => {
        expect(isoMoment(date.toISOString())).toBe(date.getTime())
        expect(isoMoment(date.toISOString().slice(0, 10))).toBe(Date.parse(date.toISOString().slice(0, 10)))
        expect(isoMoment(date.toISOString().slice(0, 19))).toBe(Math.floor(date.getTime() / 1000) * 1000)
      }),
    )
    expect(isoMoment('2024-06-30T08:00+0800')).toBe(Date.UTC(2024, 5, 30))
    for (const text of ['2024-02-30', '2024-13-01', '2024-6-1', '2024', '', 'now', '2024-01-01T25:00'])
      expect(isoMoment(text), text).toBeNaN()
  })
})
