import type { Database } from '../../base/database/index.ts'
import { enterEntry } from '../../catalog/index.ts'
import { findListing, listedVersions, listPlans } from './queries.ts'

/** Puts a listing as it is now into the catalogue. */
export async function publishEntry(db: Database, listingId: string, now: Date): Promise<void> {
  const listing = await findListing(db, listingId)
  const [newest] = await listedVersions(db, listingId)
  if (!listing || !newest) return
  const { sheet } = newest
  const plans = await listPlans(db, listingId)
  const text = sheet.tables.flatMap(({ name, fields }) => [
    name,
    ...fields.map((field) => `${field.name} ${field.meaning?.zh ?? ''} ${field.meaning?.en ?? ''}`),
  ])
  const { documentation, quality, application, passes } = sheet.grade
  await enterEntry(db, {
    id: listing.id,
    organisationId: listing.organisationId,
    datasetId: listing.datasetId,
    address: `${listing.organisationHandle}/${listing.handle}`,
    title: listing.title,
    summary: listing.summary,
    keywords: listing.keywords,
    sector: sheet.sector,
    modalities: [...new Set(sheet.tables.map(({ modality }) => modality))].sort(),
    license: sheet.license,
    version: newest.version,
    nRecords: BigInt(sheet.records),
    passes,
    scores: { documentation, quality, application },
    plans: [...new Set(plans.map(({ kind }) => kind))].sort(),
    text: text.join(' '),
    updatedAt: now,
  })
}
