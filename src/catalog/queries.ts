import { type Database, inTransaction, sql } from '../base/database/index.ts'

export interface DatasetRow {
  readonly id: string
  readonly name: string
  readonly title: string
  readonly createdAt: Date
  /** Of the newest version. */
  readonly version: string
  readonly nRecords: bigint
  readonly root: string
  readonly passes: boolean
}

export interface VersionRow {
  readonly datasetId: string
  readonly version: string
  readonly root: string
  readonly folder: string
  readonly nRecords: bigint
  readonly tables: unknown
  readonly counts: unknown
  readonly grade: unknown
  readonly builtBy: string
  readonly createdAt: Date
}

export interface NewVersion {
  readonly organisationId: string
  readonly newDatasetId: string
  readonly name: string
  readonly title: string
  readonly version: string
  readonly root: string
  readonly folder: string
  readonly nRecords: number
  readonly tables: unknown
  readonly counts: unknown
  readonly grade: unknown
  readonly builtBy: string
  readonly now: Date
}

/** Enters a release under its data set, which is made with its first version. Entering it again changes nothing. @returns the data set's id */
export async function enterVersion(db: Database, one: NewVersion): Promise<string> {
  return inTransaction(db, async (tx) => {
    const { rows } = await sql<{ id: string }>`
      insert into catalog.dataset (id, organisation_id, name, title, created_at)
      values (${one.newDatasetId}, ${one.organisationId}, ${one.name}, ${one.title}, ${one.now})
      on conflict (organisation_id, name) do update set title = excluded.title
      returning id`.execute(tx)
    const id = rows[0]?.id as string
    await sql`
      insert into catalog.version (dataset_id, version, root, folder, n_records, tables, counts, grade, built_by, created_at)
      values (${id}, ${one.version}, ${one.root}, ${one.folder}, ${one.nRecords}, ${JSON.stringify(one.tables)}, ${JSON.stringify(one.counts)},
        ${JSON.stringify(one.grade)}, ${one.builtBy}, ${one.now})
      on conflict (dataset_id, version) do nothing`.execute(tx)
    return id
  })
}

const NEWEST = sql`
  select dataset.id, dataset.name, dataset.title, dataset.created_at as "createdAt", newest.version, newest.n_records as "nRecords",
    newest.root, (newest.grade->>'passes')::boolean as passes
  from catalog.dataset
    cross join lateral (
      select version, n_records, root, grade from catalog.version
      where dataset_id = dataset.id order by created_at desc, version desc limit 1) as newest`

/** By name, after the cursor. */
export async function listDatasets(db: Database, organisationId: string, after: string | undefined, limit: number): Promise<DatasetRow[]> {
  const { rows } = await sql<DatasetRow>`
    ${NEWEST}
    where dataset.organisation_id = ${organisationId} and (${after === undefined} or dataset.name > ${after ?? ''})
    order by dataset.name
    limit ${limit}`.execute(db)
  return rows
}

export async function findDataset(db: Database, organisationId: string, name: string): Promise<DatasetRow | undefined> {
  const { rows } = await sql<DatasetRow>`
    ${NEWEST} where dataset.organisation_id = ${organisationId} and dataset.name = ${name}`.execute(db)
  return rows[0]
}

const VERSION = sql`
  version.dataset_id as "datasetId", version.version, version.root, version.folder, version.n_records as "nRecords", version.tables, version.counts, version.grade,
  version.built_by as "builtBy", version.created_at as "createdAt"`

/** Newest first. */
export async function listVersions(db: Database, datasetId: string): Promise<VersionRow[]> {
  const { rows } = await sql<VersionRow>`
    select ${VERSION} from catalog.version where dataset_id = ${datasetId} order by created_at desc, version desc`.execute(db)
  return rows
}

export async function findVersion(db: Database, organisationId: string, name: string, version: string): Promise<VersionRow | undefined> {
  const { rows } = await sql<VersionRow>`
    select ${VERSION} from catalog.version join catalog.dataset on dataset.id = version.dataset_id
    where dataset.organisation_id = ${organisationId} and dataset.name = ${name} and version.version = ${version}`.execute(db)
  return rows[0]
}
