import { z } from 'zod'
import { type Database, inTransaction, isDuplicate } from '../base/database/index.ts'
import { fail, type Outcome, succeed } from '../base/problem/index.ts'
import { createAttempts } from './access/attempts.ts'
import {
  countAccounts,
  deleteSession,
  findProfile,
  insertAccount,
  insertKey,
  insertMembership,
  insertOrganisation,
  listKeys,
  listMembers,
  revokeKey,
} from './access/queries.ts'
import { PERMISSIONS, ROLES } from './access/roles.ts'
import { hashPassword, hashSecret, makeSecret } from './access/secrets.ts'
import { openSession, SESSION_HOURS, signIn } from './access/sign-in.ts'
import { entriesOf } from './audit/queries.ts'
import { alreadySetUp, emailTaken, keyNotFound, organisationTaken, scopeBeyondRole, unauthenticated } from './problems.ts'
import { definePublicRoute, defineRoute, type Route } from './route.ts'

export const SESSION_COOKIE = 'highgrade-session'
const SECONDS_OF_SESSION = SESSION_HOURS * 3600

const MOST_ENTRIES = 500

const email = z.email().max(254)
/** Long enough to withstand guessing; source: NIST SP 800-63B, 5.1.1. */
const password = z.string().min(10).max(256)
const personName = z.string().trim().min(1).max(100)
const organisationName = z.string().trim().min(1).max(100)
const language = z.enum(['zh', 'en'])
const newPerson = z.strictObject({ email, password, name: personName, language })
const done = z.object({ done: z.literal(true) })
const keyWords = z.object({
  id: z.uuid(),
  name: z.string(),
  scopes: z.array(z.string()),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().nullable(),
  revokedAt: z.iso.datetime().nullable(),
})

/** Out of reach of scripts, and sent by pages of this server only. */
const cookie = (token: string, seconds: number, headers: Headers): string =>
  `${SESSION_COOKIE}=${token}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${seconds}${headers.get('x-forwarded-proto') === 'https' ? '; Secure' : ''}`

const signedIn = (token: string, headers: Headers, status: 200 | 201): Response =>
  Response.json({ done: true, token }, { status, headers: { 'set-cookie': cookie(token, SECONDS_OF_SESSION, headers) } })

/** Accounts, sessions, members and keys. */
export const accessRoutes = (): Route[] => [
  ...setupRoutes(),
  ...sessionRoutes(),
  ...organisationRoutes(),
  ...memberRoutes(),
  ...keyRoutes(),
  ...auditRoutes(),
]

function setupRoutes(): Route[] {
  return [
    definePublicRoute({
      method: 'get',
      path: '/api/setup',
      summary: { zh: '是否还没有任何账户', en: 'Whether there is no account yet' },
      answer: z.object({ needed: z.boolean() }),
      run: async (_, { db }) => succeed({ needed: (await countAccounts(db)) === 0n }),
    }),
    definePublicRoute({
      method: 'post',
      path: '/api/setup',
      status: 201,
      summary: { zh: '建立第一个账户与组织', en: 'Make the first account and its organisation' },
      body: newPerson.extend({ organisation: organisationName }),
      answer: done.extend({ token: z.string() }),
      run: async ({ body, headers }, { db, now, newId }) => {
        const passwordHash = await hashPassword(body.password)
        const [accountId, organisationId] = [newId(), newId()]
        const isFirst = await addFirst(db, async (tx) => {
          await insertOrganisation(tx, { id: organisationId, name: body.organisation, isOperator: true, now })
          await insertAccount(tx, {
            id: accountId,
            email: body.email,
            name: body.name,
            language: body.language,
            passwordHash,
            createdAt: now,
          })
          await insertMembership(tx, accountId, organisationId, 'owner', now)
        })
        if (!isFirst) return fail(alreadySetUp({}))
        return signedIn(await openSession(db, { accountId, organisationId }, now), headers, 201)
      },
    }),
  ]
}

/** @returns false when there is an account already, or someone else is just making it: there is one operator */
async function addFirst(db: Database, add: (tx: Database) => Promise<void>): Promise<boolean> {
  if ((await countAccounts(db)) > 0n) return false
  try {
    await inTransaction(db, add)
    return true
  } catch (error) {
    if (isDuplicate(error, 'one_operator')) return false
    throw error
  }
}

