import { createPublicKey, type KeyObject } from 'node:crypto'
import { z } from 'zod'
import { allOrNothing, type Database } from '../../base/database/index.ts'
import { formatMoney, reverseTransaction } from '../../base/ledger/index.ts'
import { fail, succeed } from '../../base/problem/index.ts'
import { FACETS, findEntry, searchEntries } from '../../catalog/index.ts'
import { type Actor, definePublicRoute, defineRoute, type Route } from '../../guard/index.ts'
import { listingWords } from '../listing/listing-routes.ts'
import { findByAddress } from '../listing/queries.ts'
import { eventsOf, type UsageEvent } from '../meter/queries.ts'
import { entitlementNotFound, listingNotFound } from '../problems.ts'
import { placeOrder } from './place-order.ts'
import { findEntitlement, listEntitlements, type NamedEntitlement, paymentOf, revokeEntitlement } from './queries.ts'

const MOST_ITEMS = 100
const MOST_EVENTS = 1000
const part = z.string().min(1).max(200)
const byId = z.object({ id: z.uuid() })

const money = (currency: string, minor: bigint): string => formatMoney({ currency, minor })

const entitlementWords = (one: NamedEntitlement) => ({
  id: one.id,
  address: one.address,
  title: one.title,
  buyer: one.buyer,
  kind: one.kind,
  terms: one.terms,
  version: one.version,
  startsAt: one.startsAt.toISOString(),
  endsAt: one.endsAt?.toISOString() ?? null,
  revokedAt: one.revokedAt?.toISOString() ?? null,
  used: { records: Number(one.records), tokens: Number(one.tokens), calls: Number(one.calls) },
  charged: money(one.currency, one.chargedMinor),
})

const eventWords = (event: UsageEvent, currency: string) => ({
  id: event.id,
  sequence: Number(event.sequence),
  at: event.at.toISOString(),
  protocol: event.protocol,
  subject: event.subject,
  records: Number(event.records),
  tokens: Number(event.tokens),
  calls: Number(event.calls),
  charge: money(currency, event.chargeMinor),
  transactionId: event.transactionId,
  receipt: event.receipt,
})

/** The catalogue as every organisation sees it, what was ordered in it, and what was used. */
export const orderRoutes = (receiptKey: KeyObject): Route[] => [...catalogueRoutes(), ...buyingRoutes(), ...usageRoutes(receiptKey)]

function catalogueRoutes(): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/catalogue',
      permission: 'catalogue:read',
      summary: {
        zh: '查找数据集：中英文分词、同义词、容错与分面',
        en: 'Find data sets: Chinese and English words, synonyms, misspellings, facets',
      },
      query: z.object({
        q: z.string().max(200).default(''),
        limit: z.coerce.number().int().min(1).max(MOST_ITEMS).default(20),
        offset: z.coerce.number().int().min(0).max(100_000).default(0),
        ...Object.fromEntries(FACETS.map((facet) => [facet, z.string().max(100).optional()])),
      }),
      answer: z.unknown(),
      run: async ({ query }, { db }) => {
        const { q, limit, offset, ...facets } = query as { q: string; limit: number; offset: number }
        const found = await searchEntries(db, { text: q, limit, offset, facets })
        return succeed({
          ...found,
          items: found.items.map(({ organisationId: _o, datasetId: _d, ...entry }) => ({
            ...entry,
            nRecords: Number(entry.nRecords),
            updatedAt: entry.updatedAt.toISOString(),
          })),
        })
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/catalogue/{organisation}/{listing}',
      permission: 'catalogue:read',
      summary: { zh: '一个在目录中的数据集', en: 'A data set in the catalogue' },
      params: z.object({ organisation: part, listing: part }),
      answer: z.unknown(),
      run: async ({ params }, { db }) => {
        const address = `${params.organisation}/${params.listing}`
        const [entry, listing] = await Promise.all([findEntry(db, address), findByAddress(db, params.organisation, params.listing)])
        return entry && listing ? succeed(await listingWords(db, listing)) : fail(listingNotFound({ found: address }))
      },
    }),
    definePublicRoute({
      method: 'get',
      path: '/catalog.jsonld',
      summary: { zh: '目录（DCAT 3，JSON-LD）', en: 'The catalogue as DCAT 3 in JSON-LD' },
      answer: 'application/ld+json',
      run: async ({ url }, { db }) => Response.json(await dcat(db, url.origin), { headers: { 'content-type': 'application/ld+json' } }),
    }),
  ]
}

const MOST_DCAT = 10_000

/** Source: W3C Data Catalog Vocabulary, version 3. */
async function dcat(db: Database, origin: string) {
  const { items } = await searchEntries(db, { text: '', limit: MOST_DCAT, offset: 0, facets: {} })
  const tagged = ({ zh, en }: { zh: string; en: string }) => [
    { '@language': 'zh', '@value': zh },
    { '@language': 'en', '@value': en },
  ]
  return {
    '@context': { dcat: 'http://www.w3.org/ns/dcat#', dct: 'http://purl.org/dc/terms/', foaf: 'http://xmlns.com/foaf/0.1/' },
    '@id': `${origin}/catalog.jsonld`,
    '@type': 'dcat:Catalog',
    'dct:title': tagged({ zh: 'Highgrade 数据集目录', en: 'Catalogue of Highgrade data sets' }),
    'dcat:dataset': items.map((entry) => ({
      '@id': `${origin}/croissant/${entry.address}/v${entry.version}`,
      '@type': 'dcat:Dataset',
      'dct:identifier': entry.address,
      'dct:title': tagged(entry.title),
      'dct:description': tagged(entry.summary),
      'dct:publisher': { '@type': 'foaf:Organization', 'foaf:name': entry.organisation },
      'dct:license': entry.license,
      'dct:modified': entry.updatedAt.toISOString(),
      'dcat:version': entry.version,
      'dcat:keyword': entry.keywords,
      'dcat:distribution': [
        {
          '@type': 'dcat:Distribution',
          'dct:conformsTo': { '@id': 'http://mlcommons.org/croissant/1.0' },
          'dcat:accessURL': { '@id': `${origin}/croissant/${entry.address}/v${entry.version}/croissant.json` },
        },
      ],
    })),
  }
}

