import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import type { Database } from '../../base/database/index.ts'
import { fail, type Outcome, type Problem, succeed } from '../../base/problem/index.ts'
import type { Field } from '../../base/record/index.ts'
import { searchEntries } from '../../catalog/index.ts'
import { type Actor, definePublicRoute, defineRoute, type Route, type RouteEffects } from '../../guard/index.ts'
import { readRelease } from '../../release/index.ts'
import { deliverFile, filesOf } from '../deliver-file.ts'
import { type DeliveryEffects, defineDelivery } from '../delivery.ts'
import { findByAddress, type ListedVersion, listedVersions } from '../listing/queries.ts'
import { chargeUse } from '../meter/charge-use.ts'
import { unitsOfFiles } from '../meter/units.ts'
import { admitBuyer, findRevision, type Revision } from '../orders/admit.ts'
import { fileNotFound, listingNotFound, revisionNotFound, urlInvalid } from '../problems.ts'

const PROTOCOL = 'delta-sharing'
/** Clients ask once and load for long: an address holds this long. */
const ADDRESS_MS = 6 * 3600_000
const MOST_SHARED = 200

const part = z.string().min(1).max(200)
const ofShare = z.object({ share: part })
const ofSchema = ofShare.extend({ schema: part })
const ofTable = ofSchema.extend({ table: part })
const versionHeader = 'delta-table-version'

/** The client shows the JSON of an error to people. */
const refuse = ({ code, message }: Problem, status: number): Response =>
  Response.json({ errorCode: code, message: `${message.en} ${message.zh}` }, { status })

/** The client reads the first line only: no line breaks. */
const items = (list: readonly unknown[]): Response => Response.json({ items: list })

export default defineDelivery({
  version: 1,
  title: { zh: 'Delta Sharing', en: 'Delta Sharing' },
  doc: {
    zh: '以 {"shareCredentialsVersion":1,"endpoint":"<服务地址>/delta-sharing","bearerToken":"<密钥>"} 为 profile，用 delta-sharing、Spark 等读取；查询时计费，文件地址 6 小时内有效。',
    en: 'With {"shareCredentialsVersion":1,"endpoint":"<server>/delta-sharing","bearerToken":"<key>"} as profile delta-sharing, Spark and others load; charged at the query, addresses of files hold for six hours.',
  },
  source: 'Delta Sharing protocol 1; delta-sharing 1.4.2 (Python), measured',
  routes: (effects) => [...listRoutes(), ...tableRoutes(effects), blobRoute(effects)],
})

interface Shared extends Revision {
  /** From 0, oldest first. */
  readonly number: number
}

/** A listing at one of its versions, by number, by time, or the newest. */
async function sharedTable(
  db: Database,
  { share, schema }: z.output<typeof ofSchema>,
  at: { version?: number | undefined; before?: Date | undefined } = {},
): Promise<Outcome<Shared>> {
  const listing = await findByAddress(db, share, schema)
  if (!listing || (listing.state !== 'listed' && listing.state !== 'withdrawn'))
    return fail(listingNotFound({ found: `${share}/${schema}` }))
  const versions = (await listedVersions(db, listing.id)).reverse()
  const before = at.before
  const last = before ? versions.findLastIndex(({ addedAt }) => addedAt <= before) : versions.length - 1
  const number = at.version ?? last
  const version = versions[number]
  const address = `${share}/${schema}`
  return version ? succeed({ listing, version, address, number }) : fail(revisionNotFound({ at: address, found: String(number) }))
}

/** Tables of a version that hold records. */
async function tablesOf(version: ListedVersion) {
  const release = await readRelease(version.folder)
  if (!release.ok) return release
  return succeed(
    release.value.manifest.tables.map((table) => ({
      ...table,
      fields: release.value.recipe.tables.find(({ plan }) => plan.name === table.name)?.plan.fields ?? [],
    })),
  )
}

async function tableOf(version: ListedVersion, name: string) {
  const tables = await tablesOf(version)
  if (!tables.ok) return tables
  const table = tables.value.find((one) => one.name === name)
  return table ? succeed(table) : fail(fileNotFound({ at: version.version, found: name }))
}

