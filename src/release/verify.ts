import type { Effects } from '../base/effects/index.ts'
import type { Pool } from '../base/engine/index.ts'
import type { Outcome, Words } from '../base/problem/index.ts'
import { canonicalJson } from '../base/record/index.ts'
import { exists, fileHash, isStoreFailure, join, readJson } from '../base/store/index.ts'
import type { Grade, TableAccumulation } from '../grade/index.ts'
import type { CheckResult, CheckTask } from './check-shard.ts'
import { regrade } from './grade-release.ts'
import { checkInclusion, type InclusionProof, type Leaves, merkleRoot, proveInclusion, sortLeaves } from './merkle.ts'
import { contentFiles } from './publish.ts'
import { type OpenRelease, readAspects, readRelease, sourcePaths } from './read-release.ts'
import { checkEnvelope, type Envelope, SIGNATURE, signingKey } from './sign.ts'

/** One thing that was recomputed. */
export interface Check {
  readonly name: string
  readonly outcome: 'reproduced' | 'differs' | 'attested' | 'not-measured'
  readonly detail: Words
}

export interface Verification {
  readonly checks: readonly Check[]
  readonly holds: boolean
  readonly proof: InclusionProof | undefined
}

export interface VerifyOptions {
  readonly folder: string
  /** Id of a record that is to be proved a member. */
  readonly record?: string | undefined
  readonly pool: Pool
}

const same = (text: string): Words => ({ zh: text, en: text })

/**
 * Recomputes everything that a release claims from its bytes: file hashes, record hashes and root, signature, and every
 * indicator that can be computed from the data. Stops at the first thing that differs.
 */
export async function verify(options: VerifyOptions, effects: Pick<Effects, 'report'>): Promise<Outcome<Verification>> {
  const opened = await readRelease(options.folder)
  if (!opened.ok) return opened
  const release = opened.value
  const checks: Check[] = []
  const conclude = (proof?: InclusionProof): Outcome<Verification> => ({
    ok: true,
    value: { checks, holds: checks.every((check) => check.outcome !== 'differs'), proof },
  })
  for (const step of [checkFiles, checkSignature]) {
    checks.push(...(await step(release)))
    if (checks.some((check) => check.outcome === 'differs')) return conclude()
  }
  const results = await readShards(release, options.pool, effects)
  const { check, leaves } = checkRecords(release, results)
  checks.push(check)
  if (check.outcome === 'differs') return conclude()
  checks.push(...(await checkGrade(release, results)))
  if (options.record === undefined) return conclude()
  const proof = proveInclusion(leaves, options.record)
  const holds = proof !== undefined && proof.root === release.manifest.root && checkInclusion(proof)
  checks.push({
    name: `record ${options.record}`,
    outcome: holds ? 'reproduced' : 'differs',
    detail: holds
      ? {
          zh: `属于本发布：第 ${(proof?.index ?? 0) + 1} 条，共 ${proof?.size} 条`,
          en: `belongs to this release: number ${(proof?.index ?? 0) + 1} of ${proof?.size}`,
        }
      : { zh: '不在本发布中', en: 'is not in this release' },
  })
  return conclude(proof)
}

/** What `huggingface_hub` leaves in a folder that it downloaded to: it is not part of the release, and says nothing of it. */
const OF_DOWNLOADER = '.cache/huggingface/'

async function checkFiles({ folder, manifest }: OpenRelease): Promise<Check[]> {
  const found = new Set(await contentFiles(folder))
  for (const file of manifest.files) {
    if (!found.delete(file.path)) return [{ name: file.path, outcome: 'differs', detail: { zh: '文件缺失', en: 'the file is missing' } }]
    const now = await fileHash(join(folder, file.path))
    if (now.sha256 !== file.sha256) {
      return [
        {
          name: file.path,
          outcome: 'differs',
          detail: {
            zh: `SHA-256 为 ${now.sha256}，清单为 ${file.sha256}`,
            en: `SHA-256 is ${now.sha256}, the manifest says ${file.sha256}`,
          },
        },
      ]
    }
  }
  const stray = [...found].find((path) => !path.startsWith(OF_DOWNLOADER))
  if (stray !== undefined)
    return [{ name: stray, outcome: 'differs', detail: { zh: '清单中没有该文件', en: 'the manifest does not name this file' } }]
  return [
    {
      name: 'files',
      outcome: 'reproduced',
      detail: { zh: `${manifest.files.length} 个文件的哈希一致`, en: `hashes of ${manifest.files.length} files` },
    },
  ]
}

