import { knownState, type ReadableSource } from '../source.ts'
import type { ProfilePiece } from './profile-pieces.ts'
import type { ProfiledTable } from './table-tally.ts'

/** Raw bytes and files of one unit of work. */
const UNIT_BYTES = 8 << 20
const UNIT_PIECES = 64

/** Pieces that one worker reads one after the other. */
export interface ProfileUnit {
  readonly pieces: ProfilePiece[]
  /** Numbers of the tables that the pieces feed. */
  readonly tables: readonly number[]
  bytes: number
}

/** Cuts the sources into units that feed the same tables each. Depends on the files alone. */
export function cutProfileUnits(tables: readonly ProfiledTable[], sources: readonly ReadableSource[]): ProfileUnit[] {
  const fedBy = tablesBySource(tables)
  const units: ProfileUnit[] = []
  const open = new Map<string, ProfileUnit>()
  for (const source of sources) {
    const fed = fedBy.get(source.entry.key)
    for (const { piece, bytes } of fed ? piecesOf(source) : []) {
      const known = open.get(String(fed))
      const unit = known && hasRoom(known, bytes) ? known : { pieces: [], tables: fed ?? [], bytes: 0 }
      if (unit !== known) {
        units.push(unit)
        open.set(String(fed), unit)
      }
      unit.pieces.push(piece)
      unit.bytes += bytes
    }
  }
  return units
}

const hasRoom = (unit: ProfileUnit, bytes: number): boolean => unit.bytes + bytes <= UNIT_BYTES && unit.pieces.length < UNIT_PIECES

function tablesBySource(tables: readonly ProfiledTable[]): Map<string, number[]> {
  const fedBy = new Map<string, number[]>()
  for (const [i, table] of tables.entries())
    for (const { key } of table.sources) {
      const fed = fedBy.get(key) ?? []
      fedBy.set(key, fed.at(-1) === i ? fed : [...fed, i])
    }
  return fedBy
}

function piecesOf(source: ReadableSource): { piece: ProfilePiece; bytes: number }[] {
  const { entry, file, ranges } = source
  const { key, path, format, parameters } = entry
  const piece = { entry: { key, path, format, parameters }, file, known: knownState(source) }
  if (ranges.length === 0) return [{ piece: { ...piece, range: undefined }, bytes: entry.size }]
  return ranges.map((range) => ({ piece: { ...piece, range }, bytes: range.end - range.start }))
}
