import { z } from 'zod'
import { taggedTokensOf } from '../../base/kernels/index.ts'
import { succeed } from '../../base/problem/index.ts'
import { type RecordBatch, textOf, wellFormed } from '../../base/record/index.ts'
import { bioTags, type TaggedToken } from '../annotations/bio-tags.ts'
import { SPAN_REASONS, type SpanFields, spanFields, spannedTexts } from '../annotations/text-spans.ts'
import { defineExport, type ExportTable, type LeaveOut } from '../export-form.ts'
import { joinLines } from '../export-parts/export-file.ts'
import { readTable, type TablePiece } from '../export-parts/export-tables.ts'
import { parsed } from '../export-parts/plain-value.ts'
import { textPerTable } from '../export-parts/text-per-table.ts'

const parameters = z.object({
  offsets: z
    .enum(['code-points', 'utf-16'])
    .default('code-points')
    .describe('how spans count characters: as Python or as JavaScript · 偏移单位'),
  splits: z.boolean().default(false).describe('a file a split · 每个划分一个文件'),
})

export default defineExport({
  version: 1,
  title: { zh: 'CoNLL（BIO 标注）', en: 'CoNLL (BIO tags)' },
  doc: {
    zh: '每行“词元<TAB>标签”，记录之间空一行，标签为 IOB2。来自文本字段与名为 spans、entities、annotations 等的 JSON 字段（{start, end, label} 或 [start, end, label]），汉字与假名逐字为词元；或来自 tokens 与 tags 两个 JSON 数组字段。',
    en: 'Lines of token, tab, tag; an empty line between records; tags are IOB2. From a text field and a JSON field named spans, entities, annotations … ({start, end, label} or [start, end, label]), with Han and Kana characters as tokens of their own; or from two JSON lists, tokens and tags.',
  },
  source: 'CoNLL-2003 shared task, IOB2',
  parameters,
  needs: {
    zh: '文本字段与片段字段（名为 spans、entities 等的 JSON），或 tokens 与 tags 两个 JSON 字段',
    en: 'a text field with a JSON field of spans (spans, entities …), or JSON fields tokens and tags',
  },
  accepts: (table) => taggedTokensOf(table.fields) !== undefined || spanFields(table, 'code-points') !== undefined,
  reasons: {
    ...SPAN_REASONS,
    'no-tokens': { zh: '记录没有词元', en: 'the record has no tokens' },
    unequal: { zh: '词元与标签数目不同', en: 'not as many tags as tokens' },
    'white-space': { zh: '词元含空白字符', en: 'a token holds white space' },
  },
  prepare: async ({ tables }, { offsets, splits }, leaveOut) => {
    const write = (table: ExportTable, split?: string): AsyncIterable<string> => linesOf(table, split, offsets, leaveOut)
    return succeed(textPerTable(tables, { write, extension: 'conll', splits, joins: false }))
  },
})

async function* linesOf(
  table: ExportTable,
  split: string | undefined,
  offsets: SpanFields['offsets'],
  leaveOut: LeaveOut,
): AsyncIterable<string> {
  const fields = spanFields(table, offsets)
  const given = taggedTokensOf(table.fields)
  for await (const piece of readTable(table, split)) {
    const sentences = given
      ? givenTags(piece.batch, given.tokens.name, given.tags.name, leaveOut)
      : fields
        ? spanTags(piece, fields, leaveOut)
        : []
    yield* joinLines([...sentences].map((sentence) => sentence.map(([token, tag]) => `${token}\t${tag}\n`).join('')))
  }
}

function* spanTags(piece: TablePiece, fields: SpanFields, leaveOut: LeaveOut): Iterable<readonly TaggedToken[]> {
  for (const { id, text, spans } of spannedTexts(piece, fields, leaveOut)) {
    const tagged = bioTags(text, spans)
    if (tagged.length > 0) yield tagged
    else leaveOut('no-tokens', id)
  }
}

function* givenTags(batch: RecordBatch, tokenField: string, tagField: string, leaveOut: LeaveOut): Iterable<readonly TaggedToken[]> {
  for (const [row, id] of batch.ids.entries()) {
    const tokens = listIn(textOf(batch, tokenField)?.values[row])
    const tags = listIn(textOf(batch, tagField)?.values[row])
    if (tokens.length === 0) leaveOut('no-tokens', id)
    else if (tokens.length !== tags.length) leaveOut('unequal', id)
    else if ([...tokens, ...tags].some((one) => one === '' || /\s/.test(one))) leaveOut('white-space', id)
    else yield tokens.map((token, i): TaggedToken => [token, tags[i] as string])
  }
}

function listIn(text: string | null | undefined): string[] {
  const value = parsed(text ?? 'null')
  return Array.isArray(value) ? value.map((one) => (typeof one === 'string' ? wellFormed(one) : JSON.stringify(one))) : []
}