function listRoutes(): Route[] {
  const common = { method: 'get', permission: 'delivery:read', answer: 'application/json', refuse } as const
  const query = z.looseObject({ maxResults: z.coerce.number().optional(), pageToken: z.string().optional() })
  const offered = (db: Database) => searchEntries(db, { text: '', limit: MOST_SHARED, offset: 0, facets: {} })
  const schemasOf = async (db: Database, share: string) =>
    (await offered(db)).items.map(({ address }) => address.split('/')).filter(([organisation]) => organisation === share)
  const named = async (db: Database, share: string, schema: string): Promise<unknown[]> => {
    const found = await sharedTable(db, { share, schema })
    const tables = found.ok ? await tablesOf(found.value.version) : found
    return tables.ok ? tables.value.map(({ name }) => ({ name, schema, share })) : []
  }
  return [
    defineRoute({
      ...common,
      path: '/delta-sharing/shares',
      summary: { zh: '组织', en: 'Organisations' },
      query,
      run: async (_, { db }) => {
        const names = new Set((await offered(db)).items.map(({ address }) => address.split('/')[0]))
        return items([...names].sort().map((name) => ({ name, id: name })))
      },
    }),
    defineRoute({
      ...common,
      path: '/delta-sharing/shares/{share}/schemas',
      summary: { zh: '一个组织的数据集', en: 'Data sets of an organisation' },
      params: ofShare,
      query,
      run: async ({ params }, { db }) => items((await schemasOf(db, params.share)).map(([share, name]) => ({ name, share }))),
    }),
    defineRoute({
      ...common,
      path: '/delta-sharing/shares/{share}/schemas/{schema}/tables',
      summary: { zh: '一个数据集的表', en: 'Tables of a data set' },
      params: ofSchema,
      query,
      run: async ({ params }, { db }) => items(await named(db, params.share, params.schema)),
    }),
    defineRoute({
      ...common,
      path: '/delta-sharing/shares/{share}/all-tables',
      summary: { zh: '一个组织的全部表', en: 'All tables of an organisation' },
      params: ofShare,
      query,
      run: async ({ params }, { db }) => {
        const all = await Promise.all((await schemasOf(db, params.share)).map(([share = '', schema = '']) => named(db, share, schema)))
        return items(all.flat())
      },
    }),
  ]
}

/** A field as Spark writes its type. */
function sparkType({ type }: Field): unknown {
  switch (type) {
    case 'integer':
      return 'long'
    case 'number':
      return 'double'
    case 'boolean':
      return 'boolean'
    case 'timestamp':
      return 'timestamp'
    case 'date':
      return 'date'
    case 'media':
      return { type: 'struct', fields: [sparkField('bytes', 'binary'), sparkField('path', 'string')] }
    default:
      return 'string'
  }
}

const sparkField = (name: string, type: unknown) => ({ name, type, nullable: true, metadata: {} })

const headLines = ({ version, listing }: Revision, name: string, fields: readonly Field[]): unknown[] => [
  { protocol: { minReaderVersion: 1 } },
  {
    metaData: {
      id: `${version.commit}-${name}`,
      name: listing.title.en,
      format: { provider: 'parquet' },
      schemaString: JSON.stringify({
        type: 'struct',
        fields: [sparkField('id', 'string'), ...fields.map((field) => sparkField(field.name, sparkType(field)))],
      }),
      partitionColumns: [],
    },
  },
]

const lines = (list: readonly unknown[], number: number): Response =>
  new Response(list.map((line) => `${JSON.stringify(line)}\n`).join(''), {
    headers: { 'content-type': 'application/x-ndjson; charset=utf-8', [versionHeader]: String(number) },
  })

const queryBody = z.looseObject({
  limitHint: z.number().int().min(0).nullish(),
  version: z.number().int().min(0).nullish(),
  timestamp: z.iso.datetime({ offset: true }).nullish(),
})

