import { z } from 'zod'
import { allOrNothing, type Database, isDuplicate } from '../../base/database/index.ts'
import { formatMoney } from '../../base/ledger/index.ts'
import { fail, type Outcome, succeed } from '../../base/problem/index.ts'
import { findVersion, removeEntry } from '../../catalog/index.ts'
import { type Actor, defineRoute, type Route } from '../../guard/index.ts'
import { readRelease } from '../../release/index.ts'
import {
  checklistOpen,
  handleTaken,
  listingNotFound,
  listingUnfit,
  planNotFound,
  termsInvalid,
  ungraded,
  versionNotOwned,
} from '../problems.ts'
import { loadPlan, loadPlans, planIds } from '../registry.ts'
import { checklistOf, declarations } from './checklist.ts'
import { MEASURE_LISTING } from './measure-job.ts'
import { publishEntry } from './publish-entry.ts'
import {
  changeState,
  findListing,
  insertListing,
  insertPlan,
  type Listing,
  listedVersions,
  listListings,
  listPlans,
  setDeclarations,
  tokensOf,
  withdrawPlan,
} from './queries.ts'
import { specificationSheet } from './specification-sheet.ts'

/** Puts work in for later. @returns the job's id */
export type Enqueue = (db: Database, job: { kind: string; payload: unknown; organisationId: string; accountId: string }) => Promise<string>

const words = z.strictObject({ zh: z.string().trim().min(1).max(2000), en: z.string().trim().min(1).max(2000) })
const weight = z.number().int().min(0).max(1000)
const shares = z
  .strictObject({ owner: weight, annotators: weight, platform: weight })
  .refine(({ owner, annotators, platform }) => owner + annotators + platform > 0, 'not all 0')
const byId = z.object({ id: z.uuid() })
const done = z.object({ done: z.literal(true) })

/** Of what is sold when nothing else is agreed. */
const USUAL_SHARES = { owner: 85, annotators: 5, platform: 10 } as const
const NOT_YET = { authorised: false, lawful: false, deidentified: false } as const

/** A listing with all that its page shows. */
export async function listingWords(db: Database, listing: Listing) {
  const versions = await listedVersions(db, listing.id)
  const [newest] = versions
  return {
    id: listing.id,
    address: `${listing.organisationHandle}/${listing.handle}`,
    organisation: listing.organisation,
    title: listing.title,
    summary: listing.summary,
    keywords: [...listing.keywords],
    state: listing.state,
    shares: listing.shares,
    declarations: listing.declarations,
    reviewNote: listing.reviewNote,
    createdAt: listing.createdAt.toISOString(),
    sheet: newest?.sheet ?? null,
    checklist: newest ? checklistOf(newest.sheet, listing.declarations) : [],
    tokens: newest ? await tokensOf(db, newest.commit) : {},
    versions: versions.map(({ version, commit, addedAt }) => ({ version, commit, addedAt: addedAt.toISOString() })),
    plans: await planWords(db, listing.id),
  }
}

export async function planWords(db: Database, listingId: string) {
  const rows = await listPlans(db, listingId)
  return Promise.all(
    rows.map(async ({ id, kind, terms }) => {
      const plan = (await loadPlan(kind))?.plugin
      const upfront = plan?.upfront(terms) ?? 0n
      return {
        id,
        kind,
        title: plan?.title ?? { zh: kind, en: kind },
        terms,
        upfront: formatMoney({ currency: terms.currency, minor: upfront }),
      }
    }),
  )
}

async function ownListing(db: Database, { organisationId }: Actor, id: string): Promise<Outcome<Listing>> {
  const found = await findListing(db, id)
  return found?.organisationId === organisationId ? succeed(found) : fail(listingNotFound({ found: id }))
}

export const listingRoutes = (enqueue: Enqueue): Route[] => [
  ...ownRoutes(),
  ...draftRoutes(enqueue),
  ...offerRoutes(),
  ...planRoutes(enqueue),
  ...reviewRoutes(),
]

function ownRoutes(): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/listings',
      permission: 'listings:write',
      summary: { zh: '本组织的挂牌', en: 'Listings of the organisation' },
      answer: z.object({ items: z.array(z.unknown()) }),
      run: async (_, { db }, { organisationId }) => {
        const rows = await listListings(db, { organisationId })
        return succeed({ items: await Promise.all(rows.map((row) => listingWords(db, row))) })
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/listings/{id}',
      permission: 'listings:write',
      summary: { zh: '一个挂牌：规格书、合规清单、方案', en: 'A listing with its sheet, checklist and plans' },
      params: byId,
      answer: z.unknown(),
      run: async ({ params }, { db }, actor) => {
        const listing = await ownListing(db, actor, params.id)
        return listing.ok ? succeed(await listingWords(db, listing.value)) : listing
      },
    }),
  ]
}

