import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { asyncBufferFromFile, parquetMetadataAsync } from 'hyparquet'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { streamed, written } from '../export-texts.ts'
import { idsOf, makeRelease } from '../make-release.ts'
import { classedImages, pngs, ROWS } from './made-tables.ts'

async function query(sql: string): Promise<Record<string, unknown>[]> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  return (await (await connection.run(sql)).getRowObjectsJson()) as Record<string, unknown>[]
}

async function features(path: string): Promise<unknown> {
  const metadata = await parquetMetadataAsync(await asyncBufferFromFile(path))
  const text = metadata.key_value_metadata?.find((entry) => entry.key === 'huggingface')?.value ?? '{}'
  return (JSON.parse(text) as { info?: { features?: unknown } }).info?.features
}

describe('hf', () => {
  it('gives the class label as a number with its names, declared codes first', async () => {
    const { folder, paths } = await written(await makeRelease({ tables: [ROWS] }), 'hf')
    expect(paths).toEqual(['README.md', 'data/rows/test-00000-of-00001.parquet', 'data/rows/train-00000-of-00001.parquet'])
    const file = join(folder, 'data/rows/train-00000-of-00001.parquet')
    expect(await features(file)).toEqual({ 等级: { _type: 'ClassLabel', names: ['优', '良', '差', '未知'] } })
    expect(await query(`SELECT typeof(等级) AS type, 等级 AS label FROM '${file}'`)).toEqual([
      { type: 'BIGINT', label: '1' },
      { type: 'BIGINT', label: null },
      { type: 'BIGINT', label: '3' },
    ])
    const ids = idsOf(ROWS)
    expect((await query(`SELECT id, note, n FROM '${file}'`)).map((row) => [row['id'], row['note'], row['n']])).toEqual([
      [ids[0], 'a,"b"\r\nc', -1.5],
      [ids[2], '', null],
      [ids[3], '＠cmd 中文 🌾', 0.1],
    ])
  })

  it('names in its card the tables that it holds, and keeps the rest of the card', async () => {
    const folder = await makeRelease({ tables: [ROWS, { ...ROWS, name: 'others' }] })
    const { text } = await written(folder, 'hf', {}, ['others'])
    const front = parse(/^---\n(?<yaml>[\s\S]*?)\n---\n/.exec(text('README.md'))?.groups?.['yaml'] ?? '') as Record<string, unknown>
    expect(front).toMatchObject({ pretty_name: 'made', license: 'mit' })
    expect(front['configs']).toEqual([
      {
        config_name: 'others',
        data_files: [
          { split: 'train', path: 'data/others/train-*.parquet' },
          { split: 'test', path: 'data/others/test-*.parquet' },
        ],
      },
    ])
  })

  it.each(['files', 'embedded'] as const)('embeds images from a release with %s', async (keepMedia) => {
    const media = await pngs(['red', 'green', 'blue'])
    const { folder, leftOut } = await written(await makeRelease({ tables: [classedImages(media)], media, keepMedia }), 'hf')
    const file = join(folder, 'data/classed/train-00000-of-00001.parquet')
    expect(await features(file)).toEqual({ image: { _type: 'Image' }, species: { _type: 'ClassLabel', names: ['crop', 'weed', '../up'] } })
    const rows = await query(`SELECT sha256(image.bytes) AS hash, image.path AS path FROM '${file}' ORDER BY id`)
    const names = [...media.keys()]
    expect(rows.map((row) => `${row['hash']}.png`)).toEqual([names[0], names[2], names[2]])
    expect(rows[0]?.['path']).toBe(`media/${names[0]?.slice(0, 2)}/${names[0]}`)
    expect(leftOut).toEqual([])
  })

  it('says where a medium is missing', async () => {
    const media = await pngs(['red', 'green', 'blue'])
    const { leftOut } = await written(await makeRelease({ tables: [classedImages(media)] }), 'hf')
    expect(leftOut.map(({ count, reason }) => [count, reason.en])).toEqual([[4, 'the release lacks the medium']])
  })
})

interface Croissant {
  readonly distribution: readonly { readonly '@id': string; readonly contentUrl: string; readonly sha256: string }[]
  readonly recordSet: readonly {
    readonly name: string
    readonly field: readonly {
      readonly '@id': string
      readonly source: { readonly fileObject: { readonly '@id': string }; readonly extract: unknown }
    }[]
  }[]
}

describe('croissant', () => {
  it('points to every file with its hash, and to every field in it', async () => {
    const folder = await makeRelease({ tables: [ROWS, { ...ROWS, name: 'other', splits: ['train', 'train', 'train', 'train'] }] })
    const document = JSON.parse(await streamed(folder, 'croissant', { baseUrl: 'https://example.org/made/1.0.0' })) as Croissant
    expect(document.distribution.length).toBe(3)
    for (const file of document.distribution) {
      expect(file.contentUrl).toBe(`https://example.org/made/1.0.0/${file['@id']}`)
      expect(file.sha256).toBe(
        createHash('sha256')
          .update(readFileSync(join(folder, file['@id'])))
          .digest('hex'),
      )
    }
    expect(document.recordSet.map((set) => set.name)).toEqual(['rows/train-00000-of-00001', 'rows/test-00000-of-00001', 'other'])
    for (const set of document.recordSet) {
      expect(set.field.map((field) => field.source.extract)).toEqual(
        ['id', ...ROWS.fields.map((field) => field.name)].map((column) => ({ column })),
      )
      for (const field of set.field) expect(field['@id'].startsWith(`${set.name}/`)).toBe(true)
    }
    const local = JSON.parse(await streamed(folder, 'croissant', {}, ['other'])) as Croissant
    expect(local.distribution.map((file) => file.contentUrl)).toEqual(['data/other/train-00000-of-00001.parquet'])
  })
})
