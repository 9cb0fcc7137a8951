import { z } from 'zod'
import type { Column, Field, RecordBatch } from '../../base/record/index.ts'
import { isMissing } from '../../base/record/index.ts'
import type { TableFacts } from '../indicator.ts'
import { isGoldName } from './gold.ts'

/** What several people said of each record: in a column each, or in one JSON field. */
export type VoteFields = { readonly kind: 'columns'; readonly names: readonly string[] } | { readonly kind: 'json'; readonly name: string }

/** Columns of one annotator each, with or without the label's name before: `annotator2`, `label_rater_b`, 标注员1. `label_1` may be a level of a hierarchy. */
const ONE_ANNOTATOR = /(?:^|[ _-])(?:annotator|rater|voter?|coder|worker|标注员|标注人|评审员?)[ _-]?(?:\d{1,3}|[a-e])$/i
const VOTE_LISTS = /^(?:votes?|raw_?votes|annotator_?labels|labels_?by_?annotator|label_?votes|投票|各标注员结果)$/i
const CLASS_TYPES: ReadonlySet<string> = new Set(['category', 'text', 'integer', 'boolean'])
/** Votes of one record that are read. */
export const MAX_VOTES = 20

/** The fields that hold the votes on a table's label; undefined where there are none. No model may see them. */
export function voteFieldsOf(table: TableFacts, label: Field): VoteFields | undefined {
  const names = table.fields.flatMap(({ name, type }) =>
    name !== label.name && CLASS_TYPES.has(type) && ONE_ANNOTATOR.test(name) && !isGoldName(name) ? [name] : [],
  )
  if (names.length > 1) return { kind: 'columns', names }
  const list = table.fields.find(({ name, type, role }) => type === 'json' && role !== 'label' && role !== 'text' && VOTE_LISTS.test(name))
  return list && { kind: 'json', name: list.name }
}

const scalar = z.union([z.string(), z.number(), z.boolean()])
const VALUE_NAMES = ['label', 'value', 'vote', 'answer', 'choice', 'annotation', 'rating'] as const

/** The vote in one item of a list: the item itself, or what it says under one of the usual names. */
function voteOf(item: unknown): string | undefined {
  const plain = scalar.safeParse(item)
  if (plain.success) return String(plain.data)
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return undefined
  const members = new Map<string, unknown>(Object.entries(item))
  for (const name of VALUE_NAMES) {
    const value = scalar.safeParse(members.get(name))
    if (value.success) return String(value.data)
  }
  return undefined
}

/** Votes in a JSON value: a list of labels or of objects with one, or labels by annotator. */
function votesIn(json: string | null): string[] {
  if (json === null) return []
  try {
    const value: unknown = JSON.parse(json)
    if (typeof value !== 'object' || value === null) return []
    return Object.values(value).flatMap((item) => voteOf(item) ?? [])
  } catch {
    return []
  }
}

const valueAt = (column: Column | undefined, row: number): string[] =>
  column && !isMissing(column, row) ? [String(column.values[row])] : []

/** Reads the votes on each record of a batch, at most MAX_VOTES. */
export function voteReader(batch: RecordBatch, fields: VoteFields): (row: number) => string[] {
  if (fields.kind === 'json') {
    const column = batch.columns.get(fields.name)
    return (row) => votesIn(column?.kind === 'text' ? (column.values[row] ?? null) : null).slice(0, MAX_VOTES)
  }
  const columns = fields.names.map((name) => batch.columns.get(name))
  return (row) => columns.flatMap((column) => valueAt(column, row)).slice(0, MAX_VOTES)
}
