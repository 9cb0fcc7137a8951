import { compareCodeUnits } from '../base/record/index.ts'
import { readJson } from '../base/store/index.ts'
import type { RecordFlow } from '../grade/index.ts'
import type { RefusedFile } from '../ingest/index.ts'
import type { Departure, RefinedTable } from '../refine/index.ts'
import type { Counts } from './manifest.ts'
import { reasonWords } from './reason-words.ts'

type Tally = Map<string, { readonly step: string; readonly reason: string; records: number }>

/** What became of all records, by reason, for the diagram of the grade's page. */
export async function recordFlow(counts: Counts, refused: readonly RefusedFile[], refined: readonly RefinedTable[]): Promise<RecordFlow> {
  const merged: Tally = new Map()
  const quarantined: Tally = new Map()
  const count = (tally: Tally, step: string, reason: string, records: number): void => {
    const key = `${step}\n${reason}`
    const one = tally.get(key) ?? { step, reason, records: 0 }
    one.records += records
    if (one.records > 0) tally.set(key, one)
  }
  for (const { problem } of refused) count(quarantined, 'survey', problem.code, 1)
  for (const table of refined) {
    count(merged, 'duplicates', 'exact-duplicate', table.duplicates.exact)
    count(merged, 'duplicates', 'near-duplicate', table.duplicates.near)
    for (const path of table.departures) {
      for (const one of await readJson<Departure[]>(path)) count(one.fate === 'merged' ? merged : quarantined, one.step, one.reason, 1)
    }
  }
  return { ingested: counts.in, released: counts.out, merged: await outflows(merged), quarantined: await outflows(quarantined) }
}

/** Largest first; equal ones by reason. */
async function outflows(tally: Tally): Promise<RecordFlow['merged']> {
  const sorted = [...tally.values()].sort((a, b) => b.records - a.records || compareCodeUnits(a.reason, b.reason))
  return Promise.all(sorted.map(async ({ step, reason, records }) => ({ reason: await reasonWords(step, reason), records })))
}
