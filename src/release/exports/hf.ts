import { parseDocument, stringify } from 'yaml'
import { z } from 'zod'
import { succeed } from '../../base/problem/index.ts'
import { type Field, numberColumn, type RecordBatch, type TextColumn, takeRecords, textOf, withColumns } from '../../base/record/index.ts'
import { exists, join, openParquet, readText } from '../../base/store/index.ts'
import { mediaPath } from '../../refine/index.ts'
import { defineExport, type ExportFile, type ExportTable, type LeaveOut } from '../export-form.ts'
import { type ClassNames, classNames } from '../export-parts/class-names.ts'
import { wholeFile } from '../export-parts/export-file.ts'
import { splitsOf } from '../export-parts/export-tables.ts'
import { plainText } from '../export-parts/plain-value.ts'
import { type FilePiece, readRecords } from '../export-parts/release-file.ts'
import { MEDIA, type MediaOf, mediaOf } from '../export-parts/release-media.ts'
import { featureOf } from '../features.ts'
import type { OpenRelease } from '../read-release.ts'

/** Records with media that go into one row group: their bytes are in memory at once. */
const MEDIA_ROWS = 256

export default defineExport({
  version: 1,
  title: { zh: 'Hugging Face 数据集目录', en: 'Hugging Face dataset folder' },
  doc: {
    zh: '可由 `datasets.load_dataset` 直接读取：每张表一个配置，每个划分若干 Parquet。类别标签为 ClassLabel（int64，名称取自代码表的次序，其余按字典序），图像与音频的字节嵌入文件。',
    en: 'A folder for `datasets.load_dataset`: a config a table, Parquet files a split. A class label is a ClassLabel (int64; names in the order of the code list, others sorted), bytes of images and recordings are embedded.',
  },
  source: 'Hugging Face datasets 5.2, measured',
  parameters: z.object({}),
  needs: { zh: '任意表', en: 'any table' },
  accepts: () => true,
  reasons: { 'medium-missing': { zh: '发布中缺少媒体文件', en: 'the release lacks the medium' } },
  prepare: async ({ release, tables }, _, leaveOut) => {
    async function* files(): AsyncIterable<ExportFile> {
      yield wholeFile('README.md', await cardOf(release, tables))
      for (const table of tables) {
        const classes = await classNames(table)
        for (const file of table.files) yield parquetFile(release, table, file.path, classes, leaveOut)
      }
    }
    return succeed({ files })
  },
})

/** The release's card for the exported tables: `datasets` fails on a config without files. */
async function cardOf({ folder, manifest }: OpenRelease, tables: readonly ExportTable[]): Promise<string> {
  const card = join(folder, 'README.md')
  const front = (await exists(card)) ? (/^---\n(?<yaml>[\s\S]*?)\n---\n/.exec(await readText(card))?.groups?.['yaml'] ?? '') : ''
  const known = (parseDocument(front).toJS() ?? {}) as Record<string, unknown>
  const configs = tables.map((table) => ({
    config_name: table.name,
    data_files: splitsOf(table).map((split) => ({ split, path: `data/${table.name}/${split}-*.parquet` })),
  }))
  return [
    '---',
    stringify({ ...known, configs }).trimEnd(),
    '---',
    '',
    `# ${manifest.dataset} ${manifest.version}`,
    '',
    `Exported from the Highgrade release with root \`${manifest.root}\`; class labels are numbers with names.`,
    '',
    `由 Highgrade 发布导出，根为 \`${manifest.root}\`；类别标签为带名称的编号。`,
    '',
  ].join('\n')
}

function parquetFile(
  release: OpenRelease,
  table: ExportTable,
  path: string,
  classes: ClassNames | undefined,
  leaveOut: LeaveOut,
): ExportFile {
  const fields = table.fields.map((field) => (field === classes?.field ? asNumber(field) : field))
  const featureFor = (field: Field): unknown =>
    field.name === classes?.field.name ? { names: classes.names, _type: 'ClassLabel' } : featureOf(field)
  const write = async (to: string): Promise<void> => {
    const file = await openParquet(to, fields, featureFor)
    for await (const piece of readRecords(path)) {
      for await (const { part, bytes } of withMedia(release.folder, piece, leaveOut)) {
        const numbered = classes ? numberClasses(part, fields, classes) : part
        file.write(numbered, { path: (name) => mediaPath(MEDIA, name), bytes: (name) => bytes.get(name) ?? null })
      }
    }
    await file.finish()
  }
  return { path: `data/${table.name}/${path.split('/').at(-1)}`, write }
}

/** The label as a number: its codes are now names of the feature. */
const asNumber = ({ codes: _, codeList: __, range: ___, ...field }: Field): Field => ({ ...field, type: 'integer' })

function numberClasses(batch: RecordBatch, fields: readonly Field[], { field, numberOf }: ClassNames): RecordBatch {
  const column = batch.columns.get(field.name)
  const numbers = Float64Array.from(batch.ids, (_, row) => numberOf.get(plainText(field, column, row) ?? '') ?? Number.NaN)
  return { ...withColumns(batch, new Map([[field.name, numberColumn(numbers)]])), fields }
}

interface MediaPart {
  readonly part: RecordBatch
  readonly bytes: ReadonlyMap<string, Uint8Array>
}

/** Records with the bytes of their media, few enough at a time. */
async function* withMedia(folder: string, piece: FilePiece, leaveOut: LeaveOut): AsyncIterable<MediaPart> {
  const { batch } = piece
  const media = batch.fields.filter((field) => field.type === 'media')
  if (media.length === 0) yield { part: batch, bytes: new Map() }
  const readers = media.map((field): Reader => [textOf(batch, field.name), mediaOf(folder, piece, field.name)])
  for (let from = 0; media.length > 0 && from < batch.ids.length; from += MEDIA_ROWS) {
    const rows = Uint32Array.from({ length: Math.min(MEDIA_ROWS, batch.ids.length - from) }, (_, i) => from + i)
    yield {
      part: takeRecords(batch, rows),
      bytes: await bytesOf(rows, readers, (row) => leaveOut('medium-missing', batch.ids[row] as string)),
    }
  }
}

type Reader = readonly [names: TextColumn | undefined, read: MediaOf]

/** Bytes of the media of some rows, by name. */
async function bytesOf(rows: Uint32Array, readers: readonly Reader[], missing: (row: number) => void): Promise<Map<string, Uint8Array>> {
  const bytes = new Map<string, Uint8Array>()
  for (const [names, read] of readers) {
    for (const row of rows) {
      const name = names?.values[row] ?? null
      if (name === null || bytes.has(name)) continue
      const found = await read(row)
      if (found) bytes.set(name, found)
      else missing(row)
    }
  }
  return bytes
}