function draftRoutes(enqueue: Enqueue): Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/api/listings',
      permission: 'listings:write',
      status: 201,
      summary: {
        zh: '为一个已评级的版本建立挂牌草稿；规格书由发布算出',
        en: 'Draft a listing of a graded version; its specification sheet is computed from the release',
      },
      body: z.strictObject({
        dataset: z.string().min(1).max(200),
        version: z.string().min(1).max(100),
        handle: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,94}$/),
        title: words.optional(),
        summary: words.optional(),
        keywords: z.array(z.string().trim().min(1).max(50)).max(20).default([]),
        shares: shares.default(USUAL_SHARES),
        declarations: declarations.default(NOT_YET),
      }),
      answer: z.object({ id: z.uuid(), job: z.uuid() }),
      run: async ({ body }, { db, now, newId }, actor) => {
        const { organisationId, accountId } = actor
        const version = await findVersion(db, organisationId, body.dataset, body.version)
        if (!version) return fail(versionNotOwned({ found: `${body.dataset} ${body.version}` }))
        const release = await readRelease(version.folder)
        if (!release.ok) return release
        const sheet = await specificationSheet(release.value)
        if (sheet.grade.quality === null) return fail(ungraded({ at: `${body.dataset} ${body.version}` }))
        const id = newId()
        const drafted = await draft(db, {
          ...body,
          id,
          organisationId,
          datasetId: version.datasetId,
          title: body.title ?? sheet.title,
          summary: body.summary ?? sheet.description,
          now,
        })
        if (!drafted.ok) return drafted
        const payload = { listingId: id, dataset: body.dataset, version: body.version }
        return succeed({ id, job: await enqueue(db, { kind: MEASURE_LISTING, payload, organisationId, accountId }) })
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/listings/{id}/versions',
      permission: 'listings:write',
      status: 202,
      summary: { zh: '再上架一个版本', en: 'Offer another version' },
      params: byId,
      body: z.strictObject({ version: z.string().min(1).max(100) }),
      answer: z.object({ job: z.uuid() }),
      run: async ({ params, body }, { db }, actor) => {
        const listing = await ownListing(db, actor, params.id)
        if (!listing.ok) return listing
        const [newest] = await listedVersions(db, params.id)
        if (!newest) return fail(listingUnfit({ at: params.id, found: 'being read', expected: 'read' }))
        const payload = { listingId: params.id, dataset: newest.sheet.dataset, version: body.version }
        const version = await findVersion(db, actor.organisationId, payload.dataset, body.version)
        if (!version) return fail(versionNotOwned({ found: `${payload.dataset} ${body.version}` }))
        return succeed({ job: await enqueue(db, { kind: MEASURE_LISTING, payload, ...actor }) })
      },
    }),
  ]
}

function offerRoutes(): Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/api/listings/{id}/submit',
      permission: 'listings:write',
      summary: { zh: '声明合规并提交审核', en: 'Declare, and submit for review' },
      params: byId,
      body: z.strictObject({ declarations }),
      answer: done,
      run: async ({ params, body }, { db }, actor) => {
        const listing = await ownListing(db, actor, params.id)
        if (!listing.ok) return listing
        const [newest] = await listedVersions(db, params.id)
        if (!newest) return fail(listingUnfit({ at: params.id, found: 'being read', expected: 'read' }))
        const open = checklistOf(newest.sheet, body.declarations).filter(({ holds, required }) => required && !holds)
        if ((await listPlans(db, params.id)).length === 0)
          open.push({ code: 'plan', words: { zh: '至少一个方案', en: 'a plan' }, holds: false, required: true, by: 'declared' })
        if (open.length > 0) return fail(checklistOpen({ at: params.id, found: open.map((one) => one.words.en).join('; ') }))
        await setDeclarations(db, params.id, body.declarations)
        const changed = await changeState(db, params.id, ['draft', 'refused', 'withdrawn'], 'in-review', undefined)
        return changed
          ? succeed({ done: true as const })
          : fail(listingUnfit({ at: params.id, found: listing.value.state, expected: 'draft' }))
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/listings/{id}/withdraw',
      permission: 'listings:write',
      summary: { zh: '下架；已购者不受影响', en: 'Take it off the catalogue; who bought it keeps it' },
      params: byId,
      answer: done,
      run: async ({ params }, { db }, actor) => {
        const listing = await ownListing(db, actor, params.id)
        if (!listing.ok) return listing
        const changed = await changeState(db, params.id, ['listed', 'in-review'], 'withdrawn', undefined)
        if (!changed) return fail(listingUnfit({ at: params.id, found: listing.value.state, expected: 'listed' }))
        await removeEntry(db, params.id)
        return succeed({ done: true as const })
      },
    }),
  ]
}

