import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { type Modality, type Recipe, recipeSchema } from '../../src/base/recipe/index.ts'
import {
  type Column,
  canonicalJson,
  type Field,
  isNumeric,
  numberColumn,
  type RecordBatch,
  recordHashes,
  textColumn,
} from '../../src/base/record/index.ts'
import { fileHash, openParquet, writeAtomic } from '../../src/base/store/index.ts'
import { recordId, type SourceEntry, sourceKey } from '../../src/ingest/index.ts'
import { mediaPath } from '../../src/refine/index.ts'
import { croissantText } from '../../src/release/croissant.ts'
import { featureOf } from '../../src/release/features.ts'
import { type Manifest, type ManifestTable, manifestText } from '../../src/release/manifest.ts'
import { merkleRoot, sortLeaves } from '../../src/release/merkle.ts'

/** A value as the columns hold it: null is missing. */
export type Value = string | number | null

export interface MadeTable {
  readonly name: string
  readonly modality?: Modality
  readonly fields: readonly Field[]
  /** Values by field, a row a record. */
  readonly rows: readonly Readonly<Record<string, Value>>[]
  /** Ids of the rows, rising; by default those of one source. */
  readonly ids?: readonly string[]
  /** Split of each row. */
  readonly splits?: readonly string[]
  /** Rows of a Parquet file. */
  readonly shardRows?: number
  readonly codeLists?: Readonly<Record<string, readonly string[]>>
  readonly target?: string
  readonly steps?: readonly { readonly use: string; readonly version: number; readonly parameters: unknown }[]
}

export interface MadeRelease {
  readonly tables: readonly MadeTable[]
  /** Parts of the recipe. */
  readonly recipe?: Readonly<Record<string, unknown>>
  /** Bytes by name. */
  readonly media?: ReadonlyMap<string, Uint8Array>
  readonly keepMedia?: 'files' | 'embedded'
  readonly sources?: readonly SourceEntry[]
  readonly refused?: readonly SourceEntry[]
  readonly grade?: unknown
}

const folders: string[] = []

/** A new folder that goes away with the tests of this file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hg-release-'))
  folders.push(folder)
  return folder
}

afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** Records as a batch. */
export function batchOf(fields: readonly Field[], ids: readonly string[], rows: readonly Readonly<Record<string, Value>>[]): RecordBatch {
  const columns = new Map<string, Column>()
  for (const { name, type } of fields) {
    const values = rows.map((row) => row[name] ?? null)
    columns.set(
      name,
      isNumeric(type)
        ? numberColumn(Float64Array.from(values, (value) => (typeof value === 'number' ? value : Number.NaN)))
        : textColumn(values.map((value) => (typeof value === 'string' ? value : null))),
    )
  }
  return { ids, fields, columns }
}

export const idsOf = (table: MadeTable): string[] => [...(table.ids ?? table.rows.map((_, i) => recordId(sourceKey(table.name), i)))]

/** Name under which a medium is kept. */
export const mediumName = (bytes: Uint8Array, extension: string): string =>
  `${createHash('sha256').update(bytes).digest('hex')}.${extension}`

const EMPTY_GRADE = {
  dataset: '',
  version: '',
  records: 0,
  passes: false,
  indicators: {},
  tables: [],
  ...Object.fromEntries(
    ['documentation', 'quality', 'application'].map((name) => [name, { score: null, measured: 0, total: 0, passes: false }]),
  ),
}

