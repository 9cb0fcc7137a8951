import { z } from 'zod'
import type { Database } from '../../base/database/index.ts'
import { fail, type Outcome, succeed } from '../../base/problem/index.ts'
import { findVersion } from '../../catalog/index.ts'
import { versionNotOwned } from '../problems.ts'
import { loadPlan } from '../registry.ts'
import { measureVersion } from './measure-version.ts'
import { publishEntry } from './publish-entry.ts'
import { enterListedVersion, findListing, listedVersions, listPlans } from './queries.ts'

/** Name of the job that reads a version for sale. */
export const MEASURE_LISTING = 'measure-listing'

export const measurePayload = z.object({ listingId: z.uuid(), dataset: z.string(), version: z.string() })

/** Counted for every listing, so that buyers can compare. */
const ALWAYS = 'o200k'

interface MeasureEffects {
  readonly db: Database
  readonly now: Date
  readonly report: (done: number, total: number) => void
}

/** Reads a version of a listing: sheet, row groups, tokens by every tokenizer that a plan names. Doing it again changes nothing. */
export async function measureListing(
  { listingId, dataset, version }: z.output<typeof measurePayload>,
  organisationId: string,
  { db, now, report }: MeasureEffects,
): Promise<Outcome<{ version: string; commit: string; rowGroups: number }>> {
  const listing = await findListing(db, listingId)
  const found = listing?.organisationId === organisationId ? await findVersion(db, organisationId, dataset, version) : undefined
  if (!listing || !found) return fail(versionNotOwned({ found: `${dataset} ${version}` }))
  const named = await tokenizersOf(db, listingId)
  const known = (await listedVersions(db, listingId)).find((one) => one.version === version)
  const measured = await measureVersion(found.folder, listingId, [...named], known?.addedAt ?? now, report)
  if (!measured.ok) return measured
  await enterListedVersion(db, measured.value.version, measured.value.groups)
  if (listing.state === 'listed') await publishEntry(db, listingId, now)
  return succeed({ version, commit: measured.value.version.commit, rowGroups: measured.value.groups.length })
}

/** Tokenizers that a listing's plans name, and the one that is always counted by. */
export async function tokenizersOf(db: Database, listingId: string): Promise<Set<string>> {
  const names = new Set([ALWAYS])
  for (const { kind, terms } of await listPlans(db, listingId)) {
    const name = (await loadPlan(kind))?.plugin.tokenizer?.(terms)
    if (name !== undefined) names.add(name)
  }
  return names
}