async function draft(
  db: Database,
  { now, ...listing }: Parameters<typeof insertListing>[1] & { readonly now: Date },
): Promise<Outcome<void>> {
  try {
    await insertListing(db, listing, now)
    return succeed(undefined)
  } catch (error) {
    if (isDuplicate(error, 'listing_organisation_id_handle_key') || isDuplicate(error, 'listing_dataset_id_key'))
      return fail(handleTaken({ found: listing.handle }))
    throw error
  }
}

function planRoutes(enqueue: Enqueue): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/plans',
      permission: 'catalogue:read',
      summary: { zh: '有哪些方案', en: 'Kinds of plans' },
      answer: z.object({ items: z.array(z.unknown()) }),
      run: async () => {
        const plans = await loadPlans()
        return succeed({
          items: plans.map(({ id, plugin }) => ({
            kind: id,
            title: plugin.title,
            doc: plugin.doc,
            terms: z.toJSONSchema(plugin.terms, { io: 'input', unrepresentable: 'any' }),
            example: plugin.example,
          })),
        })
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/listings/{id}/plans',
      permission: 'listings:write',
      status: 201,
      summary: { zh: '增加一个方案', en: 'Add a plan' },
      params: byId,
      body: z.strictObject({ kind: z.string(), terms: z.record(z.string(), z.unknown()) }),
      answer: z.object({ id: z.uuid() }),
      run: async ({ params, body }, { db, now, newId }, actor) => {
        const listing = await ownListing(db, actor, params.id)
        if (!listing.ok) return listing
        const plan = (await loadPlan(body.kind))?.plugin
        if (!plan) return fail(planNotFound({ found: body.kind, expected: planIds().join(', ') }))
        const terms = plan.terms.safeParse(body.terms)
        if (!terms.success) {
          const [issue] = terms.error.issues
          return fail(termsInvalid({ at: body.kind, field: (issue?.path ?? []).join('.'), found: issue?.message ?? 'invalid' }))
        }
        const id = newId()
        await insertPlan(db, { id, listingId: params.id, kind: body.kind, terms: terms.data, createdAt: now })
        await countAgain(db, params.id, plan.tokenizer?.(terms.data), enqueue, actor)
        if (listing.value.state === 'listed') await publishEntry(db, params.id, now)
        return succeed({ id })
      },
    }),
    defineRoute({
      method: 'delete',
      path: '/api/listings/{id}/plans/{plan}',
      permission: 'listings:write',
      summary: { zh: '撤回一个方案；已购者不受影响', en: 'Withdraw a plan; who bought it keeps its terms' },
      params: byId.extend({ plan: z.uuid() }),
      answer: done,
      run: async ({ params }, { db, now }, actor) => {
        const listing = await ownListing(db, actor, params.id)
        if (!listing.ok) return listing
        if (!(await withdrawPlan(db, params.id, params.plan, now))) return fail(planNotFound({ found: params.plan, expected: '–' }))
        if (listing.value.state === 'listed') await publishEntry(db, params.id, now)
        return succeed({ done: true as const })
      },
    }),
  ]
}

/** A plan by a tokenizer that a version was not counted by yet: it is read again. */
async function countAgain(db: Database, listingId: string, tokenizer: string | undefined, enqueue: Enqueue, actor: Actor): Promise<void> {
  if (tokenizer === undefined) return
  for (const { version, commit, sheet } of await listedVersions(db, listingId))
    if ((await tokensOf(db, commit))[tokenizer] === undefined)
      await enqueue(db, { kind: MEASURE_LISTING, payload: { listingId, dataset: sheet.dataset, version }, ...actor })
}

function reviewRoutes(): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/reviews',
      permission: 'listings:review',
      summary: { zh: '待审核的挂牌', en: 'Listings that wait for review' },
      answer: z.object({ items: z.array(z.unknown()) }),
      run: async (_, { db }) => {
        const rows = await listListings(db, { state: 'in-review' })
        return succeed({ items: await Promise.all(rows.map((row) => listingWords(db, row))) })
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/reviews/{id}',
      permission: 'listings:review',
      summary: { zh: '通过或退回一个挂牌', en: 'List it, or refuse it with a reason' },
      params: byId,
      body: z.strictObject({ decision: z.enum(['list', 'refuse']), note: z.string().trim().max(2000).default('') }),
      answer: done,
      run: async ({ params, body }, { db, now }, { accountId }) =>
        allOrNothing(db, async (tx) => {
          const review = { by: accountId, at: now, note: body.note === '' ? null : body.note }
          const changed = await changeState(tx, params.id, ['in-review'], body.decision === 'list' ? 'listed' : 'refused', review)
          if (!changed) return fail(listingUnfit({ at: params.id, found: 'not in review', expected: 'in-review' }))
          if (body.decision === 'list') await publishEntry(tx, params.id, now)
          return succeed({ done: true as const })
        }),
    }),
  ]
}
