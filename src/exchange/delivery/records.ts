import { z } from 'zod'
import type { Database } from '../../base/database/index.ts'
import { fail, type Outcome, succeed } from '../../base/problem/index.ts'
import { canonicalJson, type Field, isNumeric } from '../../base/record/index.ts'
import { FILE_COLUMN, join, queryParquet, type RowCondition, relative } from '../../base/store/index.ts'
import { cursorOf, readCursor, rowConditions } from '../../catalog/index.ts'
import { type Actor, defineRoute, type RouteEffects } from '../../guard/index.ts'
import { readRelease } from '../../release/index.ts'
import { type DeliveryEffects, defineDelivery } from '../delivery.ts'
import { isCounted, loadCounters } from '../listing/measure-version.ts'
import { chargeUse } from '../meter/charge-use.ts'
import { knownUnits } from '../meter/queries.ts'
import { type DeliveredRecord, tokenizerOf, unitsOfRecords } from '../meter/units.ts'
import { type Admitted, admitBuyer, findRevision, type Revision } from '../orders/admit.ts'
import { fileNotFound } from '../problems.ts'

const PROTOCOL = 'records'
const MOST_RECORDS = 1000

const part = z.string().min(1).max(200)
const params = z.object({ organisation: part, listing: part, revision: part })
const query = z.object({
  table: z.string().optional(),
  split: z.string().optional(),
  where: rowConditions.optional().describe('[{"column","is":"equals|contains|atLeast|atMost|missing","value"}]'),
  after: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(MOST_RECORDS).default(100),
})

export default defineDelivery({
  version: 1,
  title: { zh: '按条件逐条读取', en: 'Records by condition' },
  doc: {
    zh: '每行一个 JSON 记录（NDJSON），可按列筛选；响应头 Link 给出下一页。带 Idempotency-Key 的重复请求不重复计次。',
    en: 'A JSON record a line (NDJSON), with conditions on columns; the Link header leads to the next page. A call repeated under its Idempotency-Key counts once.',
  },
  source: 'NDJSON; RFC 8288 Link',
  routes: (effects) => [
    defineRoute({
      method: 'get',
      path: '/api/deliveries/{organisation}/{listing}/{revision}/records',
      permission: 'delivery:read',
      summary: { zh: '记录（NDJSON），先计量后发送', en: 'Records as NDJSON; metered before they are sent' },
      params,
      query,
      answer: 'application/x-ndjson',
      run: (asked, routeEffects, actor) => deliver(asked, routeEffects, actor, effects),
    }),
  ],
})

interface RecordsAsked {
  readonly params: z.output<typeof params>
  readonly query: z.output<typeof query>
  readonly headers: Headers
  readonly url: URL
}

async function deliver(
  { params: of, query: asked, headers, url }: RecordsAsked,
  { db, now, newId }: RouteEffects,
  { organisationId }: Actor,
  { receiptKey }: DeliveryEffects,
): Promise<Outcome<never> | Response> {
  const after = readCursor(asked.after)
  if (!after.ok) return after
  const revision = await findRevision(db, of.organisation, of.listing, of.revision)
  if (!revision.ok) return revision
  const admitted = await admitBuyer(db, organisationId, revision.value, 'records', now)
  if (!admitted.ok) return admitted
  const page = await pageOf(revision.value, asked, after.value)
  if (!page.ok) return page
  const { records, fields, next } = page.value
  const counted = await countRecords(admitted.value, fields, records)
  if (!counted.ok) return counted
  const units = await unitsOf(db, admitted.value, revision.value, counted.value)
  const call = `${headers.get('idempotency-key')?.slice(0, 200) ?? newId()}`
  const use = { protocol: PROTOCOL, subject: `${url.pathname}${url.search}`.slice(0, 500), units, call }
  const charged = await chargeUse(db, admitted.value, revision.value, use, { newId, now, key: receiptKey })
  if (!charged.ok) return charged
  const lines = records.map(({ row }) => `${canonicalJson(row)}\n`).join('')
  const answer = new Response(lines, {
    headers: { 'content-type': 'application/x-ndjson', 'x-repo-commit': revision.value.version.commit },
  })
  if (next !== undefined) {
    url.searchParams.set('after', cursorOf(next))
    answer.headers.set('link', `<${url.pathname}${url.search}>; rel="next"`)
    answer.headers.set('x-next-cursor', cursorOf(next))
  }
  return answer
}

