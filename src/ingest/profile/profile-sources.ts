import type { Effects } from '../../base/effects/index.ts'
import type { Pool } from '../../base/engine/index.ts'
import type { RawBatch } from '../format.ts'
import type { SamplePart, SourceSample } from '../sample-source.ts'
import type { ReadableSource } from '../source.ts'
import { openLanguageTeller } from './language-of.ts'
import type { ProfileTask } from './profile-pieces.ts'
import { cutProfileUnits } from './profile-units.ts'
import {
  addRaw,
  mergeTableTallies,
  type ProfiledTable,
  startTableTally,
  type TableTally,
  type TypeColumn,
  tallyTools,
} from './table-tally.ts'

/** Units a thread whose tallies wait in memory at once. */
const WAVE = 8

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
  const units = cutProfileUnits(tables, sources)
  const tallies = tables.map(({ fields }) => startTableTally(fields))
  const total = units.reduce((sum, unit) => sum + unit.bytes, 0)
  let done = 0
  const atOnce = WAVE * pool.threads
  for (let from = 0; from < units.length; from += atOnce) {
    const wave = units.slice(from, from + atOnce)
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

/** Profiles tables by samples alone: the same tallies of fewer records. */
export async function profileSamples(
  tables: readonly ProfiledTable[],
  samples: readonly SourceSample[],
  typeColumn: TypeColumn,
): Promise<TableTally[]> {
  const tools = tallyTools(typeColumn, await openLanguageTeller(tables))
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
