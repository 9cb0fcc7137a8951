import { z } from 'zod'
import { succeed } from '../../base/problem/index.ts'
import { canonicalRecords } from '../../base/record/index.ts'
import { defineExport, type ExportTable } from '../export-form.ts'
import { joinLines } from '../export-parts/export-file.ts'
import { readTable } from '../export-parts/export-tables.ts'
import { textPerTable } from '../export-parts/text-per-table.ts'

export default defineExport({
  version: 1,
  title: { zh: 'JSON Lines', en: 'JSON Lines' },
  doc: {
    zh: '每行一条记录的规范 JSON（RFC 8785），含 id；缺失的字段不写出。一行的 SHA-256 就是该记录的哈希。媒体为其文件名，文件在发布的 media/ 中。',
    en: "Each line is a record's canonical JSON (RFC 8785) with its id; missing fields are left out. The SHA-256 of a line is the record's hash. A medium is its file name; the files lie in the release's media/.",
  },
  source: 'jsonlines.org; RFC 8785',
  parameters: z.object({ splits: z.boolean().default(false).describe('a file a split · 每个划分一个文件') }),
  needs: { zh: '任意表', en: 'any table' },
  accepts: () => true,
  prepare: async ({ tables }, { splits }) => succeed(textPerTable(tables, { write: linesOf, extension: 'jsonl', splits, joins: true })),
})

async function* linesOf(table: ExportTable, split?: string): AsyncIterable<string> {
  for await (const { batch } of readTable(table, split)) yield* joinLines(canonicalRecords(batch))
}
