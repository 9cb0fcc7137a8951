import type { Modality } from '../base/recipe/index.ts'
import { type Field, type RecordBatch, recordHashes, takeRecords } from '../base/record/index.ts'
import {
  type EmbeddedMedia,
  eachBounded,
  join,
  openParquet,
  type ParquetFile,
  readBytes,
  readChunk,
  writeAtomic,
  writtenHash,
} from '../base/store/index.ts'
import { accumulate, type Indicator, loadIndicators, startAccumulation, type TableAccumulation, type TableFacts } from '../grade/index.ts'
import { sourceKeyOf } from '../ingest/index.ts'
import { changedSteps, type Duplicate, mediaNames, mediaPath, type TablePlan, trailStride } from '../refine/index.ts'
import { featureOf } from './features.ts'
import { writeLeafFile } from './leaf-file.ts'
import { type SplitRule, splitNames, splitOf } from './splits.ts'
import { TRAIL_FIELDS, type TrailRow, trailBatch } from './trail-file.ts'

/** Work of one thread: some chunks of a table become one Parquet file a split, with what the grade needs to know of them. */
export interface ShardTask {
  readonly plan: TablePlan
  readonly facts: SerialFacts
  readonly shard: number
  readonly shards: number
  readonly chunks: readonly string[]
  /** Records of these chunks that others stand for. */
  readonly duplicates: readonly Duplicate[]
  readonly rule: SplitRule
  readonly folder: string
  /** Folder for the shard's leaves, which are no part of the release. */
  readonly leafFolder: string
  readonly mediaFolder: string
  readonly media: 'files' | 'embedded' | 'both'
  readonly sourcePaths: Readonly<Record<string, string>>
}

/** TableFacts as plain JSON. */
export interface SerialFacts {
  readonly name: string
  readonly modality: Modality
  readonly fields: readonly Field[]
  readonly codeLists: Readonly<Record<string, readonly string[]>>
  readonly demand: TableFacts['demand']
  readonly faults?: string | undefined
}

export const tableFacts = (serial: SerialFacts): TableFacts => ({
  ...serial,
  codeLists: new Map(Object.entries(serial.codeLists).map(([name, codes]) => [name, new Set(codes)])),
})

/** One Parquet file of a release. */
export interface ShardFile {
  readonly path: string
  readonly split: string
  readonly records: number
  readonly bytes: number
  readonly sha256: string
}

export interface ShardResult {
  readonly files: readonly ShardFile[]
  /** One a file of `files`. */
  readonly states: readonly TableAccumulation[]
  /** File of the records' ids and hashes. */
  readonly leaves: string
  readonly media: readonly string[]
  readonly trail: ShardFile
}

interface OpenSplit {
  readonly path: string
  readonly split: string
  readonly file: ParquetFile
  records: number
  state: TableAccumulation
}

/** Writes one shard. The bytes depend on the chunks and the rule alone. */
export async function writeShard(task: ShardTask): Promise<ShardResult> {
  const facts = tableFacts(task.facts)
  const indicators = await loadIndicators()
  const stride = trailStride(task.plan.steps.length)
  const into = new Map(task.duplicates.map((one) => [one.id, one]))
  const open = new Map<string, OpenSplit>()
  const ids: string[] = []
  const hashes: Buffer[] = []
  const media = new Set<string>()
  const trail = await openParquet(`${task.folder}/${trailPath(task)}`, TRAIL_FIELDS)
  let nTrail = 0

  for (const path of task.chunks) {
    const { batch, side } = await readChunk(path)
    const rows = trailRows(batch, side['places'] as Float64Array, side['trail'] as Float64Array, stride, into, task.plan.name)
    trail.write(trailBatch(rows))
    nTrail += rows.length
    const splits = splitOf(batch, task.rule)
    for (const split of splitNames(task.rule)) {
      const chosen = Uint32Array.from(batch.ids.keys()).filter((row) => splits[row] === split && !into.has(batch.ids[row] as string))
      if (chosen.length === 0) continue
      const part = takeRecords(batch, chosen)
      const target = open.get(split) ?? (await openSplit(task, split, facts, indicators))
      open.set(split, target)
      mediaNames(part, media)
      target.file.write(part, await mediaOf(task, part))
      target.records += part.ids.length
      target.state = accumulate(indicators, target.state, part, facts, {
        split,
        sources: part.ids.map((id) => task.sourcePaths[sourceKeyOf(id)] ?? ''),
      })
      for (const id of part.ids) ids.push(id)
      for (const hash of recordHashes(part)) hashes.push(hash)
    }
  }
  await trail.finish()
  const inOrder = splitNames(task.rule).flatMap((split) => open.get(split) ?? [])
  const files: ShardFile[] = []
  for (const one of inOrder) {
    await one.file.finish()
    files.push({ path: one.path, split: one.split, records: one.records, ...(await writtenHash(`${task.folder}/${one.path}`)) })
  }
  if (task.media !== 'embedded') await copyMedia(task, media)
  const leaves = join(task.leafFolder, `${task.plan.name}-${number(task.shard)}.leaves`)
  await writeLeafFile(leaves, ids, hashes)
  return {
    files,
    states: inOrder.map((one) => one.state),
    leaves,
    media: [...media].sort(),
    trail: { path: trailPath(task), split: '', records: nTrail, ...(await writtenHash(`${task.folder}/${trailPath(task)}`)) },
  }
}

const number = (n: number): string => String(n).padStart(5, '0')
const trailPath = (task: ShardTask): string => `trail/${task.plan.name}-${number(task.shard)}.parquet`

async function openSplit(task: ShardTask, split: string, facts: TableFacts, indicators: readonly Indicator[]): Promise<OpenSplit> {
  const path = `data/${task.plan.name}/${split}-${number(task.shard)}-of-${number(task.shards)}.parquet`
  return {
    path,
    split,
    file: await openParquet(`${task.folder}/${path}`, task.plan.fields, featureOf),
    records: 0,
    state: startAccumulation(indicators, facts),
  }
}

function trailRows(
  batch: RecordBatch,
  places: Float64Array,
  trail: Float64Array,
  stride: number,
  into: ReadonlyMap<string, Duplicate>,
  table: string,
): TrailRow[] {
  return batch.ids.map((id, row) => {
    const duplicate = into.get(id)
    return {
      id,
      table,
      fate: duplicate ? 'merged' : 'released',
      place: places[row] as number,
      part: '',
      changed: changedSteps(trail, stride, row).join(','),
      step: duplicate ? `duplicates/${duplicate.kind}` : null,
      reason: duplicate ? `${duplicate.kind}-duplicate` : null,
      field: null,
      into: duplicate?.into ?? null,
    }
  })
}

/** Media read or copied at once: an object store answers many requests as fast as one. */
const MEDIA_AT_ONCE = 8

/** Media of some records as the Parquet file takes them. */
async function mediaOf(task: ShardTask, batch: RecordBatch): Promise<EmbeddedMedia> {
  const bytes = new Map<string, Uint8Array>()
  if (task.media !== 'files')
    await eachBounded(mediaNames(batch), MEDIA_AT_ONCE, async (name) => {
      bytes.set(name, await readBytes(mediaPath(task.mediaFolder, name)))
    })
  return { path: (name) => mediaPath('media', name), bytes: (name) => bytes.get(name) ?? null }
}

const copyMedia = (task: ShardTask, media: ReadonlySet<string>): Promise<void> =>
  eachBounded(media, MEDIA_AT_ONCE, async (name) => {
    await writeAtomic(mediaPath(`${task.folder}/media`, name), await readBytes(mediaPath(task.mediaFolder, name)))
  })