function tableRoutes(effects: DeliveryEffects): Route[] {
  const base = '/delta-sharing/shares/{share}/schemas/{schema}/tables/{table}'
  const common = { method: 'get', permission: 'delivery:read', params: ofTable, refuse } as const
  return [
    defineRoute({
      ...common,
      path: `${base}/version`,
      summary: { zh: '表的版本号', en: 'Version of a table' },
      query: z.looseObject({ startingTimestamp: z.string().optional() }),
      answer: 'text/plain',
      run: async ({ params }, { db }) => {
        const found = await sharedTable(db, params)
        return found.ok ? new Response('', { headers: { [versionHeader]: String(found.value.number) } }) : found
      },
    }),
    defineRoute({
      ...common,
      path: `${base}/metadata`,
      summary: { zh: '表的结构', en: 'Schema of a table' },
      query: z.looseObject({}),
      answer: 'application/x-ndjson',
      run: async ({ params }, { db }) => {
        const found = await sharedTable(db, params)
        if (!found.ok) return found
        const table = await tableOf(found.value.version, params.table)
        return table.ok ? lines(headLines(found.value, params.table, table.value.fields), found.value.number) : table
      },
    }),
    defineRoute({
      method: 'post',
      path: `${base}/query`,
      permission: 'delivery:read',
      summary: { zh: '读取一张表：先计费，再给出文件地址', en: 'Load a table: charged first, then addresses of its files' },
      params: ofTable,
      body: queryBody,
      isReading: true,
      answer: 'application/x-ndjson',
      refuse,
      run: ({ params, body, url }, routeEffects, actor) => query({ params, body, url }, routeEffects, actor, effects),
    }),
    defineRoute({
      ...common,
      path: `${base}/changes`,
      summary: { zh: '版本之间增减的文件', en: 'Files added and removed between versions' },
      query: z.looseObject({
        startingVersion: z.coerce.number().int().min(0).default(0),
        endingVersion: z.coerce.number().int().min(0).optional(),
      }),
      answer: 'application/x-ndjson',
      run: ({ params, query: asked, url }, routeEffects, actor) => changes({ params, asked, url }, routeEffects, actor, effects),
    }),
  ]
}

interface GrantedFile {
  readonly path: string
  readonly bytes: number
  readonly records: number
  readonly sha256: string
}

/** Files of a table that a buyer may load, charged for. */
async function grantFiles(
  shared: Shared,
  name: string,
  most: number,
  subject: string,
  { db, now, newId }: RouteEffects,
  { organisationId }: Actor,
  { receiptKey }: DeliveryEffects,
): Promise<Outcome<{ fields: readonly Field[]; files: GrantedFile[] }>> {
  const admitted = await admitBuyer(db, organisationId, shared, 'files', now)
  if (!admitted.ok) return admitted
  const table = await tableOf(shared.version, name)
  if (!table.ok) return table
  const all = await filesOf(shared.version)
  if (!all.ok) return all
  const files: GrantedFile[] = []
  let records = 0
  for (const file of table.value.files) {
    if (records >= most) break
    records += file.records
    const kept = all.value.files.get(file.path)
    if (kept) files.push({ ...kept, records: file.records })
  }
  const units = await unitsOfFiles(
    db,
    admitted.value,
    shared,
    files.map(({ path }) => path),
  )
  const charged = await chargeUse(db, admitted.value, shared, { protocol: PROTOCOL, subject, units }, { newId, now, key: receiptKey })
  return charged.ok ? succeed({ fields: table.value.fields, files }) : charged
}

interface QueryAsked {
  readonly params: z.output<typeof ofTable>
  readonly body: z.output<typeof queryBody>
  readonly url: URL
}

async function query({ params, body, url }: QueryAsked, effects: RouteEffects, actor: Actor, delivery: DeliveryEffects) {
  const before = body.timestamp ? new Date(body.timestamp) : undefined
  const found = await sharedTable(effects.db, params, { version: body.version ?? undefined, before })
  if (!found.ok) return found
  const most = body.limitHint ?? Number.POSITIVE_INFINITY
  const granted = await grantFiles(found.value, params.table, most, params.table, effects, actor, delivery)
  if (!granted.ok) return granted
  const address = addressing(url.origin, found.value, actor, effects.now, delivery)
  const files = granted.value.files.map((file) => ({ file: { ...address(file), partitionValues: {}, version: found.value.number } }))
  return lines([...headLines(found.value, params.table, granted.value.fields), ...files], found.value.number)
}

interface ChangesAsked {
  readonly params: z.output<typeof ofTable>
  readonly asked: { readonly startingVersion: number; readonly endingVersion?: number | undefined }
  readonly url: URL
}