/** Writes a release as `release` does, from records that a test gives. @returns its folder */
export async function makeRelease(made: MadeRelease): Promise<string> {
  const folder = temporaryFolder()
  const recipe: Recipe = recipeSchema.parse({ dataset: 'made', version: '1.0.0', ...made.recipe })
  const tables: ManifestTable[] = []
  const leaves: { ids: string[]; hashes: Buffer }[] = []
  for (const table of made.tables) {
    const ids = idsOf(table)
    const splits = table.splits ?? ids.map(() => 'train')
    const size = table.shardRows ?? Math.max(1, ids.length)
    const files: ManifestTable['files'][number][] = []
    const shards = Math.max(1, Math.ceil(ids.length / size))
    for (let shard = 0; shard < shards; shard++) {
      const inShard = [...ids.keys()].slice(shard * size, (shard + 1) * size)
      for (const split of [...new Set(splits)]) {
        const rows = inShard.filter((row) => splits[row] === split)
        if (rows.length === 0) continue
        const path = `data/${table.name}/${split}-${String(shard).padStart(5, '0')}-of-${String(shards).padStart(5, '0')}.parquet`
        const batch = batchOf(
          table.fields,
          rows.map((row) => ids[row] as string),
          rows.map((row) => table.rows[row] ?? {}),
        )
        mkdirSync(join(folder, 'data', table.name), { recursive: true })
        const file = await openParquet(join(folder, path), table.fields, featureOf)
        const embedded = made.keepMedia === 'embedded'
        file.write(batch, {
          path: (name) => mediaPath('media', name),
          bytes: (name) => (embedded ? (made.media?.get(name) ?? null) : null),
        })
        await file.finish()
        files.push({ path, split, records: rows.length })
        leaves.push({ ids: [...batch.ids], hashes: Buffer.concat(recordHashes(batch)) })
      }
    }
    tables.push({ name: table.name, modality: table.modality ?? 'table', records: ids.length, files })
  }
  if (made.keepMedia !== 'embedded')
    for (const [name, bytes] of made.media ?? []) await writeAtomic(mediaPath(join(folder, 'media'), name), bytes)
  await writeDocuments(folder, made, recipe, tables, merkleRoot(sortLeaves(leaves)))
  return folder
}

async function writeDocuments(
  folder: string,
  made: MadeRelease,
  recipe: Recipe,
  tables: readonly ManifestTable[],
  root: string,
): Promise<void> {
  const put = (name: string, value: unknown): Promise<void> => writeAtomic(join(folder, name), `${canonicalJson(value)}\n`)
  const records = tables.reduce((sum, table) => sum + table.records, 0)
  const files: Manifest['files'][number][] = []
  for (const path of tables.flatMap((table) => table.files.map((file) => file.path)))
    files.push({ path, ...(await fileHash(join(folder, path))) })
  const counts = { in: records, out: records, merged: 0, quarantined: 0 }
  const manifest: Manifest = {
    format: 'highgrade-release/1',
    dataset: recipe.dataset,
    version: recipe.version,
    root,
    counts,
    tables,
    files,
  }
  await writeAtomic(join(folder, 'manifest.json'), manifestText(manifest))
  await put('recipe.json', {
    software: 'test',
    recipe,
    tables: made.tables.map((table) => ({
      plan: {
        name: table.name,
        title: { zh: table.name, en: table.name },
        modality: table.modality ?? 'table',
        sources: [],
        fields: table.fields,
        mapping: {},
        decisions: {},
        steps: table.steps ?? [],
        reshape: [],
        join: [],
        auxiliary: false,
        task: table.target === undefined ? undefined : { kind: 'classification', target: table.target },
      },
      facts: { name: table.name, modality: table.modality ?? 'table', fields: table.fields, codeLists: table.codeLists ?? {}, demand: {} },
      fitted: {},
    })),
  })
  await put('sources.json', {
    sources: made.sources ?? [],
    containers: [],
    refused: (made.refused ?? []).map((entry) => ({ entry, code: 'ingest/unknown' })),
  })
  await put('grade.json', made.grade ?? EMPTY_GRADE)
  await put('documentation.json', {})
  const facts = {
    title: 'made',
    description: 'd',
    license: recipe.license ?? '',
    publisher: 'p',
    url: 'urn:x',
    datePublished: '2026-01-01',
  }
  const fields = new Map(made.tables.map((table) => [table.name, table.fields]))
  await writeAtomic(join(folder, 'croissant.json'), croissantText(manifest, { media: [], ...facts, fields }))
  await writeAtomic(join(folder, 'README.md'), '---\npretty_name: made\nlicense: mit\nconfigs:\n  - config_name: other\n---\n# made\n')
}
