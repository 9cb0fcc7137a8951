import type { Pool, Relations } from '../../base/engine/index.ts'
import { BAND_COLUMNS, type ChunkTask, EDGE_COLUMNS, SIGNATURE_COLUMNS, TEXT_COLUMNS } from './duplicate-rows.ts'
import { BUCKET_CAP } from './near-text.ts'
import {
  assigned,
  candidates,
  changedLabels,
  DUPLICATES,
  FIRST_LABELS,
  LINKS,
  led,
  MEMBERS,
  nextLabels,
  overflows,
  PAIRS,
  WANTED,
} from './relations.ts'
import type { Duplicate, DuplicateReport, DuplicateTask } from './resolve-duplicates.ts'
import { nearTextFields } from './sign-records.ts'

/**
 * Finds the duplicates of a table where its records are: as relations on a cluster that has them, when there are
 * enough records to be worth it; else in one task. Near images are always one task: their search is in memory.
 */
export async function findDuplicates(task: DuplicateTask, nRecords: number, pool: Pool): Promise<DuplicateReport> {
  const { relations } = pool
  const inMemory = task.options.near && task.plan.modality === 'image'
  if (relations && !inMemory && nRecords >= relations.worthFrom) return relateDuplicates(task, relations)
  const [report] = await pool.runAll<DuplicateTask, DuplicateReport>('resolveDuplicates', [task])
  return report as DuplicateReport
}

/** The same duplicates as `resolveDuplicates` finds, by SQL. Nothing but the duplicates themselves comes here. */
export async function relateDuplicates({ chunks, plan, options }: DuplicateTask, relations: Relations): Promise<DuplicateReport> {
  const tasks = chunks.map((path, chunk): ChunkTask => ({ path, chunk }))
  await relations.generate('signatures', SIGNATURE_COLUMNS, 'signatureRows', tasks)
  await relations.keep('led', led(options))
  const fields = nearTextFields(plan.fields)
  const near = options.near && plan.modality === 'text' && fields.length > 0
  let found = { candidates: 0, verified: 0, overflows: 0 }
  let labels: string | null = null
  if (near) {
    // 1. Pairs that share a band.
    await relations.generate('bands', BAND_COLUMNS, 'bandRows', tasks)
    await relations.keep('members', MEMBERS)
    await relations.keep('candidates', candidates(BUCKET_CAP))
    // 2. Those of them that are alike.
    await relations.stream('texts', TEXT_COLUMNS, 'textRows', { fields }, { sql: WANTED, by: 'path', order: 'record' })
    const context = { threshold: options.threshold }
    await relations.stream('edges', EDGE_COLUMNS, 'verifiedPairs', context, { sql: PAIRS, by: 'one', order: 'other' })
    // 3. What hangs together.
    labels = await connect(relations)
    const count = (sql: string): Promise<number> => countOf(relations, sql)
    found = {
      candidates: await count('SELECT COUNT(*) AS n FROM candidates'),
      verified: await count('SELECT COUNT(*) AS n FROM edges'),
      overflows: await count(overflows(BUCKET_CAP)),
    }
  }
  // 4. Who stays.
  await relations.keep('assigned', assigned(labels))
  const rows = await relations.rows<{ chunk: number; id: string; into_id: string; kind: Duplicate['kind'] }>(DUPLICATES)
  const duplicates = rows.map(({ chunk, id, into_id, kind }): Duplicate => ({ id, into: into_id, kind, chunk }))
  const exact = duplicates.filter((one) => one.kind === 'exact').length
  return { duplicates, exact, near: duplicates.length - exact, ...found }
}

/** Labels each end of an edge with the smallest record of its component; gives the table's name. */
export async function connect(relations: Relations): Promise<string> {
  await relations.keep('links', LINKS)
  await relations.keep('labels_0', FIRST_LABELS)
  for (let round = 0; ; round++) {
    const before = `labels_${round}`
    const after = `labels_${round + 1}`
    await relations.keep(after, nextLabels(before))
    if ((await countOf(relations, changedLabels(before, after))) === 0) return after
  }
}

async function countOf(relations: Relations, sql: string): Promise<number> {
  const [row] = await relations.rows<{ n: number }>(sql)
  return row?.n ?? 0
}
