import type { Effects } from '../../base/effects/index.ts'
import type { Pool } from '../../base/engine/index.ts'
import type { RawBatch } from '../format.ts'
import type { SamplePart, SourceSample } from '../sample-source.ts'
import type { ReadableSource } from '../source.ts'
import { openLanguageTeller } from './language-of.ts'
import type { ProfilePiece, ProfileTask } from './profile-pieces.ts'
import {
  addRaw,
  mergeTableTallies,
  type ProfiledTable,
  startTableTally,
  type TableTally,
  type TypeColumn,
  tallyTools,
} from './table-tally.ts'

/** Raw bytes and files of one unit of work. */
const UNIT_BYTES = 8 << 20
const UNIT_PIECES = 64
/** Units whose tallies wait in memory at once. */
const WAVE = 64

/**
 * Profiles tables by one pass over all their sources on all cores.
 * @param taskName export of the pool's module that runs `profilePieces`
 * @returns one tally a table; the same for any number of threads
 */
export async function profileSources(
  tables: readonly ProfiledTable[],
  sources: readonly ReadableSource[],
  pool: Pool,
  taskName: string,
  effects: Pick<Effects, 'report'>,
): Promise<TableTally[]> {
  const units = cutUnits(tables, sources)
  const tallies = tables.map(({ fields }) => startTableTally(fields))
  const total = units.reduce((sum, unit) => sum + unit.bytes, 0)
  let done = 0
  for (let from = 0; from < units.length; from += WAVE) {
    const wave = units.slice(from, from + WAVE)
    const results = await pool.runAll<ProfileTask, TableTally[]>(
      taskName,
      wave.map(({ pieces, tables: fed }) => ({ pieces, tables: fed.map((i) => tables[i] as ProfiledTable) })),
      (_, index) => {
        done += wave[index]?.bytes ?? 0
        effects.report({ stage: 'profile', done, total, unit: 'bytes' })
      },
    )
    for (const [u, result] of results.entries())
      for (const [at, i] of (wave[u]?.tables ?? []).entries()) mergeTableTallies(tallies[i] as TableTally, result[at] as TableTally)
  }
  return tallies
}

interface Unit {
  readonly pieces: ProfilePiece[]
  /** Numbers of the tables that the pieces feed. */
  readonly tables: number[]
  bytes: number
}

/** Cuts the sources into units that feed the same tables each. Depends on the files alone. */
function cutUnits(tables: readonly ProfiledTable[], sources: readonly ReadableSource[]): Unit[] {
  const fedBy = new Map<string, number[]>()
  for (const [i, table] of tables.entries())
    for (const { key } of table.sources) {
      const fed = fedBy.get(key) ?? []
      if (fed.at(-1) !== i) fed.push(i)
      fedBy.set(key, fed)
    }
  const units: Unit[] = []
  const open = new Map<string, Unit>()
  for (const { entry, file, ranges } of sources) {
    const fed = fedBy.get(entry.key)
    if (!fed) continue
    for (const range of ranges.length === 0 ? [undefined] : ranges) {
      const bytes = range ? range.end - range.start : entry.size
      let unit = open.get(fed.join())
      if (!unit || unit.bytes + bytes > UNIT_BYTES || unit.pieces.length >= UNIT_PIECES) {
        unit = { pieces: [], tables: fed, bytes: 0 }
        units.push(unit)
        open.set(fed.join(), unit)
      }
      unit.pieces.push({
        entry: { key: entry.key, path: entry.path, format: entry.format, parameters: entry.parameters },
        file,
        range,
      })
      unit.bytes += bytes
    }
  }
  return units
}

/** Profiles tables by samples alone: the same tallies of fewer records. */
export async function profileSamples(
  tables: readonly ProfiledTable[],
  samples: readonly SourceSample[],
  typeColumn: TypeColumn,
): Promise<TableTally[]> {
  const tools = tallyTools(typeColumn, await openLanguageTeller())
  const partOf = new Map(samples.flatMap(({ key, parts }) => parts.map((part) => [`${key} ${part.part}`, part] as const)))
  return tables.map((table) => {
    const tally = startTableTally(table.fields)
    for (const { key, part } of table.sources) {
      const sampled = partOf.get(`${key} ${part}`)
      if (sampled) addRaw(tally, table, rawOf(sampled), { lastMoment: Number.NaN }, tools)
    }
    return tally
  })
}

function rawOf({ part, names, columns }: SamplePart): RawBatch {
  const rows = Array.from({ length: columns[0]?.length ?? 0 }, (_, row) => row)
  return { part, names, columns, ordinals: rows, placeKind: 'row', places: rows, broken: [] }
}
