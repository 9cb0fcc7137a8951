import { HASH_STRIDE } from '../base/kernels/index.ts'
import type { Field, RecordBatch } from '../base/record/index.ts'
import { isMissing } from '../base/record/index.ts'
import type { BottomSample, DistinctSample } from '../base/statistics/index.ts'
import {
  addDistinct,
  addToBottomSample,
  bottomItems,
  distinctGroups,
  mergeBottomSamples,
  mergeDistinct,
  startBottomSample,
  startDistinctSample,
} from '../base/statistics/index.ts'
import { contentHashes } from './content-hash.ts'
import type { TableFacts } from './indicator.ts'
import { firstIds } from './record-share.ts'

/** How records use the key of their table. Plain JSON. */
export interface KeyUse {
  /** By key: records, and those of them that pass all else. */
  readonly groups: DistinctSample
  readonly examples: BottomSample<null>
}

/** Different keys that are counted exactly; past it whole keys are drawn by hash. 32 bytes each. */
const MAX_KEYS = 1 << 18
const EXAMPLE_KEYS = 1024

export const startKeyUse = (): KeyUse => ({ groups: startDistinctSample(MAX_KEYS), examples: startBottomSample(EXAMPLE_KEYS) })

/** Fields that together name a record. */
export const keyFieldsOf = (table: TableFacts): Field[] => table.fields.filter(({ key }) => key === true)

/** Reads on; a record without its whole key is not one of a key. @param failed not 0 where a record fails for another reason */
export function addKeys(use: KeyUse, batch: RecordBatch, table: TableFacts, failed: Uint8Array): KeyUse {
  const fields = keyFieldsOf(table)
  const columns = fields.map(({ name }) => batch.columns.get(name))
  const hashes = contentHashes(batch, fields)
  const next: KeyUse = { groups: { ...use.groups }, examples: { ...use.examples } }
  for (let row = 0; row < batch.ids.length; row++) {
    if (columns.some((column) => !column || isMissing(column, row))) continue
    const high = hashes[row * HASH_STRIDE] as number
    addDistinct(next.groups, high, hashes[row * HASH_STRIDE + 1] as number, 1, failed[row] === 0 ? 1 : 0)
    addToBottomSample(next.examples, high, batch.ids[row] as string, null)
  }
  return next
}

export const mergeKeyUse = (left: KeyUse, right: KeyUse): KeyUse => ({
  groups: mergeDistinct(left.groups, right.groups),
  examples: mergeBottomSamples(left.examples, right.examples),
})

/** Records beyond the first of each key; those of them that would else pass; some by name. Estimates past MAX_KEYS. */
export function repeatedKeys(use: KeyUse | null): {
  readonly records: number
  readonly passing: number
  readonly examples: readonly string[]
} {
  if (!use) return { records: 0, passing: 0, examples: [] }
  const { first, second, share, distinct } = distinctGroups(use.groups)
  let [records, passing] = [0, 0]
  for (let group = 0; group < distinct; group++) {
    records += (first[group] as number) - 1
    passing += Math.max(0, (second[group] as number) - 1)
  }
  const items = bottomItems(use.examples)
  const examples = items.flatMap(({ hash, id }, at) => (at > 0 && items[at - 1]?.hash === hash ? [id] : []))
  return { records: Math.round(records / share), passing: Math.round(passing / share), examples: firstIds(examples) }
}