function sessionRoutes(): Route[] {
  const attempts = createAttempts()
  return [
    definePublicRoute({
      method: 'post',
      path: '/api/sessions',
      status: 201,
      summary: { zh: '登录', en: 'Sign in' },
      body: z.strictObject({ email, password: z.string().max(256) }),
      answer: done.extend({ token: z.string() }),
      run: async ({ body, headers }, { db, now }) => {
        const token = await signIn(db, body, attempts, now)
        return token.ok ? signedIn(token.value, headers, 201) : token
      },
    }),
    defineRoute({
      method: 'delete',
      path: '/api/sessions/current',
      permission: 'account:self',
      summary: { zh: '退出登录', en: 'Sign out' },
      answer: done,
      run: async ({ headers }, { db }) => {
        const token = secretOf(headers)
        if (token) await deleteSession(db, hashSecret(token))
        return Response.json({ done: true }, { headers: { 'set-cookie': cookie('', 0, headers) } })
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/me',
      permission: 'account:self',
      summary: { zh: '我是谁，能做什么', en: 'Who I am and what I may do' },
      answer: z.object({
        id: z.uuid(),
        email: z.string(),
        name: z.string(),
        language,
        organisation: z.string(),
        roles: z.array(z.enum(ROLES)),
        permissions: z.array(z.enum(PERMISSIONS)),
      }),
      run: async (_, { db }, actor) => {
        const profile = await findProfile(db, actor)
        if (!profile) return fail(unauthenticated({ at: '/api/me' }))
        return succeed({ ...profile, roles: [...actor.roles], permissions: [...actor.permissions] })
      },
    }),
  ]
}

function organisationRoutes(): Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/api/organisations',
      permission: 'organisations:write',
      status: 201,
      summary: { zh: '接纳一个组织及其所有者', en: 'Admit an organisation and its owner' },
      body: z.strictObject({ name: organisationName, owner: newPerson, roles: z.array(z.enum(ROLES)).min(1).default(['owner', 'buyer']) }),
      answer: z.object({ id: z.uuid(), ownerId: z.uuid() }),
      run: async ({ body }, { db, now, newId }) => {
        const [id, ownerId] = [newId(), newId()]
        return addAccount(db, { ...body.owner, id: ownerId, createdAt: now }, async (tx) => {
          await insertOrganisation(tx, { id, name: body.name, isOperator: false, now })
          for (const role of body.roles) await insertMembership(tx, ownerId, id, role, now)
          return { id, ownerId }
        })
      },
    }),
  ]
}

/** Makes an account and whatever belongs to it, all or nothing. */
async function addAccount<T>(
  db: Database,
  { password: secret, ...person }: z.output<typeof newPerson> & { id: string; createdAt: Date },
  add: (tx: Database) => Promise<T>,
): Promise<Outcome<T>> {
  const passwordHash = await hashPassword(secret)
  try {
    const added = await inTransaction(db, async (tx) => {
      await insertAccount(tx, { ...person, passwordHash })
      return add(tx)
    })
    return succeed(added)
  } catch (error) {
    if (isDuplicate(error, 'account_email')) return fail(emailTaken({ found: person.email }))
    if (isDuplicate(error, 'organisation_name')) return fail(organisationTaken({}))
    throw error
  }
}

function memberRoutes(): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/members',
      permission: 'members:read',
      summary: { zh: '组织成员', en: 'Members of the organisation' },
      answer: z.object({
        items: z.array(z.object({ id: z.uuid(), email: z.string(), name: z.string(), language, roles: z.array(z.enum(ROLES)) })),
      }),
      run: async (_, { db }, actor) =>
        succeed({ items: (await listMembers(db, actor.organisationId)).map((one) => ({ ...one, roles: [...one.roles] })) }),
    }),
    defineRoute({
      method: 'post',
      path: '/api/members',
      permission: 'members:write',
      status: 201,
      summary: { zh: '添加成员', en: 'Add a member' },
      body: newPerson.extend({ roles: z.array(z.enum(ROLES)).min(1) }),
      answer: z.object({ id: z.uuid() }),
      run: async ({ body }, { db, now, newId }, actor) => {
        const id = newId()
        return addAccount(db, { ...body, id, createdAt: now }, async (tx) => {
          for (const role of body.roles) await insertMembership(tx, id, actor.organisationId, role, now)
          return { id }
        })
      },
    }),
  ]
}

