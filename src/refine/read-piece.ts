import { ProblemError } from '../base/problem/index.ts'
import { type RecordBatch, TextColumn } from '../base/record/index.ts'
import { type ByteSource, eachBounded, exists, isStoreFailure, type Known, openFile, reasonOf, writeAtomic } from '../base/store/index.ts'
import {
  type ByteRange,
  fileUnreadable,
  loadFormat,
  type MediaValue,
  type RawBatch,
  type RawColumn,
  type RawRecord,
  type RecordFormat,
  recordId,
} from '../ingest/index.ts'
import { isMedia, mediaName, mediaPath } from './media-access.ts'
import type { TablePlan } from './table-plan.ts'
import type { Departure } from './trail.ts'
import { coerceBatch } from './unify/index.ts'

/** A raw file, or lines of one, as a unit reads it. Plain JSON. */
export interface Piece {
  readonly key: string
  readonly path: string
  readonly file: string
  /** State that the file was surveyed in. */
  readonly known: Known
  readonly format: string
  readonly parameters: unknown
  readonly part: string
  readonly range: ByteRange | null
  readonly bytes: number
  /** The part that reports what broke the file off; others leave it to that one, so that it counts once. */
  readonly reportsBreak: boolean
  /** What sampling read of a file of one record. */
  readonly record?: RawRecord | undefined
}

/** Records of one raw batch, typed, and those of it that could not be. */
export interface Arrived {
  readonly batch: RecordBatch
  readonly places: Float64Array
  readonly departures: readonly Departure[]
}

/** Ordinal of the pseudo-record that stands for the unreadable rest of a file. */
const REST = 999_999_999

/** Reads a piece: raw batches → typed batches. What cannot be read or typed leaves with its reason. */
export async function* readPiece(piece: Piece, plan: TablePlan, mediaFolder: string): AsyncIterable<Arrived> {
  const format = (await loadFormat(piece.format)) as RecordFormat
  const source = await openFile(piece.path, piece.file, piece.known)
  try {
    for await (const raw of batchesOf(piece, format, source)) {
      if (raw.part === piece.part) yield await type(await withMedia(raw, mediaFolder), piece, plan)
      else if (piece.reportsBreak && raw.part === '' && raw.broken.length > 0) yield { ...EMPTY(plan), departures: brokenOf(raw, piece) }
    }
  } catch (error) {
    if (isStoreFailure(error)) throw error
    if (!piece.reportsBreak) return
    const problem = error instanceof ProblemError ? error.problem : fileUnreadable({ at: piece.path, found: reasonOf(error) })
    const rest: Departure = {
      id: recordId(piece.key, REST),
      fate: 'quarantined',
      place: 0,
      part: piece.part,
      step: 'read',
      reason: problem.code,
      found: problem.message.en,
    }
    yield { ...EMPTY(plan), departures: [rest] }
  } finally {
    await source.close()
  }
}

async function* batchesOf(piece: Piece, format: RecordFormat, source: ByteSource): AsyncIterable<RawBatch> {
  if (format.again && piece.record) yield await format.again(source, piece.record)
  else yield* format.read(source, piece.parameters, piece.range ?? undefined)
}

const EMPTY = (plan: TablePlan): Omit<Arrived, 'departures'> => ({
  batch: { ids: [], fields: plan.fields, columns: new Map() },
  places: new Float64Array(0),
})

const brokenOf = (raw: RawBatch, piece: Piece): Departure[] =>
  raw.broken.map((one) => ({
    id: recordId(piece.key, one.ordinal),
    fate: 'quarantined',
    place: one.place,
    part: piece.part,
    step: 'read',
    reason: one.problem.code,
    found: one.problem.message.en,
  }))

async function type(raw: RawBatch, piece: Piece, plan: TablePlan): Promise<Arrived> {
  const ids = raw.ordinals.map((ordinal) => recordId(piece.key, ordinal))
  const { batch, rejected } = coerceBatch({ ids, names: raw.names, columns: raw.columns }, plan)
  if (rejected.length === 0) return { batch, places: Float64Array.from(raw.places), departures: brokenOf(raw, piece) }
  const places = new Map(ids.map((id, row) => [id, raw.places[row] ?? 0]))
  const departures: Departure[] = rejected.map((one) => ({
    id: one.id,
    fate: 'quarantined',
    place: places.get(one.id) ?? 0,
    part: piece.part,
    step: 'unify',
    reason: one.reason,
    field: one.field,
    found: one.found,
  }))
  return { batch, places: Float64Array.from(batch.ids, (id) => places.get(id) ?? 0), departures: [...brokenOf(raw, piece), ...departures] }
}

/** Media stored at once: an object store answers several requests as fast as one. */
const MEDIA_AT_ONCE = 8

const holdsMedia = (column: RawColumn): boolean => !(column instanceof TextColumn) && column.some(isMedia)

/** Puts media into the store by content hash; the record keeps `<sha256>.<extension>`. */
async function withMedia(raw: RawBatch, folder: string): Promise<RawBatch> {
  if (!raw.columns.some(holdsMedia)) return raw
  const columns: RawColumn[] = []
  for (const column of raw.columns) {
    if (column instanceof TextColumn || !holdsMedia(column)) {
      columns.push(column)
      continue
    }
    const stored = [...column]
    const media = [...column.entries()].filter(([, value]) => isMedia(value))
    await eachBounded(media, MEDIA_AT_ONCE, async ([row, value]) => {
      stored[row] = await storeMedia(value as MediaValue, folder)
    })
    columns.push(stored)
  }
  return { ...raw, columns }
}

async function storeMedia({ media, extension }: MediaValue, folder: string): Promise<string> {
  const name = mediaName(media, extension)
  const path = mediaPath(folder, name)
  if (!(await exists(path))) await writeAtomic(path, media)
  return name
}
