import type { Database } from '../../base/database/index.ts'
import { type MeasuredRowGroup, rowGroupsOf } from '../listing/queries.ts'
import type { Admitted, Revision } from '../orders/admit.ts'
import { chargedBetween, type Unit } from './queries.ts'

/** Sorts before and after any id. */
const [FIRST, LAST] = ['', '\u{10FFFF}']

const groupUnit = (commit: string, { path, n }: Pick<MeasuredRowGroup, 'path' | 'n'>): string => `group:${commit}/${path}#${n}`
const recordUnit = (commit: string, path: string, id: string): string => `record:${commit}/${path}#${id}`

/** By what the plan counts tokens; nothing where it does not. */
export const tokenizerOf = (admitted: Admitted): string | undefined =>
  admitted.by === 'owner' ? undefined : admitted.plan.tokenizer?.(admitted.entitlement.terms)

/**
 * Row groups of a file of which bytes in [start, end) are asked for: what lies in footers and between is free. Of a row
 * group what was charged record by record before is taken off.
 */
export async function unitsOfRange(
  db: Database,
  admitted: Admitted,
  { version: { commit } }: Revision,
  path: string,
  [start, end]: readonly [number, number],
): Promise<Unit[]> {
  if (admitted.by === 'owner') return []
  const groups = await rowGroupsOf(db, commit, [path])
  const touched = groups.filter(({ startByte, endByte }) => startByte < BigInt(end) && endByte > BigInt(start))
  return Promise.all(touched.map((group) => unitOfGroup(db, admitted, commit, group)))
}

/** All row groups of some files. */
export async function unitsOfFiles(
  db: Database,
  admitted: Admitted,
  { version: { commit } }: Revision,
  paths: readonly string[],
): Promise<Unit[]> {
  if (admitted.by === 'owner') return []
  const groups = await rowGroupsOf(db, commit, paths)
  return Promise.all(groups.map((group) => unitOfGroup(db, admitted, commit, group)))
}

async function unitOfGroup(
  db: Database,
  admitted: Extract<Admitted, { by: 'entitlement' }>,
  commit: string,
  group: MeasuredRowGroup,
): Promise<Unit> {
  const tokenizer = tokenizerOf(admitted)
  const all = tokenizer === undefined ? 0n : BigInt(group.tokens[tokenizer] ?? 0)
  const unit = groupUnit(commit, group)
  const before = await chargedBetween(
    db,
    admitted.entitlement.id,
    recordUnit(commit, group.path, group.firstId || FIRST),
    recordUnit(commit, group.path, group.lastId || LAST),
  )
  return { unit, tokens: all - before.tokens, records: group.nRecords - before.records }
}

/** A record that is delivered by itself. */
export interface DeliveredRecord {
  readonly id: string
  readonly path: string
  readonly tokens: number
}

/** Records as units, without those whose row group was charged for. */
export async function unitsOfRecords(
  db: Database,
  admitted: Admitted,
  { version: { commit } }: Revision,
  records: readonly DeliveredRecord[],
  known: (units: readonly string[]) => Promise<ReadonlySet<string>>,
): Promise<Unit[]> {
  if (admitted.by === 'owner' || records.length === 0) return []
  const groups = await rowGroupsOf(db, commit, [...new Set(records.map(({ path }) => path))])
  const groupOf = ({ id, path }: DeliveredRecord): string | undefined => {
    const found = groups.find((group) => group.path === path && group.firstId <= id && id <= group.lastId)
    return found && groupUnit(commit, found)
  }
  const paid = await known([...new Set(records.map(groupOf).filter((unit) => unit !== undefined))])
  return records
    .filter((record) => !paid.has(groupOf(record) ?? ''))
    .map(({ id, path, tokens }) => ({ unit: recordUnit(commit, path, id), tokens: BigInt(tokens), records: 1n }))
}
