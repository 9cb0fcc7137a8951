import { z } from 'zod'
import { allOrNothing } from '../../base/database/index.ts'
import { auditBook, formatMoney, postTransaction } from '../../base/ledger/index.ts'
import { fail, succeed } from '../../base/problem/index.ts'
import { type Actor, defineRoute, type Route } from '../../guard/index.ts'
import { amount, currency, minorOf } from '../amount.ts'
import { BANK, earningsOf, PLATFORM_FEES, walletOf } from '../orders/accounts.ts'
import { paymentNotFound } from '../problems.ts'
import { bankTransfer } from './payment-provider.ts'
import {
  balancesOf,
  insertPayment,
  listPayments,
  type Payment,
  postingsOn,
  settlePayment,
  transactionLines,
  waitingPayment,
} from './queries.ts'

const MOST_LINES = 10_000
const REFERENCE_DIGITS = 10
const byId = z.object({ id: z.uuid() })

const paymentWords = (one: Payment) => ({
  id: one.id,
  organisation: one.organisation,
  amount: formatMoney(one),
  reference: one.reference,
  state: one.state,
  announcedAt: one.announcedAt.toISOString(),
  settledAt: one.settledAt?.toISOString() ?? null,
  note: one.note,
})

/** Accounts of an organisation; the platform's own are the operator's. */
const accountsOf = ({ organisationId, permissions }: Actor): string[] => [
  walletOf(organisationId),
  earningsOf(organisationId),
  ...(permissions.has('payments:settle') ? [PLATFORM_FEES, BANK] : []),
]

/** Money that comes in, wallets, and the ledger as an organisation sees it. */
export const paymentRoutes = (): Route[] => [...incomingRoutes(), ...ledgerRoutes()]

function incomingRoutes(): Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/api/payments',
      permission: 'payments:write',
      status: 201,
      summary: { zh: '申报一笔充值（默认银行转账）', en: 'Announce money that is on its way (a bank transfer by default)' },
      body: z
        .strictObject({ amount, currency })
        .refine(({ amount: text }) => !/^0+(?:\.0+)?$/.test(text), { path: ['amount'], message: 'above 0' }),
      answer: z.object({ id: z.uuid(), reference: z.string(), instructions: z.object({ zh: z.string(), en: z.string() }) }),
      run: async ({ body }, { db, now, newId }, { organisationId, accountId }) => {
        const id = newId()
        const reference = `HG-${id.replaceAll('-', '').slice(0, REFERENCE_DIGITS).toUpperCase()}`
        const minor = minorOf(body.amount, body.currency)
        await insertPayment(db, { id, organisationId, accountId, currency: body.currency, minor, reference, announcedAt: now })
        const instructions = bankTransfer.instructions({ amount: formatMoney({ currency: body.currency, minor }), reference })
        return succeed({ id, reference, instructions })
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/payments',
      permission: 'orders:read',
      summary: { zh: '本组织的充值；平台财务可见全部', en: "The organisation's payments; all of them for the platform's finance" },
      answer: z.object({ items: z.array(z.unknown()) }),
      run: async (_, { db }, { organisationId, permissions }) =>
        succeed({ items: (await listPayments(db, permissions.has('payments:settle') ? undefined : organisationId)).map(paymentWords) }),
    }),
    defineRoute({
      method: 'post',
      path: '/api/payments/{id}/settle',
      permission: 'payments:settle',
      summary: { zh: '确认到账或退回', en: 'Confirm that it arrived, or refuse it' },
      params: byId,
      body: z.strictObject({ decision: z.enum(['confirm', 'refuse']), note: z.string().trim().max(500).default('') }),
      answer: z.object({ done: z.literal(true) }),
      run: async ({ params, body }, { db, now, newId }, { accountId }) =>
        allOrNothing(db, async (tx) => {
          const payment = await waitingPayment(tx, params.id)
          if (!payment) return fail(paymentNotFound({ found: params.id }))
          const settled = { by: accountId, at: now, note: body.note === '' ? null : body.note }
          if (body.decision === 'refuse') {
            await settlePayment(tx, params.id, { ...settled, state: 'refused', transactionId: null })
            return succeed({ done: true as const })
          }
          const posted = await postTransaction(tx, {
            id: newId(),
            key: `payment:${payment.id}`,
            kind: 'payment',
            at: now.toISOString(),
            postings: [
              { account: BANK, currency: payment.currency, minor: -payment.minor },
              { account: walletOf(payment.organisationId), currency: payment.currency, minor: payment.minor },
            ],
          })
          if (!posted.ok) return posted
          await settlePayment(tx, params.id, { ...settled, state: 'confirmed', transactionId: posted.value.id })
          return succeed({ done: true as const })
        }),
    }),
  ]
}

