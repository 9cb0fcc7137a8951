import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Problem, ProblemError } from '../../src/base/problem/index.ts'
import { type ByteSource, bytesSource, openFile } from '../../src/base/store/index.ts'
import { type BrokenRecord, type RawBatch, type RecordFormat, valueAt } from '../../src/ingest/format.ts'

/** All that a format gives of one file. */
export interface Reading {
  readonly parameters: Record<string, unknown>
  readonly batches: readonly RawBatch[]
  readonly rows: readonly Record<string, unknown>[]
  readonly places: readonly number[]
  readonly broken: readonly BrokenRecord[]
  /** What ended the reading early. */
  readonly problem: Problem | undefined
}

/** Reads a whole source; a bug in the reader (any error but a ProblemError, columns of unequal length, numbers used twice) throws. */
export async function readSource(format: RecordFormat, source: ByteSource, overrides: Record<string, unknown> = {}): Promise<Reading> {
  const batches: RawBatch[] = []
  let parameters: Record<string, unknown> = {}
  let problem: Problem | undefined
  try {
    const detected = (await format.detect(source)) as Record<string, unknown>
    parameters = format.parameters.parse({ ...detected, ...overrides }) as Record<string, unknown>
    for await (const batch of format.read(source, parameters)) batches.push(batch)
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    problem = error.problem
  } finally {
    await source.close()
  }
  checkLaws(batches)
  const rows = batches.flatMap((batch) =>
    batch.ordinals.map((_, row) =>
      Object.fromEntries(batch.names.map((name, column) => [name, valueAt(batch.columns[column], row) ?? null])),
    ),
  )
  return {
    parameters,
    batches,
    rows,
    places: batches.flatMap((batch) => batch.places),
    broken: batches.flatMap((batch) => batch.broken),
    problem,
  }
}

function checkLaws(batches: readonly RawBatch[]): void {
  const seen = new Set<number>()
  for (const batch of batches) {
    if (batch.names.length !== batch.columns.length) throw new Error('names and columns differ in number')
    if (new Set(batch.names).size !== batch.names.length) throw new Error('a name is used twice')
    if (batch.places.length !== batch.ordinals.length) throw new Error('places and ordinals differ in number')
    for (const column of batch.columns) if (column.length !== batch.ordinals.length) throw new Error('a column has another length')
    for (const ordinal of [...batch.ordinals, ...batch.broken.map((record) => record.ordinal)]) {
      if (seen.has(ordinal)) throw new Error(`ordinal ${ordinal} is used twice`)
      seen.add(ordinal)
    }
  }
}

const bytesOf = (content: string | Uint8Array): Uint8Array => (typeof content === 'string' ? Buffer.from(content, 'utf8') : content)

export const readBytes = (
  format: RecordFormat,
  path: string,
  content: string | Uint8Array,
  overrides?: Record<string, unknown>,
): Promise<Reading> => readSource(format, bytesSource(path, bytesOf(content)), overrides)

export const sniffBytes = (format: RecordFormat, path: string, content: string | Uint8Array): number =>
  format.sniff(bytesOf(content).subarray(0, 64 << 10), path)

const SHARED = fileURLToPath(new URL('../../../shared/data/', import.meta.url))

/** Is the real data beside the checkout? Says so aloud where it is not. */
export const hasSharedData: boolean = existsSync(SHARED)
if (!hasSharedData) process.stderr.write(`${SHARED} is absent: tests on real data are left out\n`)

/** Path of a file of the real data. */
export const sharedFile = (path: string): string => SHARED + path

export const readShared = async (format: RecordFormat, path: string, overrides?: Record<string, unknown>): Promise<Reading> =>
  readSource(format, await openFile(path, SHARED + path), overrides)
