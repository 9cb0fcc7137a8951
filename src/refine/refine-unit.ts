import type { RecordBatch } from '../base/record/index.ts'
import { concatBatches, concatNumbers, numberColumn, takeRecords } from '../base/record/index.ts'
import { type Chunk, readChunk, type SideColumns, writeAtomic, writeChunk } from '../base/store/index.ts'
import { signRecords } from './duplicates/sign-records.ts'
import { holdMedia } from './media-access.ts'
import { type Piece, readPiece } from './read-piece.ts'
import { readySteps } from './ready-steps.ts'
import { runSteps, type Travelling, takeStrided } from './run-steps.ts'
import type { Segment } from './segments.ts'
import { addToRuns, RunCutter, type SequenceRun } from './sequence-runs.ts'
import type { TablePlan } from './table-plan.ts'
import { type Departure, trailStride } from './trail.ts'

/** Work of one thread: some pieces of raw files (first segment) or chunks of the segment before, through one segment of steps. */
export interface RefineTask {
  readonly plan: TablePlan
  readonly segment: Segment
  /** Last segment: records get the signatures that duplicates are found by. */
  readonly last: boolean
  /** What steps were fitted to, by number of the step. */
  readonly fitted: Readonly<Record<number, unknown>>
  readonly pieces: readonly Piece[]
  readonly chunks: readonly string[]
  /** Parts of files that the records of the chunks are of; none after reshaping or joining. */
  readonly runs: readonly SequenceRun[]
  /** Where the output goes; all files in it are this unit's. */
  readonly folder: string
  readonly mediaFolder: string
  /** Records to keep as they were before the first step, for measuring what refinement is worth; 0 for none. */
  readonly unrefined: number
  readonly pseudonymKey: string
}

/** Written last: a unit's folder that holds it is complete. */
export const RESULT = 'result.json'

/** What a unit gave. Paths are names within its folder. */
export interface RefineResult {
  readonly chunks: readonly { readonly path: string; readonly records: number; readonly bytes: number }[]
  readonly departures: string
  readonly counts: { readonly in: number; readonly kept: number; readonly merged: number; readonly quarantined: number }
  /** Parts of files that the kept records are of, in order. */
  readonly runs: readonly SequenceRun[]
  /** States of the operators that the next segment begins with. */
  readonly fitStates: Readonly<Record<number, unknown>>
  readonly unrefined: string | null
  /** Bytes of raw files read. */
  readonly bytesRead: number
}

/** Rows and bytes after which a chunk is closed. */
const CHUNK_ROWS = 16_384
const CHUNK_BYTES = 12 << 20

/** Runs one unit. Deterministic: the same task gives the same files. */
export async function refineUnit(task: RefineTask): Promise<RefineResult> {
  const media = holdMedia(task.mediaFolder)
  const means = { pseudonymKey: task.pseudonymKey, media: media.access }
  const steps = await readySteps(task.plan, task.segment, task.fitted, means)
  const fits = await readySteps(task.plan, { from: 0, to: task.plan.steps.length, fits: [] }, {}, means, task.segment.fits)
  const stride = trailStride(task.plan.steps.length)
  const departures: Departure[] = []
  const writer = chunkWriter(task)
  const fitStates = new Map<number, unknown>(fits.map((step) => [step.index, step.operator.fit?.start(step.parameters)]))
  const usesMedia = steps.some((step) => step.operator.usesMedia)
  let nIn = 0

  const runs: SequenceRun[] = []

  const travel = async (
    arrived: Travelling,
    { key, part }: { readonly key: string; readonly part: string },
    carries: ReadonlyMap<number, Map<string, unknown>>,
  ): Promise<void> => {
    const ready = steps.map((step) => ({ ...step, context: { ...step.context, carry: carries.get(step.index) ?? new Map() } }))
    if (usesMedia) await media.fetch(arrived.batch)
    const through = runSteps(arrived, part, stride, ready, departures)
    if (usesMedia) await media.keep()
    if (through.batch.ids.length === 0) return
    addToRuns(runs, key, part, through.batch.ids.length)
    for (const step of fits) fitStates.set(step.index, step.operator.fit?.add(fitStates.get(step.index), through.batch, step.parameters))
    await writer.add(through)
  }
  const newCarries = (): Map<number, Map<string, unknown>> => new Map(steps.map((step) => [step.index, new Map<string, unknown>()]))

  for (const piece of task.pieces) {
    const carries = newCarries()
    for await (const arrived of readPiece(piece, task.plan, task.mediaFolder)) {
      nIn += arrived.batch.ids.length + arrived.departures.length
      departures.push(...arrived.departures)
      if (arrived.batch.ids.length === 0) continue
      writer.sample(arrived.batch)
      await travel(
        { batch: arrived.batch, places: arrived.places, trail: new Float64Array(arrived.batch.ids.length * stride) },
        piece,
        carries,
      )
    }
  }
  let sequence = ''
  let carries = newCarries()
  const cutter = new RunCutter(task.runs)
  for (const path of task.chunks) {
    for (const { run, ...arrived } of bySequence(await readChunk(path), stride, cutter)) {
      nIn += arrived.batch.ids.length
      const name = `${run.key} ${run.part}`
      if (name !== sequence) carries = newCarries()
      sequence = name
      await travel(arrived, run, carries)
    }
  }
  const { chunks, unrefined } = await writer.finish()
  await writeAtomic(`${task.folder}/departures.json`, JSON.stringify(departures))
  const merged = departures.filter((one) => one.fate === 'merged').length
  const kept = chunks.reduce((sum, chunk) => sum + chunk.records, 0)
  const counts = { in: nIn, kept, merged, quarantined: departures.length - merged }
  if (counts.in !== counts.kept + departures.length)
    throw new Error(`refine: ${counts.in} records came in, ${kept} kept + ${departures.length} left`)
  const bytesRead = task.pieces.reduce((sum, piece) => sum + piece.bytes, 0)
  const result: RefineResult = {
    chunks,
    departures: 'departures.json',
    counts,
    runs,
    fitStates: Object.fromEntries(fitStates),
    unrefined,
    bytesRead,
  }
  await writeAtomic(`${task.folder}/${RESULT}`, JSON.stringify(result))
  return result
}

