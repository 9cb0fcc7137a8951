import type { Effects } from '../base/effects/index.ts'
import type { Pool } from '../base/engine/index.ts'
import { type Problem, ProblemError } from '../base/problem/index.ts'
import { compareCodeUnits } from '../base/record/index.ts'
import { openFile, reasonOf } from '../base/store/index.ts'
import { type ByteRange, type RawBatch, type RawRecord, type RecordFormat, valueAt } from './format.ts'
import { fileEmpty, fileUnclaimed, fileUnreadable } from './problems.ts'
import { loadFormat } from './registry.ts'
import { knownState, type ReadableSource } from './source.ts'
import type { Survey } from './survey.ts'

/** Some records of one part of a source, from all over the file. */
export interface SamplePart {
  readonly part: string
  readonly names: readonly string[]
  /** One array a name. Media are there without their bytes. */
  readonly columns: readonly (readonly unknown[])[]
  /** Records read to get the sample; all of the part when `complete`. */
  readonly records: number
  readonly broken: number
}

export interface SourceSample {
  readonly key: string
  readonly parts: readonly SamplePart[]
  /** Was the source read to its end? */
  readonly complete: boolean
  readonly problem: Problem | undefined
  /** The file's one record, where the format can go on from it. */
  readonly record?: RawRecord | undefined
}

/** Records kept of one part; more thin out evenly. */
const KEPT_ROWS = 4_000
/** Records read of a file that is read whole, and of each looked-at piece of one that is read in pieces. */
const READ_ROWS = 40_000
const READ_ROWS_PIECE = 2_000
const PIECES = 4

/** Reads a source far enough to tell what is in it. */
export async function sampleSource(source: Pick<ReadableSource, 'entry' | 'file' | 'pin' | 'ranges'>): Promise<SourceSample> {
  const { entry, ranges } = source
  const format = (await loadFormat(entry.format)) as RecordFormat
  const parts = new Map<string, Thinning>()
  let problem: Problem | undefined
  let record: RawRecord | undefined
  let complete = true
  const bytes = await openFile(entry.path, source.file, knownState(source))
  const add = (raw: RawBatch): void => {
    const part = parts.get(raw.part) ?? new Thinning()
    parts.set(raw.part, part)
    part.add(raw)
    if (format.again) record = onlyRecord(raw)
  }
  try {
    // Of a table the start tells most: its rows are read in order, as far as the limit goes.
    for (const range of piecesOf(format.splits === 'lines' ? ranges : [])) {
      const limit = range ? READ_ROWS_PIECE : READ_ROWS
      if (!(await readUpTo(limit, format.read(bytes, entry.parameters, range), add))) complete = false
    }
  } catch (error) {
    problem = error instanceof ProblemError ? error.problem : fileUnreadable({ at: entry.path, found: reasonOf(error) })
  } finally {
    await bytes.close()
  }
  return { key: entry.key, parts: [...parts].map(([part, thinning]) => thinning.give(part)), complete, problem, record }
}

/** Gives batches on until so many records have come; false when there may be more. */
async function readUpTo(limit: number, batches: AsyncIterable<RawBatch>, add: (raw: RawBatch) => void): Promise<boolean> {
  let read = 0
  for await (const raw of batches) {
    add(raw)
    read += raw.ordinals.length + raw.broken.length
    if (read >= limit) return false
  }
  return true
}

/** The one record of a batch, without the bytes of its media. */
function onlyRecord({ names, columns, ordinals, broken }: RawBatch): RawRecord | undefined {
  if (ordinals.length !== 1 || broken.length > 0) return undefined
  return Object.fromEntries(names.map((name, i) => [name, withoutBytes(valueAt(columns[i], 0))]))
}

/** The whole file, or pieces spread over it, the first always among them. */
function piecesOf(ranges: readonly ByteRange[]): (ByteRange | undefined)[] {
  if (ranges.length === 0) return [undefined]
  const step = Math.max(1, Math.floor(ranges.length / PIECES))
  return ranges.filter((_, i) => i % step === 0).slice(0, PIECES)
}

