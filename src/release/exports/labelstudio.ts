import { z } from 'zod'
import { succeed } from '../../base/problem/index.ts'
import { defineExport, type ExportFile, type ExportTable } from '../export-form.ts'
import { jsonArray, textFile, wholeFile } from '../export-parts/export-file.ts'
import { readTable } from '../export-parts/export-tables.ts'
import { type Labelling, labellingOf, STUDIO_REASONS } from '../export-parts/label-studio.ts'
import { tableFolder } from '../export-parts/labelled-images.ts'
import { plainValue } from '../export-parts/plain-value.ts'
import { mediaFiles } from '../export-parts/release-media.ts'

const parameters = z.object({
  as: z
    .enum(['annotations', 'predictions'])
    .default('annotations')
    .describe('labels as finished work or as suggestions · 标签作为标注或预测'),
  mediaUrl: z
    .string()
    .default('/data/local-files/?d=')
    .describe('what stands before the path of a medium; by default local storage with the export as its root · 媒体地址前缀'),
  offsets: z
    .enum(['code-points', 'utf-16'])
    .default('code-points')
    .describe('how spans count characters: as Python or as JavaScript · 偏移单位'),
})
type Parameters = z.output<typeof parameters>

export default defineExport({
  version: 1,
  title: { zh: 'Label Studio', en: 'Label Studio' },
  doc: {
    zh: '每张表一份 tasks.json 与 config.xml。图像：框为 RectangleLabels，否则类别为 Choices；文本：片段为 Labels，否则类别为 Choices；音频与其他表：Choices；数值标签为 Number。其余字段在 data.fields 中，媒体复制到 media/。',
    en: 'A tasks.json and a config.xml a table. Images: boxes as RectangleLabels, else a class as Choices; texts: spans as Labels, else a class as Choices; recordings and other tables: Choices; a numeric label is a Number. Other fields are in data.fields; media are copied to media/.',
  },
  source: 'Label Studio 1.x: JSON of tasks, tags of the labelling configuration',
  parameters,
  needs: { zh: '任意表', en: 'any table' },
  accepts: () => true,
  reasons: STUDIO_REASONS,
  prepare: async ({ release, tables }, options, leaveOut) => {
    async function* files(): AsyncIterable<ExportFile> {
      for (const table of tables) {
        const labelling = await labellingOf({ folder: release.folder, table, options, leaveOut })
        const folder = tableFolder(table, tables)
        yield wholeFile(`${folder}config.xml`, labelling.config)
        const version = `${release.manifest.dataset} ${release.manifest.version}`
        yield textFile(`${folder}tasks.json`, () => jsonArray(tasksOf(table, labelling, options, version)))
      }
      yield* mediaFiles(release.folder, tables, (id) => leaveOut('medium-missing', id))
    }
    return succeed({ files })
  },
})

async function* tasksOf(table: ExportTable, labelling: Labelling, { as }: Parameters, version: string): AsyncIterable<unknown> {
  const others = table.fields.filter((field) => !labelling.shown.has(field.name))
  for await (const piece of readTable(table)) {
    for await (const { id, row, data, result } of labelling.read(piece)) {
      const values = others.map((field) => [field.name, plainValue(field, piece.batch.columns.get(field.name), row)] as const)
      const fields = Object.fromEntries(values.filter(([, value]) => value !== undefined))
      const work = as === 'annotations' ? { result, was_cancelled: false } : { result, model_version: version }
      yield { data: { ...data, record_id: id, split: piece.split, fields }, [as]: result.length > 0 ? [work] : [] }
    }
  }
}
