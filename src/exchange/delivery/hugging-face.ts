import { z } from 'zod'
import type { Database } from '../../base/database/index.ts'
import { fail, type Outcome, type Problem, succeed } from '../../base/problem/index.ts'
import { searchEntries } from '../../catalog/index.ts'
import { type Actor, defineRoute, type Route, type RouteEffects } from '../../guard/index.ts'
import { type DeliveredFile, deliverFile, filesOf } from '../deliver-file.ts'
import { type DeliveryEffects, defineDelivery } from '../delivery.ts'
import { type ListedVersion, listedVersions } from '../listing/queries.ts'
import { admitBuyer, findRevision, type Revision } from '../orders/admit.ts'
import { fileNotFound } from '../problems.ts'

const PROTOCOL = 'hugging-face'
const MOST_LISTED = 100
const OID_DIGITS = 40

/** What anyone with a key may read, so that clients get as far as our own refusal. */
const OPEN: ReadonlySet<string> = new Set(['README.md', 'croissant.json', 'grade.json', 'grade.html', 'manifest.json', 'manifest.json.sig'])

const part = z.string().min(1).max(200)
const ofRepo = z.object({ organisation: part, listing: part })
const ofRevision = ofRepo.extend({ revision: part })
const ofPath = ofRevision.extend({ path: z.string().min(1).max(1000) })

/** Codes by which huggingface_hub knows what a refusal is; with them it shows our sentence. */
function errorCode(code: string, status: number): string {
  if (/revision-not-found$/.test(code)) return 'RevisionNotFound'
  if (/file-not-found$/.test(code)) return 'EntryNotFound'
  return status === 404 ? 'RepoNotFound' : 'GatedRepo'
}

/** A header takes Latin characters only: English there, Chinese in the body. */
export function refuse(problem: Problem, status: number): Response {
  const sentence = problem.message.en.replace(/[^\x20-\x7E]/g, '?')
  return Response.json(
    { error: `${problem.message.zh} ${problem.message.en}` },
    { status, headers: { 'x-error-code': errorCode(problem.code, status), 'x-error-message': sentence } },
  )
}

const time = (at: Date): string => at.toISOString()

function repoWords({ listing, version, address }: Revision, files: Iterable<DeliveredFile>) {
  return {
    _id: version.commit.slice(0, 24),
    id: address,
    sha: version.commit,
    author: listing.organisationHandle,
    private: false,
    gated: false,
    disabled: false,
    tags: [...listing.keywords],
    downloads: 0,
    likes: 0,
    lastModified: time(version.addedAt),
    createdAt: time(listing.createdAt),
    siblings: [...files].map(({ path }) => ({ rfilename: path })),
  }
}

const fileEntry = ({ path, bytes, sha256 }: DeliveredFile) => ({ type: 'file', path, size: bytes, oid: sha256.slice(0, OID_DIGITS) })
const folderEntry = (path: string, { commit }: ListedVersion) => ({ type: 'directory', path, size: 0, oid: commit })

/** Entries below a folder, folders among them. */
function treeOf(files: Iterable<DeliveredFile>, version: ListedVersion, folder: string, isDeep: boolean) {
  const prefix = folder === '' ? '' : `${folder.replace(/\/+$/, '')}/`
  const entries = new Map<string, ReturnType<typeof fileEntry>>()
  for (const file of files) {
    if (!file.path.startsWith(prefix)) continue
    const parts = file.path.slice(prefix.length).split('/')
    const folders = parts.slice(0, -1).map((_, depth) => prefix + parts.slice(0, depth + 1).join('/'))
    for (const path of isDeep ? folders : folders.slice(0, 1)) entries.set(path, folderEntry(path, version))
    if (isDeep || parts.length === 1) entries.set(file.path, fileEntry(file))
  }
  return [...entries.values()].sort((a, b) => (a.path < b.path ? -1 : 1))
}