/** Keeps every `stride`-th record; the stride doubles when too many are kept. */
class Thinning {
  private readonly names: string[] = []
  private columns: unknown[][] = []
  private stride = 1
  private kept = 0
  private records = 0
  private broken = 0

  add(raw: RawBatch): void {
    this.broken += raw.broken.length
    const columnOf = raw.names.map((name) => this.columnFor(name))
    for (let row = 0; row < raw.ordinals.length; row++) {
      if (this.records++ % this.stride !== 0) continue
      for (const column of this.columns) column.push(null)
      for (const [i, column] of columnOf.entries()) (this.columns[column] as unknown[])[this.kept] = light(valueAt(raw.columns[i], row))
      if (++this.kept >= 2 * KEPT_ROWS) this.thin()
    }
  }

  private columnFor(name: string): number {
    const at = this.names.indexOf(name)
    if (at >= 0) return at
    this.names.push(name)
    this.columns.push(new Array(this.kept).fill(null))
    return this.names.length - 1
  }

  private thin(): void {
    this.stride *= 2
    this.columns = this.columns.map((column) => column.filter((_, row) => row % 2 === 0))
    this.kept = Math.ceil(this.kept / 2)
  }

  give(part: string): SamplePart {
    return { part, names: this.names, columns: this.columns, records: this.records, broken: this.broken }
  }
}

/** Characters of a value that a sample keeps. */
const KEPT_CHARACTERS = 4_000

function light(value: unknown): unknown {
  if (typeof value === 'string') return value.length > KEPT_CHARACTERS ? value.slice(0, KEPT_CHARACTERS) : value
  return withoutBytes(value)
}

function withoutBytes(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Date) return value ?? null
  const { media, extension } = value as { media?: unknown; extension?: unknown }
  return media instanceof Uint8Array ? { media: new Uint8Array(0), extension } : value
}

/** Samples all sources of a survey on all cores. */
export async function sampleSources(found: Survey, pool: Pool, effects: Pick<Effects, 'report'>): Promise<SourceSample[]> {
  let done = 0
  const tasks = found.sources.map(({ entry, file, pin, ranges }) => ({ entry, file, pin, ranges }))
  return pool.runAll<(typeof tasks)[number], SourceSample>('sampleSource', tasks, () =>
    effects.report({ stage: 'sample', done: ++done, total: tasks.length, unit: 'files' }),
  )
}

/**
 * The survey with sources that hold no record at all among the refused, and those that no table takes.
 * @param taken whether a table names the file, or a part of it
 */
export function withRecords(
  found: Survey,
  samples: readonly SourceSample[],
  taken: (path: string, parts: readonly string[]) => boolean = () => true,
): Survey {
  const byKey = new Map(samples.map((sample) => [sample.key, sample]))
  const hasRecords = (source: ReadableSource): boolean =>
    byKey.get(source.entry.key)?.parts.some((part) => part.records > 0 || part.broken > 0) ?? false
  const isTaken = ({ entry }: ReadableSource): boolean => taken(entry.path, byKey.get(entry.key)?.parts.map(({ part }) => part) ?? [])
  const empty = found.sources.filter((source) => !hasRecords(source))
  const left = found.sources.filter((source) => hasRecords(source) && !isTaken(source))
  const refused = [
    ...empty.map(({ entry }) => ({ entry, problem: byKey.get(entry.key)?.problem ?? fileEmpty({ at: entry.path }) })),
    ...left.map(({ entry }) => ({ entry, problem: fileUnclaimed({ at: entry.path }) })),
  ]
  return {
    ...found,
    sources: found.sources
      .filter((source) => hasRecords(source) && isTaken(source))
      .map((source) => ({ ...source, record: byKey.get(source.entry.key)?.record })),
    refused: [...found.refused, ...refused].sort((a, b) => compareCodeUnits(a.entry.key, b.entry.key)),
  }
}
