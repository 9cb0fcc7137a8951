import { avalanche } from '../base/kernels/index.ts'
import type { RecordBatch } from '../base/record/index.ts'
import { sourceKeyOf } from '../ingest/index.ts'

/** How the records of a table are dealt out to splits. Plain JSON. */
export type SplitRule =
  | { readonly kind: 'single'; readonly split: string }
  /** By a seeded hash of the record's id, its source, or the value of a field: records that share it stay together. */
  | { readonly kind: 'hash'; readonly seed: number; readonly by: 'id' | 'source' | { readonly field: string }; readonly shares: Shares }
  /** By order within each source, for series: the last part is the test. */
  | { readonly kind: 'order'; readonly ends: Readonly<Record<string, number>>; readonly shares: Shares }

/** Splits with their share of the records, shares summing to 1. */
export type Shares = readonly (readonly [string, number])[]

export const DEFAULT_SHARES: Shares = [
  ['train', 0.8],
  ['validation', 0.1],
  ['test', 0.1],
]

/** Shares normalised to sum 1. */
export function toShares(splits: Readonly<Record<string, number>> | undefined): Shares {
  if (!splits) return DEFAULT_SHARES
  const total = Object.values(splits).reduce((sum, share) => sum + share, 0)
  return Object.entries(splits).map(([name, share]) => [name, share / total] as const)
}

/** Names of all splits that a rule can give, in order. */
export const splitNames = (rule: SplitRule): string[] => (rule.kind === 'single' ? [rule.split] : rule.shares.map(([name]) => name))

/** The split of each record of a batch. Pure: depends on the record and the rule alone. */
export function splitOf(batch: RecordBatch, rule: SplitRule): string[] {
  if (rule.kind === 'single') return batch.ids.map(() => rule.split)
  if (rule.kind === 'order') return batch.ids.map((id) => pick(rule.shares, ordinalOf(id) / ((rule.ends[sourceKeyOf(id)] ?? 0) + 1)))
  return batch.ids.map((id, row) => pick(rule.shares, unit(keyOf(batch, id, row, rule.by), rule.seed)))
}

function keyOf(batch: RecordBatch, id: string, row: number, by: 'id' | 'source' | { readonly field: string }): string {
  if (by === 'id') return id
  if (by === 'source') return sourceKeyOf(id)
  const column = batch.columns.get(by.field)
  const value = column?.values[row]
  return value === null || value === undefined || Number.isNaN(value) ? id : String(value)
}

/** Number of a record in its source, from its id. */
export const ordinalOf = (id: string): number => Number.parseInt(id.slice(17), 10)

function pick(shares: Shares, at: number): string {
  let edge = 0
  for (const [name, share] of shares) {
    edge += share
    if (at < edge) return name
  }
  return shares.at(-1)?.[0] ?? 'train'
}

/** A number in [0, 1) from a key and a seed. */
function unit(key: string, seed: number): number {
  let hash = avalanche(seed ^ 0x9e3779b9)
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193)
  return avalanche(hash) / 4_294_967_296
}