async function opened(db: Database, { organisation, listing }: z.output<typeof ofRepo>, revision: string) {
  const found = await findRevision(db, organisation, listing, revision)
  if (!found.ok) return found
  const files = await filesOf(found.value.version)
  return files.ok ? succeed({ revision: found.value, files: files.value.files }) : files
}

const answered = (outcome: Outcome<unknown>): Outcome<never> | Response => (outcome.ok ? Response.json(outcome.value) : outcome)

export default defineDelivery({
  version: 1,
  title: { zh: 'Hugging Face Hub', en: 'Hugging Face Hub' },
  doc: {
    zh: '设 HF_ENDPOINT=<服务地址>/hf、HF_TOKEN=<密钥>，即可用 datasets、huggingface_hub、pandas 原样读取。',
    en: 'With HF_ENDPOINT=<server>/hf and HF_TOKEN=<key>, datasets, huggingface_hub and pandas load as they are.',
  },
  source: 'huggingface_hub 1.33 and 2.4, datasets 5.0 and 5.2, measured',
  routes: (effects) => [...metadataRoutes(), ...treeRoutes(), resolveRoute(effects)],
})

function metadataRoutes(): Route[] {
  const common = { method: 'get', permission: 'delivery:read', answer: 'application/json', refuse } as const
  const repo = async (db: Database, params: z.output<typeof ofRepo>, revision: string) => {
    const found = await opened(db, params, revision)
    return answered(found.ok ? succeed(repoWords(found.value.revision, found.value.files.values())) : found)
  }
  return [
    defineRoute({
      ...common,
      path: '/hf/api/datasets',
      summary: { zh: '按 Hugging Face Hub 协议查找数据集', en: 'Find data sets, as the Hugging Face Hub answers' },
      query: z.looseObject({
        search: z.string().max(200).default(''),
        limit: z.coerce.number().int().min(1).max(MOST_LISTED).default(MOST_LISTED),
      }),
      run: async ({ query }, { db }) => {
        const found = await searchEntries(db, { text: query.search, limit: query.limit, offset: 0, facets: {} })
        return Response.json(
          found.items.map(({ address, keywords, updatedAt }) => ({
            id: address,
            private: false,
            tags: keywords,
            downloads: 0,
            likes: 0,
            lastModified: time(updatedAt),
          })),
        )
      },
    }),
    defineRoute({
      ...common,
      path: '/hf/api/datasets/{organisation}/{listing}',
      summary: { zh: '一个数据集', en: 'A data set' },
      params: ofRepo,
      run: ({ params }, { db }) => repo(db, params, 'main'),
    }),
    defineRoute({
      ...common,
      path: '/hf/api/datasets/{organisation}/{listing}/revision/{revision}',
      summary: { zh: '数据集的一个版本', en: 'A revision of a data set' },
      params: ofRevision,
      run: ({ params }, { db }) => repo(db, params, params.revision),
    }),
    defineRoute({
      ...common,
      path: '/hf/api/datasets/{organisation}/{listing}/refs',
      summary: { zh: '分支与版本标签', en: 'Branches and tags' },
      params: ofRepo,
      run: async ({ params }, { db }) => {
        const found = await findRevision(db, params.organisation, params.listing, 'main')
        if (!found.ok) return found
        const tags = (await listedVersions(db, found.value.listing.id)).map(({ version, commit }) => ({
          name: `v${version}`,
          ref: `refs/tags/v${version}`,
          targetCommit: commit,
        }))
        const branches = [{ name: 'main', ref: 'refs/heads/main', targetCommit: found.value.version.commit }]
        return Response.json({ branches, converts: [], tags })
      },
    }),
    defineRoute({
      ...common,
      path: '/hf/api/whoami-v2',
      summary: { zh: '密钥属于谁', en: 'Whose key it is' },
      run: async (_, _effects, { accountId }) =>
        Response.json({ type: 'user', name: accountId, orgs: [], auth: { type: 'access_token', accessToken: { role: 'read' } } }),
    }),
  ]
}

