import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { prepareExport } from '../../../src/release/index.ts'
import { written } from '../export-texts.ts'
import { idsOf, type MadeTable, makeRelease } from '../make-release.ts'
import { boxedImages, classedImages, pngs, ROWS } from './made-tables.ts'

interface Coco {
  readonly images: readonly {
    readonly id: number
    readonly file_name: string
    readonly width: number
    readonly height: number
    readonly record_id: string
  }[]
  readonly annotations: readonly {
    readonly id: number
    readonly image_id: number
    readonly category_id: number
    readonly bbox?: number[]
    readonly area?: number
  }[]
  readonly categories: readonly { readonly id: number; readonly name: string }[]
}

const media = pngs(['red', 'green', 'blue'])
const boxed = media.then(boxedImages)
const classed = media.then(classedImages)
const releaseOf = async (tables: readonly MadeTable[], keepMedia: 'files' | 'embedded' = 'files'): Promise<string> =>
  makeRelease({ tables, media: await media, keepMedia })

describe('coco', () => {
  it('gives boxes in pixels by category, images by record id, a document a split', async () => {
    const table = await boxed
    const ids = idsOf(table)
    const { paths, json, leftOut, folder } = await written(await releaseOf([table]), 'coco')
    expect(paths).toEqual([
      'annotations/instances_test.json',
      'annotations/instances_train.json',
      `test/${ids[2]}.png`,
      ...[0, 1, 4].map((row) => `train/${ids[row]}.png`),
    ])
    const train = json('annotations/instances_train.json') as Coco
    expect(train.categories.map((one) => [one.id, one.name])).toEqual([
      [1, 'car'],
      [2, '狗'],
    ])
    expect(train.images.map(({ id, record_id, width, height }) => [id, record_id, width, height])).toEqual([
      [1, ids[0], 40, 20],
      [2, ids[1], 40, 20],
      [3, ids[4], 40, 20],
    ])
    expect(train.annotations.map(({ image_id, category_id, bbox, area }) => [image_id, category_id, bbox, area])).toEqual([
      [1, 1, [4, 2, 10, 8], 80],
      [1, 2, [30, 10, 20, 20], 400],
      [2, 1, [0, 0, 40, 20], 800],
    ])
    expect((json('annotations/instances_test.json') as Coco).annotations).toEqual([])
    expect(leftOut.map(({ count, reason }) => [count, reason.en])).toEqual([
      [1, 'the record has no image'],
      [1, 'a box without area'],
    ])
    const bytes = [...(await media).values()][2]
    expect(readFileSync(join(folder, `test/${ids[2]}.png`))).toEqual(bytes)
  })

  it('gives classes of whole images without boxes, in the order of the code list', async () => {
    const { json } = await written(await releaseOf([await classed]), 'coco')
    const train = json('annotations/instances_train.json') as Coco
    expect(train.categories.map((one) => one.name)).toEqual(['crop', 'weed', '../up'])
    expect(train.annotations).toEqual([
      { id: 1, image_id: 1, category_id: 2 },
      { id: 2, image_id: 2, category_id: 1 },
    ])
  })

  it('is the same from media in files and from media in Parquet', async () => {
    const table = await boxed
    const [fromFiles, fromParquet] = [
      await written(await releaseOf([table]), 'coco'),
      await written(await releaseOf([table], 'embedded'), 'coco'),
    ]
    expect(fromParquet.paths).toEqual(fromFiles.paths)
    for (const path of fromFiles.paths)
      expect(readFileSync(join(fromParquet.folder, path)).equals(readFileSync(join(fromFiles.folder, path))), path).toBe(true)
  })
})

describe('yolo', () => {
  it('gives centres and sizes over the image, cut at its edge', async () => {
    const table = await boxed
    const ids = idsOf(table)
    const { text, paths } = await written(await releaseOf([table]), 'yolo')
    // By hand: 4+10/2 = 9 of 40, 2+8/2 = 6 of 20; the second box reaches from 30 to 50 and is cut at 40, from 10 to 30 at 20.
    expect(text(`labels/train/${ids[0]}.txt`)).toBe('0 0.225000 0.300000 0.250000 0.400000\n1 0.875000 0.750000 0.250000 0.500000\n')
    expect(text(`labels/train/${ids[1]}.txt`)).toBe('0 0.500000 0.500000 1.000000 1.000000\n')
    expect(text(`labels/test/${ids[2]}.txt`)).toBe('')
    expect(parse(text('data.yaml'))).toEqual({
      path: '.',
      train: 'images/train',
      val: 'images/test',
      test: 'images/test',
      names: { 0: 'car', 1: '狗' },
    })
    const stems = (kind: string): string[] =>
      paths.filter((path) => path.startsWith(kind)).map((path) => path.slice(kind.length).replace(/\.\w+$/, ''))
    expect(stems('labels/')).toEqual(stems('images/'))
  })

  it('gives folders of classes, safely named', async () => {
    const table = await classed
    const ids = idsOf(table)
    const { paths, leftOut } = await written(await releaseOf([table]), 'yolo')
    expect(paths).toEqual(
      [`test/.._up/${ids[1]}.png`, `train/crop/${ids[2]}.png`, `train/weed/${ids[0]}.png`].map((path) => path.replace('.._up', '__up')),
    )
    expect(leftOut.map(({ count, reason }) => [count, reason.en])).toEqual([[1, 'the record has no class']])
  })

  it('refuses images that carry neither', async () => {
    const bare: MadeTable = { ...(await boxed), rows: (await boxed).rows.map((row) => ({ ...row, objects: '[]' })) }
    const outcome = await prepareExport({ folder: await releaseOf([bare]), to: 'yolo', tables: [], parameters: {} })
    expect(outcome.ok ? '' : outcome.problem.code).toBe('release/export-form-unfit')
  })
})

describe('several tables', () => {
  it('get a folder each, and those that do not fit are named', async () => {
    const folder = await releaseOf([await boxed, ROWS, await classed])
    const outcome = await prepareExport({ folder, to: 'coco', tables: [], parameters: {} })
    expect(outcome.ok && outcome.value.passedOver).toEqual(['rows'])
    const { paths } = await written(folder, 'coco')
    expect(new Set(paths.map((path) => path.split('/')[0]))).toEqual(new Set(['boxed', 'classed']))
  })
})
