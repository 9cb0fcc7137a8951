import { createHash } from 'node:crypto'
import { z } from 'zod'
import { columnsParameter } from '../../../base/kernels/index.ts'
import type { Column, Merge, RecordBatch, Rejected, Step } from '../../../base/record/index.ts'
import { isMissing, keepAll, recordHashes, takeRecords } from '../../../base/record/index.ts'
import { defineOperator } from '../../operator.ts'

/** Longest key that is kept as it is; a longer one is its hash. */
const MAX_KEY = 64

const namesOf = (batch: RecordBatch, columns: readonly string[]): readonly string[] =>
  columns.length > 0 ? columns : batch.fields.filter(({ key }) => key).map(({ name }) => name)

/** Key of each record; null where a part of it is missing, or there is no key at all. */
function keysOf(batch: RecordBatch, columns: readonly string[]): (string | null)[] {
  const parts = namesOf(batch, columns).map((name) => batch.columns.get(name))
  if (parts.length === 0 || parts.includes(undefined)) return batch.ids.map(() => null)
  const present = parts as readonly Column[]
  return batch.ids.map((_, row) => {
    if (present.some((column) => isMissing(column, row))) return null
    const key = JSON.stringify(present.map(({ values }) => values[row]))
    return key.length <= MAX_KEY ? key : createHash('sha256').update(key, 'utf8').digest('base64')
  })
}

/** Hash of a record's values without its id: equal for two copies. */
const contentOf = (batch: RecordBatch): string[] =>
  recordHashes({ ...batch, ids: batch.ids.map(() => '') }).map((hash) => hash.subarray(0, 15).toString('base64'))

/** The first record of a key, by id, with its content; 1 when another record has the key too. */
type First = readonly [id: string, content: string, isShared: 0 | 1]

/**
 * Keys seen so far. Up to the limit all of them; past it only those of one part in 2^level of all hashes, for the whole
 * table alike, whatever the order (Gibbons 2001). Grows in place: a copy for each batch would be quadratic.
 */
interface Keys {
  level: number
  size: number
  /** Keys are JSON lists or hashes, never a name that objects have by themselves. */
  readonly firsts: Record<string, First>
}

/** Keys that are remembered, about 200 bytes each. */
const MAX_KEYS = 1_000_000

const isRemembered = (key: string, level: number): boolean =>
  level === 0 || createHash('sha256').update(key, 'utf8').digest().readUInt32BE() % 2 ** level === 0

function putFirst(keys: Keys, key: string, [id, content, isShared]: First): void {
  if (!isRemembered(key, keys.level)) return
  const before = keys.firsts[key]
  if (before === undefined) keys.size++
  const [firstId, firstContent] = before && before[0] < id ? before : [id, content]
  keys.firsts[key] = [firstId, firstContent, before === undefined ? isShared : 1]
  while (keys.size > MAX_KEYS) forget(keys, keys.level + 1)
}

/** Raises the level. */
function forget(keys: Keys, level: number): void {
  keys.level = level
  for (const key of Object.keys(keys.firsts)) {
    if (isRemembered(key, level)) continue
    delete keys.firsts[key]
    keys.size--
  }
}

function addBatch(seen: Keys, batch: RecordBatch, columns: readonly string[]): Keys {
  const keys = keysOf(batch, columns)
  if (keys.every((key) => key === null)) return seen
  const content = contentOf(batch)
  for (const [row, key] of keys.entries()) if (key !== null) putFirst(seen, key, [batch.ids[row] as string, content[row] as string, 0])
  return seen
}

function mergeKeys(left: Keys, right: Keys): Keys {
  if (right.level > left.level) forget(left, right.level)
  for (const [key, first] of Object.entries(right.firsts)) putFirst(left, key, first)
  return left
}

type Conflict = 'quarantine' | 'merge' | 'keep'

/** What becomes of a record whose key another one has: undefined keeps it. */
function fateOf(id: string, first: First, content: string, conflict: Conflict): 'merged' | 'quarantined' | undefined {
  if (first[0] === id) return undefined
  if (first[1] === content || conflict === 'merge') return 'merged'
  return conflict === 'keep' ? undefined : 'quarantined'
}

function settleKeys(batch: RecordBatch, keys: readonly (string | null)[], firsts: Keys['firsts'], conflict: Conflict, field: string): Step {
  const content = contentOf(batch)
  const merged: Merge[] = []
  const quarantined: Rejected[] = []
  const kept: number[] = []
  for (const [row, key] of keys.entries()) {
    const id = batch.ids[row] as string
    const first = key === null ? undefined : firsts[key]
    const fate = first && fateOf(id, first, content[row] as string, conflict)
    if (!first || !fate) kept.push(row)
    else if (fate === 'merged') merged.push({ id, into: first[0], reason: first[1] === content[row] ? 'key-repeated' : 'key-conflict' })
    else quarantined.push({ id, reason: 'key-conflict', field, found: (key as string).slice(0, 120) })
  }
  return kept.length === batch.ids.length ? keepAll(batch) : { kept: takeRecords(batch, Uint32Array.from(kept)), merged, quarantined }
}

export default defineOperator({
  version: 1,
  title: { zh: '键唯一', en: 'Unique key' },
  doc: {
    zh: '键（参数 columns，缺省为模式中 key 字段）全表唯一：保留编号最小的一条；内容完全相同的并入它，内容不同的按 conflict 处理：quarantine 隔离，merge 并入，keep 保留。键缺失的记录不判。最多记住 100 万个键（约 200 MB）；键更多的表只核对按散列选出的一部分键，所判仍然正确但不完全。',
    en: 'The key (`columns`, else the key fields of the schema) is unique over the table: the record with the lowest id stays; exact copies are merged into it, others with the same key are quarantined, merged or kept as `conflict` says. Records without a key are not judged. Remembers a million keys (some 200 MB); of a table with more, only a part of the keys, chosen by hash, is checked: what it finds is right, but not all.',
  },
  source: 'GB/T 36344-2018, uniqueness; ISO/IEC 25012 consistency',
  parameters: z.strictObject({ columns: columnsParameter, conflict: z.enum(['quarantine', 'merge', 'keep']).default('quarantine') }),
  example: {
    parameters: { columns: ['plot'] },
    before: { plot: ['A1', 'A2', 'A1', 'A2', null], kg: [3, 4, 3, 5, 6] },
    after: { plot: ['A1', 'A2', null], kg: [3, 4, 6] },
    quarantined: [3],
  },
  reasons: {
    'key-repeated': { zh: '与另一条记录的键和内容都相同', en: 'another record has the same key and content' },
    'key-conflict': { zh: '与另一条记录的键相同而内容不同', en: 'another record has the same key and other content' },
  },
  fit: {
    start: (): Keys => ({ level: 0, size: 0, firsts: {} }),
    add: (seen: Keys, batch, { columns }: { readonly columns: readonly string[] }) => addBatch(seen, batch, columns),
    merge: mergeKeys,
    // Only keys that several records share: this goes to every worker.
    finish: ({ firsts }: Keys) => Object.fromEntries(Object.entries(firsts).filter(([, [, , isShared]]) => isShared === 1)),
  },
  run: (batch, { columns, conflict }, { fitted }) => {
    const keys = keysOf(batch, columns)
    if (keys.every((key) => key === null || fitted[key] === undefined)) return keepAll(batch)
    return settleKeys(batch, keys, fitted, conflict, namesOf(batch, columns).join(', '))
  },
})