/** Files of a revision for those who may load them. */
async function entitled(
  { db, now }: RouteEffects,
  { organisationId }: Actor,
  params: z.output<typeof ofRevision>,
): Promise<Outcome<{ revision: Revision; files: Map<string, DeliveredFile> }>> {
  const found = await opened(db, params, params.revision)
  if (!found.ok) return found
  const admitted = await admitBuyer(db, organisationId, found.value.revision, 'files', now)
  return admitted.ok ? found : admitted
}

function treeRoutes(): Route[] {
  const summary = { zh: '文件清单', en: 'List of files' }
  const query = z.looseObject({ recursive: z.string().optional(), expand: z.string().optional() })
  const isDeep = ({ recursive }: z.output<typeof query>): boolean => recursive?.toLowerCase() === 'true' || recursive === '1'
  const tree = (path: string, params: typeof ofRevision | typeof ofPath): Route =>
    defineRoute({
      method: 'get',
      path,
      permission: 'delivery:read',
      summary,
      params,
      query,
      answer: 'application/json',
      refuse,
      run: async (asked, effects, actor) => {
        const found = await entitled(effects, actor, asked.params)
        if (!found.ok) return found
        const folder = 'path' in asked.params ? String(asked.params.path) : ''
        const entries = treeOf(found.value.files.values(), found.value.revision.version, folder, isDeep(asked.query))
        if (folder !== '' && entries.length === 0) return fail(fileNotFound({ at: found.value.revision.address, found: folder }))
        return Response.json(entries)
      },
    })
  return [
    tree('/hf/api/datasets/{organisation}/{listing}/tree/{revision}', ofRevision),
    tree('/hf/api/datasets/{organisation}/{listing}/tree/{revision}/{path*}', ofPath),
    defineRoute({
      method: 'post',
      path: '/hf/api/datasets/{organisation}/{listing}/paths-info/{revision}',
      permission: 'delivery:read',
      summary: { zh: '若干路径的信息', en: 'About some paths' },
      params: ofRevision,
      bodyType: 'form',
      body: z.looseObject({ paths: z.array(z.string()).max(1000).default([]) }),
      isReading: true,
      answer: 'application/json',
      refuse,
      run: async ({ params, body }, effects, actor) => {
        const found = await entitled(effects, actor, params)
        if (!found.ok) return found
        const all = treeOf(found.value.files.values(), found.value.revision.version, '', true)
        return Response.json(all.filter(({ path }) => body.paths.includes(path)))
      },
    }),
  ]
}

const resolveRoute = ({ receiptKey }: DeliveryEffects): Route =>
  defineRoute({
    method: 'get',
    path: '/hf/datasets/{organisation}/{listing}/resolve/{revision}/{path*}',
    permission: 'delivery:read',
    summary: { zh: '一个文件或其中一段；新用到的行组先计费', en: 'A file or a range of it; row groups that are new are charged first' },
    params: ofPath,
    query: z.looseObject({}),
    answer: 'application/octet-stream',
    refuse,
    run: async ({ params, headers, isHead }, { db, now, newId }, { organisationId }) => {
      const found = await findRevision(db, params.organisation, params.listing, params.revision)
      if (!found.ok) return found
      const { path } = params
      const files = await filesOf(found.value.version)
      if (files.ok && !files.value.files.has(path)) return fail(fileNotFound({ at: found.value.address, found: path }))
      const admitted = OPEN.has(path) ? succeed({ by: 'owner' } as const) : await admitBuyer(db, organisationId, found.value, 'files', now)
      if (!admitted.ok) return admitted
      const request = { path, headers, isHead, protocol: PROTOCOL }
      const sent = await deliverFile(db, admitted.value, found.value, request, { newId, now, key: receiptKey })
      if (!sent.ok) return sent
      sent.value.headers.set('x-repo-commit', found.value.version.commit)
      return sent.value
    },
  })