interface PlacedRow {
  readonly row: Readonly<Record<string, unknown>>
  readonly path: string
}

interface Page {
  readonly records: readonly PlacedRow[]
  readonly fields: readonly Field[]
  readonly next: string | undefined
}

async function pageOf({ version, address }: Revision, asked: z.output<typeof query>, after: string | undefined): Promise<Outcome<Page>> {
  const release = await readRelease(version.folder)
  if (!release.ok) return release
  const { tables } = release.value.manifest
  const table = asked.table === undefined ? tables[0] : tables.find(({ name }) => name === asked.table)
  const at = `${address} ${version.version}`
  if (!table) return fail(fileNotFound({ at, found: asked.table ?? 'table' }))
  const fields = release.value.recipe.tables.find(({ plan }) => plan.name === table.name)?.plan.fields ?? []
  const unfit = unfitCondition(fields, asked.where ?? [])
  if (unfit !== undefined) return fail(fileNotFound({ at: `${at}, ${table.name}`, found: unfit }))
  const files = table.files.filter(({ split }) => asked.split === undefined || split === asked.split)
  if (files.length === 0) return succeed({ records: [], fields, next: undefined })
  const places = files.map(({ path }) => join(version.folder, path))
  const found = await queryParquet(places, { fields, conditions: asked.where ?? [], after, limit: asked.limit, withFile: true })
  const records = found.rows.map(({ [FILE_COLUMN]: file, ...row }) => ({ row, path: relative(version.folder, String(file)) }))
  const last = records.length === asked.limit ? records.at(-1)?.row['id'] : undefined
  return succeed({ records, fields, next: typeof last === 'string' ? last : undefined })
}

/** A condition on a column that there is not, or of a kind that its type does not have. */
const unfitCondition = (fields: readonly Field[], where: readonly RowCondition[]): string | undefined =>
  where.find(({ column, is }) => {
    const field = fields.find(({ name }) => name === column)
    return !field || ((is === 'atLeast' || is === 'atMost') && !isNumeric(field.type))
  })?.column

/** Tokens of each record, as its row group was counted: of each text by itself, of JSON in its canonical form. */
async function countRecords(
  admitted: Admitted,
  fields: readonly Field[],
  records: readonly PlacedRow[],
): Promise<Outcome<DeliveredRecord[]>> {
  const tokenizer = tokenizerOf(admitted)
  const counters = await loadCounters(tokenizer === undefined ? [] : [tokenizer])
  if (!counters.ok) return counters
  const count = tokenizer === undefined ? undefined : counters.value.get(tokenizer)
  const texts = fields.filter(({ type }) => isCounted(type))
  return succeed(
    records.map(({ row, path }) => ({
      id: String(row['id']),
      path,
      tokens: count ? texts.reduce((sum, { name, type }) => sum + countValue(count, row[name], type), 0) : 0,
    })),
  )
}

const countValue = (count: (text: string) => number, value: unknown, type: string): number => {
  if (value === undefined || value === null) return 0
  return count(type === 'json' ? canonicalJson(value) : String(value))
}

const unitsOf = (db: Database, admitted: Admitted, revision: Revision, records: readonly DeliveredRecord[]) =>
  unitsOfRecords(db, admitted, revision, records, (units) =>
    admitted.by === 'owner' ? Promise.resolve(new Set<string>()) : knownUnits(db, admitted.entitlement.id, units),
  )
