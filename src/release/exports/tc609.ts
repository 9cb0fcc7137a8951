import { z } from 'zod'
import { fail, type Outcome, succeed } from '../../base/problem/index.ts'
import type { Recipe } from '../../base/recipe/index.ts'
import type { Field, RecordBatch } from '../../base/record/index.ts'
import { mediaPath, readPack } from '../../refine/index.ts'
import { labelField, textFields } from '../annotations/annotated-fields.ts'
import { defineExport, type Export, type ExportFile, type ExportTable, type LeaveOut } from '../export-form.ts'
import { joinLines } from '../export-parts/export-file.ts'
import { readTable } from '../export-parts/export-tables.ts'
import { isoMoment } from '../export-parts/iso-moment.ts'
import { luhnIds } from '../export-parts/luhn-ids.ts'
import { plainText, plainValue } from '../export-parts/plain-value.ts'
import { MEDIA, mediaFiles, mediaKind } from '../export-parts/release-media.ts'
import { type Tc609Terms, tc609Terms } from '../export-parts/tc609-terms.ts'
import { textPerTable } from '../export-parts/text-per-table.ts'
import { recipeLacks } from '../export-problems.ts'

const parameters = z.object({
  ids: z.enum(['record', 'luhn']).default('record').describe('own ids, or industry + time + number + check digit · 标识形式'),
  industry: z
    .string()
    .regex(/^[A-T]\d{0,4}$/, 'a code of GB/T 4754-2017 such as C36')
    .optional()
    .describe("GB/T 4754 code for --ids luhn; else the pack's first · 行业代码"),
  annotationMethod: z.enum(['人工标注', '自动标注', '半自动标注', '其他']).optional().describe('how labels were made · 标注方式'),
  annotator: z.enum(['普通标注员', '专业标注员', '行业领域专家', '其他']).optional().describe('who labelled · 标注人员'),
  splits: z.boolean().default(false).describe('a file a split · 每个划分一个文件'),
})
type Parameters = z.output<typeof parameters>

export default defineExport({
  version: 1,
  title: { zh: '国家标准记录格式（TC609-5-2025-02）', en: 'National record format (TC609-5-2025-02)' },
  doc: {
    zh: '每行一条记录。文本字段与媒体各为一项 data_content，其余字段放入 attributes；没有文本与媒体的记录，其余字段以 JSON 文本为一项。标签字段为 annotation.label。时间、许可、来源与生成标识取自配方，缺失即拒绝。媒体复制到 media/。',
    en: "One record a line. Each text field and each medium is an item of data_content, other fields are attributes; where a record has neither, these as JSON text are the item. The label field is annotation.label. Times, licence, source and the generated flag are the recipe's; without them nothing is written. Media are copied to media/.",
  },
  source: 'TC609-5-2025-02, as published checkers of it read the fields',
  parameters,
  needs: { zh: '任意表', en: 'any table' },
  accepts: () => true,
  reasons: {
    'no-content': { zh: '除标签外没有任何值', en: 'no value but the label' },
    'medium-missing': { zh: '发布中缺少媒体文件', en: 'the release lacks the medium' },
  },
  prepare: async ({ release, tables }, options, leaveOut) => {
    const { recipe } = release.recipe
    const terms = tc609Terms(recipe)
    if (!terms.ok) return terms
    const ids = await idsOf(recipe, options)
    if (!ids.ok) return ids
    const lines = (): Export => {
      const writing = { terms: terms.value, options, idOf: ids.value(), leaveOut }
      const write = (table: ExportTable, split?: string): AsyncIterable<string> => linesOf(table, split, writing)
      return textPerTable(tables, { write, extension: 'jsonl', splits: options.splits, joins: false })
    }
    async function* files(): AsyncIterable<ExportFile> {
      yield* lines().files()
      yield* mediaFiles(release.folder, tables, (id) => leaveOut('medium-missing', id))
    }
    return succeed({ files, stream: lines().stream })
  },
})

type IdOf = (id: string) => string

/** Starts giving ids. */
async function idsOf(recipe: Recipe, options: Parameters): Promise<Outcome<() => IdOf>> {
  if (options.ids === 'record') return succeed(() => (id) => id)
  const pack = recipe.pack === undefined ? undefined : await readPack(recipe.pack)
  const industry = options.industry ?? pack?.industries[0]?.code
  if (industry === undefined)
    return fail(recipeLacks({ at: 'tc609', field: 'pack', why: 'or --industry, for --ids luhn', whyZh: '或 --industry，用于 --ids luhn' }))
  return succeed(() => luhnIds(industry, isoMoment(recipe.provenance?.lastModifiedTime ?? '')))
}

interface Writing {
  readonly terms: Tc609Terms
  readonly options: Parameters
  readonly idOf: IdOf
  readonly leaveOut: LeaveOut
}

async function* linesOf(table: ExportTable, split: string | undefined, writing: Writing): AsyncIterable<string> {
  const label = labelField(table)
  const texts = textFields(table).filter((field) => field !== label)
  const media = table.fields.filter((field) => field.type === 'media')
  const others = table.fields.filter((field) => field !== label && !texts.includes(field) && !media.includes(field))
  for await (const piece of readTable(table, split)) {
    const lines = piece.batch.ids.flatMap((id, row) => {
      const items = itemsOf(piece.batch, row, texts, media)
      const values = valuesOf(piece.batch, row, others)
      const hasValues = Object.keys(values).length > 0
      if (items.length === 0 && !hasValues) {
        writing.leaveOut('no-content', id)
        return []
      }
      return JSON.stringify({
        id: writing.idOf(id),
        rid: null,
        data_content: items.length > 0 ? items : [{ media_type: 'text', content: JSON.stringify(values), format: 'json' }],
        annotation: annotationOf(piece.batch, row, label, writing.options),
        ...writing.terms,
        table: table.name,
        split: piece.split,
        attributes: items.length > 0 && hasValues ? values : undefined,
      })
    })
    yield* joinLines(lines)
  }
}

function itemsOf(batch: RecordBatch, row: number, texts: readonly Field[], media: readonly Field[]): unknown[] {
  const items: unknown[] = []
  for (const field of texts) {
    const content = plainText(field, batch.columns.get(field.name), row)
    if (content !== null && content !== '') items.push({ media_type: 'text', content, field: field.name })
  }
  for (const field of media) {
    const name = plainText(field, batch.columns.get(field.name), row)
    if (name !== null) items.push({ media_type: mediaKind(name), content: mediaPath(MEDIA, name), field: field.name })
  }
  return items
}

function valuesOf(batch: RecordBatch, row: number, fields: readonly Field[]): Record<string, unknown> {
  const present = fields.map((field) => [field.name, plainValue(field, batch.columns.get(field.name), row)] as const)
  return Object.fromEntries(present.filter(([, value]) => value !== undefined))
}

function annotationOf(batch: RecordBatch, row: number, field: Field | undefined, options: Parameters): unknown {
  const value = field && plainValue(field, batch.columns.get(field.name), row)
  if (value === undefined) return null
  const label = Array.isArray(value) && value.length > 0 ? value : [value]
  return { label, annotation_method: options.annotationMethod ?? null, annotator: options.annotator ?? null }
}
