import { ProblemError } from '../../base/problem/index.ts'
import { type Known, openFile, reasonOf } from '../../base/store/index.ts'
import type { ByteRange, RawBatch, RecordFormat } from '../format.ts'
import { fileUnreadable } from '../problems.ts'
import { loadFormat } from '../registry.ts'
import type { SourceEntry } from '../source.ts'
import { openLanguageTeller } from './language-of.ts'
import {
  addBroken,
  addRaw,
  type FileMemory,
  type ProfiledTable,
  startTableTally,
  type TableTally,
  type TallyTools,
  type TypeColumn,
  tallyTools,
} from './table-tally.ts'

/** A raw file, or lines of one. Plain JSON. */
export interface ProfilePiece {
  readonly entry: Pick<SourceEntry, 'key' | 'path' | 'format' | 'parameters'>
  readonly file: string
  readonly known: Known
  readonly range: ByteRange | undefined
}

export interface ProfileTask {
  readonly pieces: readonly ProfilePiece[]
  /** The tables that the pieces feed. */
  readonly tables: readonly ProfiledTable[]
}

/** Reads pieces to their end and counts what is in them; one tally a table of the task. Constant memory. */
export async function profilePieces(task: ProfileTask, typeColumn: TypeColumn): Promise<TableTally[]> {
  const tallies = task.tables.map(({ fields }) => startTableTally(fields))
  const tools = tallyTools(typeColumn, await openLanguageTeller(task.tables))
  for (const piece of task.pieces) await profilePiece(piece, task.tables, tallies, tools)
  return tallies
}

async function profilePiece(
  piece: ProfilePiece,
  tables: readonly ProfiledTable[],
  tallies: readonly TableTally[],
  tools: TallyTools,
): Promise<void> {
  const { entry, file, known, range } = piece
  const memories: FileMemory[] = tables.map(() => ({ lastMoment: Number.NaN }))
  const fed = (raw: RawBatch): number[] =>
    [...tables.keys()].filter((i) => tables[i]?.sources.some(({ key, part }) => key === entry.key && part === raw.part))
  // What belongs to no part is told of the first table that the file feeds, so that it counts once.
  const first = tables.findIndex(({ sources }) => sources.some(({ key }) => key === entry.key))
  const source = await openFile(entry.path, file, known)
  try {
    const format = (await loadFormat(entry.format)) as RecordFormat
    for await (const raw of format.read(source, entry.parameters, range)) {
      const into = fed(raw)
      for (const i of into) addRaw(tallies[i] as TableTally, tables[i] as ProfiledTable, raw, memories[i] as FileMemory, tools)
      if (into.length === 0) addBroken(tallies[first] as TableTally, raw.broken)
    }
  } catch (error) {
    const problem = error instanceof ProblemError ? error.problem : fileUnreadable({ at: entry.path, found: reasonOf(error) })
    addBroken(tallies[first] as TableTally, [{ problem }])
  } finally {
    await source.close()
  }
}