async function changes({ params, asked, url }: ChangesAsked, effects: RouteEffects, actor: Actor, delivery: DeliveryEffects) {
  const newest = await sharedTable(effects.db, params)
  if (!newest.ok) return newest
  const last = Math.min(asked.endingVersion ?? newest.value.number, newest.value.number)
  const told: unknown[] = []
  let before: GrantedFile[] = []
  for (let number = Math.max(0, asked.startingVersion - 1); number <= last; number++) {
    const found = await sharedTable(effects.db, params, { version: number })
    if (!found.ok) return found
    const granted = await grantFiles(found.value, params.table, Number.POSITIVE_INFINITY, params.table, effects, actor, delivery)
    if (!granted.ok) return granted
    const { files } = granted.value
    if (number >= asked.startingVersion) {
      const address = addressing(url.origin, found.value, actor, effects.now, delivery)
      const event = (file: GrantedFile) => ({
        ...address(file),
        partitionValues: {},
        version: number,
        timestamp: found.value.version.addedAt.getTime(),
      })
      const isIn = (list: readonly GrantedFile[], { sha256 }: GrantedFile): boolean => list.some((other) => other.sha256 === sha256)
      if (told.length === 0) told.push(...headLines(found.value, params.table, granted.value.fields))
      told.push(...files.filter((file) => !isIn(before, file)).map((file) => ({ add: event(file) })))
      told.push(...before.filter((file) => !isIn(files, file)).map((file) => ({ remove: event(file) })))
    }
    before = files
  }
  return lines(told, newest.value.number)
}

const signatureOf = (path: string, expires: string, buyer: string, key: Uint8Array): string =>
  createHmac('sha256', key).update(`${path}\n${expires}\n${buyer}`).digest('hex')

/** Addresses that carry their own authority: the client sends no key with them. The parameter's name is one that readers in Rust take for a signed address. */
function addressing(origin: string, { listing, version }: Revision, { organisationId }: Actor, now: Date, { addressKey }: DeliveryEffects) {
  return ({ path, bytes, sha256, records }: GrantedFile) => {
    const place = `/delta-sharing/blob/${listing.organisationHandle}/${listing.handle}/${version.commit}/${encodeURI(path)}`
    const expires = String(now.getTime() + ADDRESS_MS)
    const query = new URLSearchParams({
      expires,
      buyer: organisationId,
      'X-Amz-Signature': signatureOf(place, expires, organisationId, addressKey),
    })
    return {
      url: `${origin}${place}?${query.toString()}`,
      id: sha256,
      size: bytes,
      stats: JSON.stringify({ numRecords: records }),
      expirationTimestamp: Number(expires),
    }
  }
}

const blobRoute = ({ addressKey, receiptKey }: DeliveryEffects): Route =>
  definePublicRoute({
    method: 'get',
    path: '/delta-sharing/blob/{organisation}/{listing}/{revision}/{path*}',
    summary: { zh: '查询时已计费的文件，凭签名地址读取', en: 'A file that was charged for at the query, by its signed address' },
    params: z.object({ organisation: part, listing: part, revision: part, path: z.string().min(1).max(1000) }),
    query: z.looseObject({
      expires: z.string().regex(/^\d{1,16}$/),
      buyer: z.uuid(),
      'X-Amz-Signature': z.string().regex(/^[0-9a-f]{64}$/),
    }),
    answer: 'application/octet-stream',
    refuse,
    run: async ({ params, query: given, url, headers, isHead }, { db, now, newId }) => {
      const expected = Buffer.from(signatureOf(url.pathname, given.expires, given.buyer, addressKey), 'hex')
      const isGenuine = timingSafeEqual(expected, Buffer.from(given['X-Amz-Signature'], 'hex'))
      if (!isGenuine || Number(given.expires) < now.getTime()) return fail(urlInvalid({ at: url.pathname }))
      const found = await findRevision(db, params.organisation, params.listing, params.revision)
      if (!found.ok) return found
      // Revoked since: the address is worth nothing any more.
      const admitted = await admitBuyer(db, given.buyer, found.value, 'files', now)
      if (!admitted.ok) return admitted
      const request = { path: params.path, headers, isHead, protocol: PROTOCOL, isCharged: true }
      const sent = await deliverFile(db, admitted.value, found.value, request, { newId, now, key: receiptKey })
      return sent.ok ? sent.value : sent
    },
  })
