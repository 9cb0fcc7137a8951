import { compareCodeUnits } from '../base/record/index.ts'
import { knownState, type ReadableSource } from '../ingest/index.ts'
import type { Piece } from './read-piece.ts'
import type { TablePlan } from './table-plan.ts'

/** Raw bytes and files that one unit of work takes: enough to keep a worker busy for a moment, few enough to share out. */
const UNIT_BYTES = 8 << 20
const UNIT_PIECES = 256

/**
 * Cuts a table's sources into units, in order of key and place. Depends on the files alone, never on the number of threads.
 * @param sequential the table has steps that need a whole file in order: files are not cut
 */
export function cutUnits(plan: TablePlan, plans: readonly TablePlan[], sources: readonly ReadableSource[], sequential: boolean): Piece[][] {
  const byKey = new Map(sources.map((source) => [source.entry.key, source]))
  const pieces = [...plan.sources]
    .sort((a, b) => compareCodeUnits(a.key, b.key))
    .flatMap((one) => {
      const source = byKey.get(one.key)
      return source ? piecesOf(source, one.part, reports(plan, plans, one), sequential) : []
    })
  const units: Piece[][] = []
  let bytes = Number.POSITIVE_INFINITY
  for (const piece of pieces) {
    const last = units.at(-1)
    if (!last || bytes + piece.bytes > UNIT_BYTES || last.length >= UNIT_PIECES) {
      units.push([piece])
      bytes = piece.bytes
    } else {
      last.push(piece)
      bytes += piece.bytes
    }
  }
  return units
}

/** Of all parts of a file that are read, the first reports what broke the file off. */
function reports(plan: TablePlan, plans: readonly TablePlan[], one: { readonly key: string; readonly part: string }): boolean {
  const first = plans.find((other) => other.sources.some((source) => source.key === one.key))
  return first?.name === plan.name && first.sources.find((source) => source.key === one.key)?.part === one.part
}

function piecesOf(source: ReadableSource, part: string, reportsBreak: boolean, sequential: boolean): Piece[] {
  const { entry, file, ranges, record } = source
  const { key, path, format, parameters } = entry
  const piece = { key, path, file, known: knownState(source), format, parameters, part, reportsBreak, record }
  if (sequential || ranges.length === 0) return [{ ...piece, range: null, bytes: entry.size }]
  return ranges.map((range) => ({ ...piece, range, bytes: range.end - range.start }))
}