function ledgerRoutes(): Route[] {
  const lineWords = ({ minor, currency: code, at, ...line }: Awaited<ReturnType<typeof postingsOn>>[number]) => ({
    ...line,
    at: at.toISOString(),
    amount: formatMoney({ currency: code, minor }),
  })
  return [
    defineRoute({
      method: 'get',
      path: '/api/wallet',
      permission: 'orders:read',
      summary: { zh: '钱包与收入的余额', en: 'Balances of wallet and earnings' },
      answer: z.object({ items: z.array(z.object({ account: z.string(), balance: z.string() })) }),
      run: async (_, { db }, actor) => {
        const rows = await balancesOf(db, accountsOf(actor))
        return succeed({
          items: rows.map(({ account, currency: code, balance }) => ({
            account: account.split(':')[0] === 'platform' || account === BANK ? account : String(account.split(':')[0]),
            balance: formatMoney({ currency: code, minor: balance }),
          })),
        })
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/ledger',
      permission: 'ledger:read',
      summary: { zh: '本组织账户的分录', en: "Postings on the organisation's accounts" },
      query: z.object({
        from: z.iso.datetime().optional(),
        until: z.iso.datetime().optional(),
        limit: z.coerce.number().int().min(1).max(MOST_LINES).default(200),
      }),
      answer: z.object({ items: z.array(z.unknown()) }),
      run: async ({ query }, { db }, actor) => {
        const span = { from: query.from ? new Date(query.from) : undefined, until: query.until ? new Date(query.until) : undefined }
        const rows = await postingsOn(db, accountsOf(actor), { ...span, limit: query.limit })
        return succeed({ items: rows.map(lineWords) })
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/ledger/transactions/{id}',
      permission: 'ledger:read',
      summary: { zh: '一笔交易的全部分录', en: 'All postings of a transaction' },
      params: byId,
      answer: z.object({ items: z.array(z.unknown()) }),
      run: async ({ params }, { db }, actor) => {
        const rows = await transactionLines(db, params.id, accountsOf(actor))
        return rows.length > 0 ? succeed({ items: rows.map(lineWords) }) : fail(paymentNotFound({ found: params.id }))
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/statement.csv',
      permission: 'ledger:read',
      summary: { zh: '对账单（CSV）', en: 'Statement as CSV' },
      query: z.object({ from: z.iso.datetime().optional(), until: z.iso.datetime().optional() }),
      answer: 'text/csv',
      run: async ({ query }, { db }, actor) => {
        const span = { from: query.from ? new Date(query.from) : undefined, until: query.until ? new Date(query.until) : undefined }
        const rows = await postingsOn(db, accountsOf(actor), { ...span, limit: MOST_LINES })
        const lines = rows.map((line) => [line.at.toISOString(), line.transactionId, line.kind, line.account, formatMoney(line)].join(','))
        return new Response(`at,transaction,kind,account,amount\r\n${lines.join('\r\n')}\r\n`, {
          headers: { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': 'attachment; filename="statement.csv"' },
        })
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/ledger/audit',
      permission: 'payments:settle',
      summary: { zh: '账簿自查：余额与分录之差', en: 'What in the book does not agree: balances against postings' },
      answer: z.object({ holds: z.boolean(), faults: z.array(z.string()) }),
      run: async (_, { db }) => {
        const faults = await auditBook(db)
        return succeed({ holds: faults.length === 0, faults })
      },
    }),
  ]
}
