import { isNumeric, numberColumn, textColumn } from '../base/record/index.ts'
import { type ProfileTask, profilePieces, type RawBatch, type TableTally, type TypeColumn } from '../ingest/index.ts'
import { type CoercionDecisions, coerceBatch } from '../refine/index.ts'

/**
 * Types a raw column for the profile as a build would, but by itself: what does not fit costs the value, not the record.
 */
export const typeColumn: TypeColumn = (raw, field, { mapping, decisions }) => {
  const n = raw.ordinals.length
  const { required: _, ...optional } = field
  const ids = rowNames(raw)
  const { batch, rejected } = coerceBatch(
    { ids, names: raw.names, columns: raw.columns },
    { fields: [optional], mapping, decisions: decisions as CoercionDecisions },
  )
  const column = batch.columns.get(field.name) ?? (isNumeric(field.type) ? numberColumn(new Float64Array(0)) : textColumn([]))
  if (rejected.length === 0) return { column, misfits: [] }
  const misfits = rejected.map(({ id, found }) => ({ row: Number(id), found }))
  if (column.kind === 'number') {
    const values = new Float64Array(n).fill(Number.NaN)
    for (const [at, id] of batch.ids.entries()) values[Number(id)] = column.values[at] as number
    return { column: numberColumn(values), misfits }
  }
  const values: (string | null)[] = new Array(n).fill(null)
  for (const [at, id] of batch.ids.entries()) values[Number(id)] = column.values[at] ?? null
  return { column: textColumn(values), misfits }
}

/** Row numbers as the ids of a batch; made once for all its columns. */
function rowNames(raw: RawBatch): string[] {
  const known = made.get(raw)
  if (known) return known
  const names = Array.from(raw.ordinals, (_, row) => String(row))
  made.set(raw, names)
  return names
}

const made = new WeakMap<RawBatch, string[]>()

/** One unit of a profile as worker threads run it. */
export const profileTask = (task: ProfileTask): Promise<TableTally[]> => profilePieces(task, typeColumn)