async function checkSignature({ folder, manifestText }: OpenRelease): Promise<Check[]> {
  const path = join(folder, SIGNATURE)
  if (!(await exists(path))) return [{ name: 'signature', outcome: 'differs', detail: { zh: '没有签名', en: 'there is no signature' } }]
  let keyids: string[] = []
  try {
    keyids = checkEnvelope(await readJson<Envelope>(path), manifestText)
  } catch (error) {
    if (isStoreFailure(error)) throw error
    // A damaged envelope holds for no key.
  }
  const [keyid] = keyids
  if (keyid === undefined)
    return [{ name: 'signature', outcome: 'differs', detail: { zh: '签名与清单不符', en: 'the signature does not fit the manifest' } }]
  const own = (await signingKey()).keyid === keyid
  return [
    {
      name: 'signature',
      outcome: 'reproduced',
      detail: own
        ? { zh: `Ed25519 密钥 ${keyid}（本机）`, en: `Ed25519 key ${keyid} (this machine's)` }
        : { zh: `Ed25519 密钥 ${keyid}（请与发布方核对）`, en: `Ed25519 key ${keyid} (ask the publisher whether it is theirs)` },
    },
  ]
}

/** Reads every data file of a release again, on all cores. */
export async function readShards(release: OpenRelease, pool: Pool, effects: Pick<Effects, 'report'>): Promise<CheckResult[]> {
  const paths = sourcePaths(release.sources)
  const tasks: CheckTask[] = release.manifest.tables.flatMap((table) => {
    const facts = release.recipe.tables.find((one) => one.plan.name === table.name)?.facts
    const shared = { sourcePaths: paths, hashesOnly: false }
    return facts ? table.files.map((file) => ({ ...shared, path: join(release.folder, file.path), split: file.split, facts })) : []
  })
  let done = 0
  const onDone = (): void => effects.report({ stage: 'verify', done: ++done, total: tasks.length, unit: 'tasks' })
  return pool.runAll<CheckTask, CheckResult>('checkShard', tasks, onDone)
}

function checkRecords({ manifest }: OpenRelease, results: readonly CheckResult[]): { check: Check; leaves: Leaves } {
  const leaves = sortLeaves(results.map((result) => ({ ids: result.ids, hashes: Buffer.from(result.hashes) })))
  const root = merkleRoot(leaves)
  const holds = root === manifest.root && leaves.ids.length === manifest.counts.out
  const detail = holds
    ? { zh: `${leaves.ids.length} 条记录的 Merkle 根`, en: `Merkle root of ${leaves.ids.length} records` }
    : same(`${root} ≠ ${manifest.root}`)
  return { check: { name: 'root', outcome: holds ? 'reproduced' : 'differs', detail }, leaves }
}

/** The grade of a release, concluded again from its data files and its recipe. */
export async function regradeRelease(release: OpenRelease, pool: Pool, effects: Pick<Effects, 'report'>): Promise<Grade> {
  return regradeResults(release, await readShards(release, pool, effects))
}

async function regradeResults(release: OpenRelease, results: readonly CheckResult[]): Promise<Grade> {
  let at = 0
  const states = release.manifest.tables.map((table) =>
    table.files.flatMap((): TableAccumulation[] => {
      const state = results[at++]?.state
      return state ? [state] : []
    }),
  )
  return regrade(release, states, await readAspects(release.folder))
}

/** Every indicator again, from the records that were just read. */
async function checkGrade(release: OpenRelease, results: readonly CheckResult[]): Promise<Check[]> {
  const claimed = await readJson<Grade>(join(release.folder, 'grade.json'))
  const grade = await regradeResults(release, results)
  const checks: Check[] = []
  for (const [code, claim] of Object.entries(claimed.indicators)) {
    const now = grade.indicators[code]
    if (claim.status === 'not-measured') checks.push({ name: code, outcome: 'not-measured', detail: claim.why })
    else if (!claim.reproducible)
      checks.push({
        name: code,
        outcome: 'attested',
        detail: { zh: '由发布方证明，不能仅由数据重算', en: 'attested by the publisher; cannot be recomputed from the data alone' },
      })
    else if (now && canonicalJson(now) === canonicalJson(claim))
      checks.push({ name: code, outcome: 'reproduced', detail: same(String(claim.score)) })
    else
      checks.push({
        name: code,
        outcome: 'differs',
        detail: same(`${canonicalJson(now ?? null).slice(0, 200)} ≠ ${canonicalJson(claim).slice(0, 200)}`),
      })
  }
  return checks
}
