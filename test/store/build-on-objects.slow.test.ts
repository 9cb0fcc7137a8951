import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listFiles, readBytes, readParquet, readText, writeAtomic } from '../../src/base/store/index.ts'
import { build, explain, verifyRelease } from '../../src/index.ts'
import { seededFaults } from './faulty-proxy.ts'
import { type ObjectStore, startObjectStore } from './object-store.ts'

const SEED = 20260601
const FAULTS = seededFaults(SEED, 0.1, ['error-500', 'slow-down', 'reset', 'answer-lost', 'truncated', 'trickle'])
const work = mkdtempSync(join(tmpdir(), 'on-objects-'))
let store: ObjectStore
const before = { ...process.env }

beforeAll(async () => {
  store = await startObjectStore()
  Object.assign(process.env, store.environment)
  process.stderr.write(`faults of seed ${SEED}\n`)
})
afterAll(async () => {
  await store.stop()
  process.env = before
  rmSync(work, { recursive: true, force: true })
})

const filesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true })
    .map(String)
    .filter((path) => statSync(join(folder, path)).isFile())
    .sort()

async function upload(folder: string, to: string): Promise<void> {
  for (const path of filesOf(folder)) await writeAtomic(`${to}/${path}`, readFileSync(join(folder, path)))
}

/** Files of a release by path; signatures are of the same key, so that they are equal too. */
const localBytes = (folder: string): Record<string, string> =>
  Object.fromEntries(filesOf(folder).map((path) => [path, readFileSync(join(folder, path)).toString('base64')]))
async function remoteBytes(folder: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {}
  for (const path of await listFiles(folder)) found[path] = Buffer.from(await readBytes(`${folder}/${path}`)).toString('base64')
  return found
}

/** Raw files of several kinds, dirty in several ways. */
async function generated(name: string): Promise<string> {
  const folder = join(work, name)
  mkdirSync(join(folder, '子 folder+'), { recursive: true })
  const rows = Array.from({ length: 3000 }, (_, i) => `${i},${(i * 7919) % 1000},site ${i % 7},${i % 41 === 0 ? '' : (i * 13) % 97}`)
  writeFileSync(join(folder, 'readings.csv'), `id,pressure,site,humidity\n${rows.join('\n')}\n`)
  const notes = Array.from({ length: 400 }, (_, i) =>
    JSON.stringify({
      text: `Report ${i % 350}: valve ${i % 97} was found open at ${(i * 31) % 24} h; call 1381234${1000 + (i % 350)}.`,
      n: i % 350,
    }),
  )
  writeFileSync(join(folder, '子 folder+', '记录 notes.jsonl'), notes.join('\n'))
  execFileSync('tar', ['-czf', join(folder, 'more.tar.gz'), '-C', folder, 'readings.csv'])
  mkdirSync(join(folder, 'photos'))
  for (let i = 0; i < 12; i++) {
    const raw = Buffer.from(Array.from({ length: 64 * 64 * 3 }, (_, at) => (at * (i % 10) * 37 + (at >> 5) * 11) % 256))
    await sharp(raw, { raw: { width: 64, height: 64, channels: 3 } })
      .png()
      .toFile(join(folder, 'photos', `photo ${i}.png`))
  }
  writeFileSync(join(folder, 'broken.parquet'), 'PAR1 this is no Parquet file PAR1')
  writeFileSync(join(folder, 'empty.csv'), '')
  return folder
}

async function buildBoth(folder: string, name: string) {
  const local = await build({ input: folder, out: join(work, `${name}-out`), threads: 2 })
  await upload(folder, `s3://lake/${name}/${basename(folder)}`)
  store.options = { fault: FAULTS }
  const remote = await build({ input: `s3://lake/${name}/${basename(folder)}`, out: `s3://lake/${name}/releases`, threads: 2 })
  store.options = {}
  if (!local.ok) throw new Error(local.problem.message.en)
  if (!remote.ok) throw new Error(remote.problem.message.en)
  return { local: local.value, remote: remote.value }
}

describe('a build from objects to objects, a tenth of all requests failing', () => {
  it('gives the bytes of the build on folders', async () => {
    const { local, remote } = await buildBoth(await generated('plant'), 'generated')
    expect(local.manifest.counts.quarantined).toBeGreaterThan(0)
    expect(local.manifest.files.some(({ path }) => path.startsWith('media/'))).toBe(true)
    expect(remote.folder).toBe('s3://lake/generated/releases/plant/0.1.0')
    expect(await remoteBytes(remote.folder)).toEqual(localBytes(local.folder))
    // Nothing is left of staging and claiming.
    expect((await listFiles('s3://lake/generated/releases')).filter((path) => /staged|claim|partial/.test(path))).toEqual([])
    const verified = await verifyRelease({ folder: remote.folder })
    expect(verified.ok && verified.value.holds).toBe(true)
    const id = (await firstIds(remote.folder))[0] ?? ''
    const explained = await explain(remote.folder, id)
    expect(explained.ok && 'raw' in explained.value.replay).toBe(true)
  }, 120_000)

  it.each(['12-weak-supervision'])(
    'gives the bytes of the build on folders, of the real files in %s',
    async (name) => {
      const folder = `../shared/data/${name}`
      if (!existsSync(folder)) {
        process.stderr.write(`no ${folder}: only generated files were built\n`)
        return
      }
      const { local, remote } = await buildBoth(folder, name)
      expect(local.manifest.counts.out).toBeGreaterThan(0)
      expect(await remoteBytes(remote.folder)).toEqual(localBytes(local.folder))
    },
    240_000,
  )
})

const firstIds = async (folder: string): Promise<string[]> => {
  const table = JSON.parse(await readText(`${folder}/manifest.json`)) as { tables: { files: { path: string }[] }[] }
  const path = table.tables[0]?.files[0]?.path ?? ''
  const ids: string[] = []
  for await (const batch of readParquet(`${folder}/${path}`)) ids.push(...batch.ids)
  return ids
}
