import { HASH_STRIDE } from '../../../base/kernels/index.ts'
import type { RecordBatch } from '../../../base/record/index.ts'
import type { AdaptiveHistogram } from '../../../base/statistics/index.ts'
import { addToAdaptiveHistogram, mergeAdaptiveHistograms, startAdaptiveHistogram } from '../../../base/statistics/index.ts'
import { contentHashes } from '../../content-hash.ts'
import type { RecordOrigin, TableFacts } from '../../indicator.ts'
import { firstIds } from '../../record-share.ts'
import type { Sequence } from './sequence.ts'
import { joinSequences, oneRecord } from './sequence.ts'

/** The series of a table, by split and group (or raw file). Plain JSON. */
export interface Clock {
  readonly sequences: readonly (readonly [key: string, sequence: Sequence])[]
  /** Steps forward in time between neighbours, in ms. */
  readonly steps: AdaptiveHistogram
  readonly backwardIds: readonly string[]
  /** There were more series than are kept apart. */
  readonly overflow: boolean
}

/** Series that are kept apart; a table with more is no set of long recordings. */
export const MAX_SEQUENCES = 10_000
const STEP_BINS = 512

export const startClock = (): Clock => ({ sequences: [], steps: startAdaptiveHistogram(STEP_BINS), backwardIds: [], overflow: false })

export const timeFieldOf = (table: TableFacts): string | undefined =>
  table.fields.find(
    ({ role, type }) => role === 'time' && (type === 'timestamp' || type === 'date' || type === 'number' || type === 'integer'),
  )?.name

/** Which series each row belongs to. */
function keysOf(batch: RecordBatch, table: TableFacts, origin: RecordOrigin): (row: number) => string {
  const group = table.fields.find(({ role }) => role === 'group')
  const column = group && batch.columns.get(group.name)
  return (row) => `${origin.split}\u0001${column ? String(column.values[row] ?? '') : (origin.sources[row] ?? '')}`
}

interface Joined {
  readonly sequences: Map<string, Sequence>
  readonly steps: number[]
  readonly backward: string[]
}

function follow(into: Joined, key: string, next: Sequence): void {
  const before = into.sequences.get(key)
  if (!before) {
    into.sequences.set(key, next)
    return
  }
  const step = next.firstTime - before.lastTime
  if (step < 0) into.backward.push(next.firstId)
  else if (step > 0) into.steps.push(step)
  into.sequences.set(key, joinSequences(before, next))
}

function settle(clock: Clock, joined: Joined, steps: AdaptiveHistogram, backwardIds: readonly string[]): Clock {
  addToAdaptiveHistogram(steps, joined.steps)
  const overflow = clock.overflow || joined.sequences.size > MAX_SEQUENCES
  const ids = joined.backward.length === 0 ? backwardIds : firstIds([...backwardIds, ...joined.backward])
  return { sequences: overflow ? [] : [...joined.sequences], steps, backwardIds: ids, overflow }
}

/** Reads on: records without a time are passed over. */
export function addToClock(clock: Clock, batch: RecordBatch, table: TableFacts, origin: RecordOrigin): Clock {
  const name = timeFieldOf(table)
  const time = name === undefined ? undefined : batch.columns.get(name)
  if (clock.overflow || time?.kind !== 'number') return clock
  const channels = table.fields.filter((field) => field.name !== name && (field.type === 'number' || field.type === 'integer'))
  const hashes = contentHashes(batch, channels)
  const keyOf = keysOf(batch, table, origin)
  const joined: Joined = { sequences: new Map(clock.sequences), steps: [], backward: [] }
  for (let row = 0; row < batch.ids.length; row++) {
    const at = time.values[row] as number
    if (!Number.isNaN(at)) follow(joined, keyOf(row), oneRecord(batch.ids[row] as string, at, hashes[row * HASH_STRIDE] as number))
  }
  return settle(clock, joined, { ...clock.steps }, clock.backwardIds)
}

export function mergeClocks(left: Clock, right: Clock): Clock {
  const joined: Joined = { sequences: new Map(left.sequences), steps: [], backward: [] }
  for (const [key, sequence] of right.sequences) follow(joined, key, sequence)
  const both = { ...left, overflow: left.overflow || right.overflow }
  return settle(both, joined, mergeAdaptiveHistograms(left.steps, right.steps), firstIds([...left.backwardIds, ...right.backwardIds]))
}
