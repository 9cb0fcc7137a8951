import type { Document } from 'yaml'
import { z } from 'zod'
import { ProblemError } from '../../base/problem/index.ts'
import type { ByteSource } from '../../base/store/index.ts'
import { extensionOf } from '../file-place.ts'
import { defineFormat, type RawBatch } from '../format.ts'
import { MAX_DEPTH } from '../json-walker.ts'
import { nestingTooDeep, recordTooLarge, yamlWrong } from '../problems.ts'
import { RecordBatches } from '../record-batches.ts'
import { detectEncoding } from '../text-encoding.ts'
import { structureOf } from '../text-structure.ts'
import { countValue, type Outline, recordOf, treeShape } from '../tree-shape.ts'
import { wholeText } from '../whole-text.ts'
import { yamlNesting } from '../yaml-nesting.ts'

/** Bytes of a file: parsing takes about a second a megabyte. */
const MAX_YAML_BYTES = 16 << 20
/** Aliases of one anchor: more is an attack (billion laughs). */
const MAX_ALIASES = 100

const parameters = z.object({ encoding: z.string().default('utf-8') })

export default defineFormat({
  kind: 'records',
  version: 1,
  title: { zh: 'YAML', en: 'YAML' },
  doc: {
    zh: '与 JSON 文档同样的规则取记录；多文档文件每个文档一条记录。',
    en: 'Records by the same rules as JSON documents; a stream of several documents gives one record each.',
  },
  source: 'YAML 1.2.2',
  extensions: ['yaml', 'yml'],
  parameters,
  modality: 'auto',
  sniff: (head, path) => (['yaml', 'yml'].includes(extensionOf(path)) && structureOf(head) ? 0.8 : 0),
  detect: async (source) => ({ encoding: await detectEncoding(source) }),
  read,
})

async function* read(source: ByteSource, { encoding }: z.output<typeof parameters>): AsyncIterable<RawBatch> {
  const at = source.path
  if (source.size > MAX_YAML_BYTES) throw new ProblemError(recordTooLarge({ at, found: source.size, expected: MAX_YAML_BYTES }))
  const text = await wholeText(source, encoding)
  const documents = await parse(text, at)
  const records = new RecordBatches(at, 'element')
  for (const document of documents) {
    const value = parsedValue(document)
    if (value.ok) for (const record of recordsOf(value.value, documents.length === 1)) records.add(record, records.count + 1)
    else records.reject(records.count + 1, yamlWrong({ at: `${at}, line ${text.slice(0, value.at).split('\n').length}` }))
    yield* records.take()
  }
  yield* records.takeLast()
}

async function parse(text: string, at: string): Promise<readonly Document[]> {
  if (yamlNesting(text) > MAX_DEPTH) throw new ProblemError(nestingTooDeep({ at, expected: MAX_DEPTH }))
  const { parseAllDocuments } = await import('yaml')
  try {
    const documents = parseAllDocuments(text, { intAsBigInt: true, logLevel: 'silent', prettyErrors: false })
    return 'empty' in documents ? [] : documents
  } catch (error) {
    // Nested more deeply than yamlNesting could see.
    if (error instanceof RangeError) throw new ProblemError(nestingTooDeep({ at, expected: MAX_DEPTH }))
    throw error
  }
}

type Parsed = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly at: number }

function parsedValue(document: Document): Parsed {
  const error = document.errors[0]
  if (error) return { ok: false, at: error.pos[0] }
  try {
    return { ok: true, value: plain(document.toJS({ maxAliasCount: MAX_ALIASES })) }
  } catch (thrown) {
    // An alias of nothing, more aliases than allowed, or a value nested too deep.
    if (thrown instanceof ReferenceError || thrown instanceof RangeError) return { ok: false, at: document.range?.[0] ?? 0 }
    throw thrown
  }
}

/** The value with whole numbers as numbers, those past 2^53 as strings, and keys as strings. */
function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : String(value)
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plain(member)]))
}

function recordsOf(value: unknown, isOnly: boolean): Record<string, unknown>[] {
  if (value === null || value === undefined) return []
  if (!isOnly) return [recordOf(value)]
  const outline: Outline = new Map()
  count(outline, '', value)
  const path = treeShape(outline).parts
  if (path.length !== 1 || typeof value !== 'object') return [recordOf(value)]
  const keys = (path[0] as string).split('/').slice(0, -1)
  const container = keys.reduce<unknown>((inner, key) => (inner as Record<string, unknown>)[key], value)
  if (Array.isArray(container)) return container.map((element) => recordOf(element))
  return Object.entries(container as object).map(([key, member]) => recordOf(member, key))
}

function count(outline: Outline, path: string, value: unknown): void {
  if (typeof value !== 'object' || value === null || value instanceof Date) return
  const isArray = Array.isArray(value)
  for (const [key, member] of Object.entries(value)) {
    const first = Array.isArray(member) ? '[' : typeof member === 'object' && member !== null ? '{' : '"'
    countValue(outline, path, isArray ? '[' : '{', first)
    if (!isArray) count(outline, `${path}${key}/`, member)
  }
}
