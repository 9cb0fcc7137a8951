import { z } from 'zod'
import type { Column, RecordBatch, Step } from '../../../base/record/index.ts'
import { compareCodeUnits, isMissing, keepAll, numberColumn, rejectWhere, textColumn, withColumns } from '../../../base/record/index.ts'
import { distributionOf, meanOf, modeOf, quantileOf } from '../../../base/statistics/index.ts'
import { addToSketches, mergeByColumn, type SketchByColumn } from '../../column-sketches.ts'
import { defineOperator } from '../../operator.ts'

const policies = ['drop-record', 'constant', 'mean', 'median', 'mode'] as const
type Policy = (typeof policies)[number]

interface Parameters {
  readonly columns: readonly string[]
  readonly policy: Policy
  readonly value?: string | number | undefined
}

/** Texts counted for the mode; null once there are too many different ones for a mode to mean anything. */
type TextCounts = Readonly<Record<string, number>> | null

/** Different texts past which a column has no mode. */
const MAX_DISTINCT = 50_000

interface State {
  readonly numbers: SketchByColumn
  readonly texts: Readonly<Record<string, TextCounts>>
}

function addCounts(left: TextCounts | undefined, more: Iterable<readonly [string, number]>): TextCounts {
  if (left === null) return null
  const counts = new Map(Object.entries(left ?? {}))
  for (const [text, n] of more) counts.set(text, (counts.get(text) ?? 0) + n)
  return counts.size > MAX_DISTINCT ? null : Object.fromEntries(counts)
}

function countTexts(batch: RecordBatch, columns: readonly string[], before: State['texts']): State['texts'] {
  const texts = new Map(Object.entries(before))
  for (const name of columns) {
    const column = batch.columns.get(name)
    if (column?.kind !== 'text') continue
    texts.set(
      name,
      addCounts(
        texts.get(name),
        column.values.flatMap((value) => (value === null ? [] : [[value, 1] as const])),
      ),
    )
  }
  return Object.fromEntries(texts)
}

function mergeTexts(left: State['texts'], right: State['texts']): State['texts'] {
  const merged = new Map(Object.entries(left))
  for (const [name, counts] of Object.entries(right))
    merged.set(name, counts === null ? null : addCounts(merged.get(name), Object.entries(counts)))
  return Object.fromEntries(merged)
}

/** The most frequent text, the first in code order of several. */
function textMode(counts: TextCounts): string | undefined {
  const ranked = Object.entries(counts ?? {}).sort((a, b) => b[1] - a[1] || compareCodeUnits(a[0], b[0]))
  return ranked[0]?.[0]
}

type Fills = Readonly<Record<string, string | number>>

function fillsOf({ numbers, texts }: State, policy: Policy): Fills {
  const fills: [string, string | number][] = []
  for (const [name, sketch] of Object.entries(numbers)) {
    const distribution = distributionOf(sketch)
    const value = policy === 'mean' ? meanOf(distribution) : policy === 'median' ? quantileOf(distribution, 0.5) : modeOf(distribution)
    if (!Number.isNaN(value)) fills.push([name, value])
  }
  for (const [name, counts] of Object.entries(texts)) {
    const mode = policy === 'mode' ? textMode(counts) : undefined
    if (mode !== undefined) fills.push([name, mode])
  }
  return Object.fromEntries(fills)
}

/** A fill as the field can hold it: whole for whole numbers, no mean of truth values or moments. */
function fillFor(batch: RecordBatch, name: string, policy: Policy, fill: string | number): string | number | undefined {
  const type = batch.fields.find((field) => field.name === name)?.type
  if (typeof fill === 'string' || policy === 'constant' || policy === 'mode') return fill
  if (type === 'boolean' || type === 'timestamp' || type === 'date') return undefined
  return type === 'integer' ? Math.round(fill) : fill
}

function fillColumns(batch: RecordBatch, policy: Policy, fills: Fills): Step {
  const replaced = new Map<string, Column>()
  for (const [name, given] of Object.entries(fills)) {
    const column = batch.columns.get(name)
    const fill = fillFor(batch, name, policy, given)
    if (!column || fill === undefined || !Array.from(batch.ids.keys()).some((row) => isMissing(column, row))) continue
    if (column.kind === 'text') replaced.set(name, textColumn(column.values.map((value) => value ?? String(fill))))
    else if (typeof fill === 'number') replaced.set(name, numberColumn(column.values.map((value) => (Number.isNaN(value) ? fill : value))))
  }
  return keepAll(withColumns(batch, replaced))
}

export default defineOperator({
  version: 1,
  title: { zh: '缺失值', en: 'Missing values' },
  doc: {
    zh: '处理所列字段的缺失值：drop-record 隔离记录，constant 填入 value，mean / median / mode 填入全表均值、中位数、众数（文本只有众数）。填补会改变分布，请只用于确有需要的字段；时序按前值填补见 series/hold-last。',
    en: 'Handles gaps in the named fields: drop-record quarantines, constant writes `value`, mean, median and mode write that of the whole table (texts have a mode only). Filling changes distributions: name only fields that need it. To carry the last value forward in a series, see series/hold-last.',
  },
  source: 'Little & Rubin, Statistical Analysis with Missing Data, 3rd ed., ch. 3–4; GB/T 36344-2018, completeness',
  parameters: z
    .strictObject({
      columns: z.array(z.string().min(1)).min(1),
      policy: z.enum(policies),
      value: z.union([z.string(), z.number()]).optional(),
    })
    .refine(({ policy, value }) => policy !== 'constant' || value !== undefined, {
      message: 'policy constant needs `value`',
      path: ['value'],
    }),
  example: {
    parameters: { columns: ['kg', 'kind'], policy: 'mode' },
    before: { kg: [5, null, 5, 9], kind: ['oak', 'elm', null, 'oak'] },
    after: { kg: [5, 5, 5, 9], kind: ['oak', 'elm', 'oak', 'oak'] },
  },
  reasons: { 'value-missing': { zh: '所需字段缺失', en: 'a field that is needed is missing' } },
  fit: {
    start: (): State => ({ numbers: {}, texts: {} }),
    add: (state: State, batch, { columns, policy }: Parameters): State => {
      if (policy === 'drop-record' || policy === 'constant') return state
      return {
        numbers: addToSketches(state.numbers, batch, columns),
        texts: policy === 'mode' ? countTexts(batch, columns, state.texts) : state.texts,
      }
    },
    merge: (left: State, right: State): State => ({
      numbers: mergeByColumn(left.numbers, right.numbers),
      texts: mergeTexts(left.texts, right.texts),
    }),
    finish: (state: State, { columns, policy, value }: Parameters): Fills =>
      policy === 'constant' ? Object.fromEntries(columns.map((name) => [name, value ?? ''])) : fillsOf(state, policy),
  },
  run: (batch, { columns, policy }, { fitted }) => {
    if (policy !== 'drop-record') return fillColumns(batch, policy, fitted)
    const named = columns.flatMap((name) => {
      const column = batch.columns.get(name)
      return column ? [{ name, column }] : []
    })
    return rejectWhere(batch, (row) => {
      const gap = named.find(({ column }) => isMissing(column, row))
      return gap ? { reason: 'value-missing', field: gap.name } : null
    })
  },
})