function buyingRoutes(): Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/api/orders',
      permission: 'orders:write',
      status: 201,
      summary: { zh: '按一个方案订购；应付款项从钱包支付', en: 'Order by a plan; what is due is paid from the wallet' },
      body: z.strictObject({ organisation: part, listing: part, planId: z.uuid() }),
      answer: z.object({ orderId: z.uuid(), entitlementId: z.uuid(), version: z.string(), paid: z.string() }),
      run: async ({ body }, { db, now, newId }, { organisationId, accountId }) => {
        const listing = await findByAddress(db, body.organisation, body.listing)
        if (!listing) return fail(listingNotFound({ found: `${body.organisation}/${body.listing}` }))
        return placeOrder(db, { listingId: listing.id, planId: body.planId, buyerId: organisationId, accountId }, { newId, now })
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/entitlements',
      permission: 'orders:read',
      summary: { zh: '买到的使用权；side=seller 为卖出的', en: 'Entitlements bought, or sold with side=seller' },
      query: z.object({ side: z.enum(['buyer', 'seller']).default('buyer') }),
      answer: z.object({ items: z.array(z.unknown()) }),
      run: async ({ query }, { db }, { organisationId }) =>
        succeed({ items: (await listEntitlements(db, organisationId, query.side)).map(entitlementWords) }),
    }),
    defineRoute({
      method: 'post',
      path: '/api/entitlements/{id}/revoke',
      permission: 'listings:write',
      summary: {
        zh: '撤销一项使用权并说明理由，可退还订购时所付',
        en: 'Revoke an entitlement, saying why, and give back what was paid at the order',
      },
      params: byId,
      body: z.strictObject({ why: z.string().trim().min(1).max(500), refund: z.boolean().default(false) }),
      answer: z.object({ done: z.literal(true) }),
      run: async ({ params, body }, { db, now, newId }, { organisationId }) =>
        allOrNothing(db, async (tx) => {
          const isRevoked = await revokeEntitlement(tx, organisationId, params.id, body.why, now)
          if (!isRevoked) return fail(entitlementNotFound({ found: params.id }))
          const paid = body.refund ? await paymentOf(tx, params.id) : undefined
          if (paid === undefined) return succeed({ done: true as const })
          const entry = { id: newId(), key: `refund:${params.id}`, kind: 'refund', at: now.toISOString() }
          const reversed = await reverseTransaction(tx, paid, entry)
          return reversed.ok ? succeed({ done: true as const }) : reversed
        }),
    }),
  ]
}

async function usageOf(db: Database, { organisationId }: Actor, id: string, after: bigint, limit: number) {
  const entitlement = await findEntitlement(db, organisationId, id)
  if (!entitlement) return fail(entitlementNotFound({ found: id }))
  return succeed({ entitlement, events: await eventsOf(db, id, after, limit) })
}

function usageRoutes(receiptKey: KeyObject): Route[] {
  const publicKey = createPublicKey(receiptKey).export({ type: 'spki', format: 'pem' }).toString()
  return [
    defineRoute({
      method: 'get',
      path: '/api/entitlements/{id}/usage',
      permission: 'orders:read',
      summary: { zh: '用量及回执，按序', en: 'Uses with their receipts, in order' },
      params: byId,
      query: z.object({
        after: z.coerce.bigint().min(-1n).default(-1n),
        limit: z.coerce.number().int().min(1).max(MOST_EVENTS).default(100),
      }),
      answer: z.unknown(),
      run: async ({ params, query }, { db }, actor) => {
        const found = await usageOf(db, actor, params.id, query.after, query.limit)
        if (!found.ok) return found
        const { entitlement, events } = found.value
        const last = events.length === query.limit ? events.at(-1) : undefined
        return succeed({
          entitlement: entitlementWords(entitlement),
          items: events.map((event) => eventWords(event, entitlement.currency)),
          next: last ? String(last.sequence) : null,
        })
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/entitlements/{id}/receipts.json',
      permission: 'orders:read',
      summary: {
        zh: '全部回执，可离线核验（highgrade receipts verify）',
        en: 'All receipts, to be verified without us (highgrade receipts verify)',
      },
      params: byId,
      answer: 'application/json',
      run: async ({ params }, { db }, actor) => {
        const receipts: unknown[] = []
        for (let after = -1n; ; ) {
          const found = await usageOf(db, actor, params.id, after, MOST_EVENTS)
          if (!found.ok) return found
          receipts.push(...found.value.events.map(({ receipt }) => receipt))
          const last = found.value.events.at(-1)
          if (!last || found.value.events.length < MOST_EVENTS) break
          after = last.sequence
        }
        return Response.json({ format: 'highgrade-receipts/1', publicKey, receipts })
      },
    }),
    definePublicRoute({
      method: 'get',
      path: '/api/receipts/key',
      summary: { zh: '核验回执的公钥', en: 'The public key that receipts verify by' },
      answer: 'application/x-pem-file',
      run: async () => new Response(publicKey, { headers: { 'content-type': 'application/x-pem-file' } }),
    }),
  ]
}