/** A chunk cut where the part of a file changes, so that operators of scope `sequence` see one sheet or file at a time. */
function* bySequence(
  chunk: Chunk,
  stride: number,
  cutter: RunCutter,
): Iterable<Travelling & { readonly run: { readonly key: string; readonly part: string } }> {
  const { batch, side } = chunk
  for (let from = 0; from < batch.ids.length; ) {
    const { to, ...run } = cutter.next(batch.ids, from)
    const rows = Uint32Array.from({ length: to - from }, (_, i) => from + i)
    yield {
      run,
      batch: sliceBatch(batch, from, to),
      places: takeStrided(side['places'] as Float64Array, rows, 1),
      trail: takeStrided(side['trail'] as Float64Array, rows, stride),
    }
    from = to
  }
}

function sliceBatch(batch: RecordBatch, from: number, to: number): RecordBatch {
  if (from === 0 && to === batch.ids.length) return batch
  const columns = new Map(
    [...batch.columns].map(([name, column]) => [
      name,
      column.kind === 'text' ? column.slice(from, to) : numberColumn(column.values.slice(from, to)),
    ]),
  )
  return { ids: batch.ids.slice(from, to), fields: batch.fields, columns }
}

interface ChunkWriter {
  add(travelling: Travelling): Promise<void>
  /** Keeps some records as they are now, chosen by id. */
  sample(batch: RecordBatch): void
  finish(): Promise<{ chunks: RefineResult['chunks']; unrefined: string | null }>
}

function chunkWriter(task: RefineTask): ChunkWriter {
  const chunks: { path: string; records: number; bytes: number }[] = []
  let waiting: Travelling[] = []
  let rows = 0
  let bytes = 0
  const before: RecordBatch[] = []
  let sampled = 0
  const close = async (): Promise<void> => {
    if (rows === 0) return
    const fields = task.plan.fields
    const batch = concatBatches(
      fields,
      waiting.map((one) => one.batch),
    )
    const signatures: SideColumns = task.last ? signRecords(batch, task.plan.modality) : {}
    const side = {
      places: concatNumbers(waiting.map((one) => one.places)),
      trail: concatNumbers(waiting.map((one) => one.trail)),
      ...signatures,
    }
    const path = `part-${String(chunks.length).padStart(5, '0')}.chunk`
    await writeChunk(`${task.folder}/${path}`, { batch, side })
    chunks.push({ path, records: rows, bytes })
    waiting = []
    rows = 0
    bytes = 0
  }
  return {
    async add(travelling) {
      waiting.push(travelling)
      rows += travelling.batch.ids.length
      bytes += bytesOf(travelling.batch)
      if (rows >= CHUNK_ROWS || bytes >= CHUNK_BYTES) await close()
    },
    sample(batch) {
      if (sampled >= task.unrefined) return
      const wanted = Math.min(batch.ids.length, task.unrefined - sampled)
      const step = batch.ids.length / wanted
      before.push(
        takeRecords(
          batch,
          Uint32Array.from({ length: wanted }, (_, i) => Math.floor(i * step)),
        ),
      )
      sampled += wanted
    },
    async finish() {
      await close()
      if (before.length === 0) return { chunks, unrefined: null }
      const path = 'unrefined.chunk'
      await writeChunk(`${task.folder}/${path}`, { batch: concatBatches(task.plan.fields, before), side: {} })
      return { chunks, unrefined: path }
    },
  }
}

function bytesOf(batch: RecordBatch): number {
  let bytes = 0
  for (const column of batch.columns.values()) {
    if (column.kind === 'number') bytes += 8 * column.values.length
    else for (const length of column.utf8.lengths) bytes += Math.max(1, length)
  }
  return bytes
}