function keyRoutes(): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/keys',
      permission: 'keys:write',
      summary: { zh: '我的密钥', en: 'My keys' },
      answer: z.object({ items: z.array(keyWords) }),
      run: async (_, { db }, actor) =>
        succeed({
          items: (await listKeys(db, actor)).map((key) => ({
            ...key,
            scopes: [...key.scopes],
            createdAt: key.createdAt.toISOString(),
            expiresAt: key.expiresAt?.toISOString() ?? null,
            revokedAt: key.revokedAt?.toISOString() ?? null,
          })),
        }),
    }),
    defineRoute({
      method: 'post',
      path: '/api/keys',
      permission: 'keys:write',
      status: 201,
      summary: { zh: '新建密钥；只显示这一次', en: 'Make a key; it is shown this once' },
      body: z.strictObject({ name: personName, scopes: z.array(z.enum(PERMISSIONS)).min(1), expiresAt: z.iso.datetime().optional() }),
      answer: z.object({ id: z.uuid(), secret: z.string() }),
      unkept: ['secret'],
      run: async ({ body }, { db, now, newId }, actor) => {
        const beyond = body.scopes.find((scope) => !actor.permissions.has(scope))
        if (beyond) return fail(scopeBeyondRole({ found: beyond }))
        const [id, secret] = [newId(), makeSecret('hgk')]
        const expiresAt = body.expiresAt === undefined ? null : new Date(body.expiresAt)
        const { accountId, organisationId } = actor
        const { name, scopes } = body
        await insertKey(db, { id, accountId, organisationId, name, scopes, expiresAt, createdAt: now, secretHash: hashSecret(secret) })
        return succeed({ id, secret })
      },
    }),
    defineRoute({
      method: 'delete',
      path: '/api/keys/{id}',
      permission: 'keys:write',
      summary: { zh: '吊销密钥', en: 'Revoke a key' },
      params: z.object({ id: z.uuid() }),
      answer: done,
      run: async ({ params }, { db, now }, actor) =>
        (await revokeKey(db, params.id, actor, now)) ? succeed({ done: true as const }) : fail(keyNotFound({ found: params.id })),
    }),
  ]
}

function auditRoutes(): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/audit',
      permission: 'audit:read',
      summary: { zh: '本组织的审计记录，最新在前', en: 'Audit entries of the organisation, newest first' },
      query: z.object({
        limit: z.coerce.number().int().min(1).max(MOST_ENTRIES).default(50),
        after: z
          .string()
          .regex(/^\d{1,18}$/)
          .optional(),
      }),
      answer: z.object({ items: z.array(z.looseObject({ position: z.number().int() })), next: z.string().nullable() }),
      run: async ({ query }, { db }, actor) => {
        const before = query.after === undefined ? undefined : BigInt(query.after)
        const rows = await entriesOf(db, actor.organisationId, before, query.limit)
        const last = rows.length === query.limit ? rows.at(-1) : undefined
        return succeed({
          items: rows.map(({ position, entry }) => ({ ...(JSON.parse(entry) as object), position: Number(position) })),
          next: last ? last.position.toString() : null,
        })
      },
    }),
  ]
}

/** The secret of a request: a bearer, the password of Basic (mlcroissant sends no bearer), or the session's cookie. */
export function secretOf(headers: Headers): string | undefined {
  const authorization = headers.get('authorization') ?? ''
  if (/^bearer /i.test(authorization)) return authorization.slice(7).trim()
  if (/^basic /i.test(authorization)) return Buffer.from(authorization.slice(6), 'base64').toString('utf8').split(':').slice(1).join(':')
  const cookies = (headers.get('cookie') ?? '').split(/; */)
  return cookies.find((one) => one.startsWith(`${SESSION_COOKIE}=`))?.slice(SESSION_COOKIE.length + 1)
}
