import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exists, listFiles, readBytes, remove, writeAtomic } from '../../src/base/store/index.ts'
import { type ObjectStore, startObjectStore } from './object-store.ts'

const work = mkdtempSync(join(tmpdir(), 'commands-on-objects-'))
const before = { ...process.env }
let store: ObjectStore

beforeAll(async () => {
  store = await startObjectStore()
  Object.assign(process.env, store.environment)
})
afterAll(async () => {
  await store.stop()
  process.env = before
  rmSync(work, { recursive: true, force: true })
})

const MAIN = 'dist/cli/main.js'

/** Runs a command without blocking the proxy that it speaks to. @param killMs when to kill it, whatever it does */
const highgrade = (args: readonly string[], killMs?: number): Promise<{ status: number | null; out: string; err: string }> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [MAIN, ...args], { env: process.env })
    let [out, err] = ['', '']
    child.stdout.on('data', (piece: Buffer) => {
      out += piece.toString('utf8')
    })
    child.stderr.on('data', (piece: Buffer) => {
      err += piece.toString('utf8')
    })
    child.on('close', (status) => resolve({ status, out, err }))
    if (killMs !== undefined) setTimeout(() => child.kill('SIGKILL'), killMs)
  })

const notes = (n: number, from = 0): string =>
  Array.from({ length: n }, (_, i) =>
    JSON.stringify({
      n: i + from,
      text: `report ${i + from}: pressure ${(i * 7919) % 1000} kPa at valve ${i % 97}, nothing unusual was seen.`,
    }),
  ).join('\n')

const bytesBelow = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true })
      .map(String)
      .filter((path) => statSync(join(folder, path)).isFile())
      .sort()
      .map((path) => [path, readFileSync(join(folder, path)).toString('base64')]),
  )
async function objectsBelow(folder: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {}
  for (const path of await listFiles(folder)) found[path] = Buffer.from(await readBytes(`${folder}/${path}`)).toString('base64')
  return found
}

describe('commands take s3:// wherever a folder could stand', () => {
  it('build, verify, explain, export, diff, grade, inspect, init', async () => {
    await writeAtomic('s3://lake/raw/notes.jsonl', notes(300))
    await writeAtomic(
      's3://lake/recipes/highgrade.yaml',
      'dataset: notes\nversion: 1.0.0\ntables:\n  notes: { modality: text, from: ["s3://lake/raw/*.jsonl"] }\n',
    )
    const built = await highgrade(['build', 's3://lake/recipes/highgrade.yaml', '--out', 's3://lake/releases/', '--json', '--threads', '1'])
    expect(built.err).not.toMatch(/warning/i)
    const summary = JSON.parse(built.out) as { release: string; counts: { in: number } }
    expect(summary).toMatchObject({ release: 's3://lake/releases/notes/1.0.0', counts: { in: 300 } })

    const verified = await highgrade(['verify', summary.release, '--json'])
    expect(verified.status, verified.err).toBe(0)
    const printed = await highgrade(['export', summary.release, '--to', 'jsonl'])
    const records = printed.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { id: string })
    expect(records.length).toBeGreaterThan(0)
    const explained = await highgrade(['explain', summary.release, records[0]?.id ?? '', '--json'])
    expect((JSON.parse(explained.out) as { replay: { raw?: unknown } }).replay.raw).toBeDefined()
    const exported = await highgrade(['export', summary.release, '--to', 'csv', '--out', 's3://lake/exported', '--json'])
    expect(exported.status, exported.err).toBe(0)
    expect((await listFiles('s3://lake/exported')).some((path) => path.endsWith('.csv'))).toBe(true)

    await writeAtomic('s3://lake/raw/more.jsonl', notes(20, 1000))
    const later = await highgrade([
      'build',
      's3://lake/recipes/highgrade.yaml',
      '--out',
      's3://lake/releases',
      '--version',
      '1.1.0',
      '--json',
    ])
    expect([0, 2], later.err).toContain(later.status)
    const difference = await highgrade(['diff', 's3://lake/releases/notes/1.0.0', 's3://lake/releases/notes/1.1.0', '--json'])
    expect(difference.status, difference.err).toBe(0)
    expect((JSON.parse(difference.out) as { tables: { added: { count: number } }[] }).tables[0]?.added.count).toBeGreaterThan(0)
    const graded = await highgrade(['grade', 's3://lake/raw/notes.jsonl', '--json'])
    expect([0, 2], graded.err).toContain(graded.status)
    const inspected = await highgrade(['inspect', 's3://lake/raw', '--json'])
    expect(JSON.parse(inspected.out)).toMatchObject({ files: 2, records: { count: 320 } })
    expect((await highgrade(['init', 's3://lake/raw'])).status).toBe(0)
    expect(await exists('s3://lake/raw/highgrade.yaml')).toBe(true)
  }, 120_000)

  it('and say what is wrong with a place', async () => {
    for (const [args, code] of [
      [['build', 's3://lake/never-was'], /no input|没有可用的输入/],
      [['build', 's3://never-was/x'], /no bucket named never-was|没有名为 never-was/],
      [['verify', 's3://x'], /not the name of a bucket|不是存储桶名/],
      [['inspect', 's3://lake/raw', work], /share no folder|没有共同/],
    ] as const) {
      const run = await highgrade(args)
      expect(run.status).toBe(1)
      expect(run.err).toMatch(code)
      expect(run.err).not.toMatch(/at .*\.js:\d+/)
    }
  }, 60_000)
})

describe('a build on objects that is killed at any moment', () => {
  it('shows no release, goes on, and gives the bytes of an undisturbed build on folders', async () => {
    const text = notes(20_000)
    mkdirSync(join(work, 'notes'))
    writeFileSync(join(work, 'notes', 'log.jsonl'), text)
    await writeAtomic('s3://lake/killed/notes/log.jsonl', text)
    const args = ['--threads', '2', '--json']
    const undisturbed = spawnSync(process.execPath, [MAIN, 'build', join(work, 'notes'), '--out', join(work, 'out'), ...args])
    expect([0, 2]).toContain(undisturbed.status)
    const whole = bytesBelow(join(work, 'out', 'notes', '0.1.0'))
    for (const killMs of [900, 1800, 2700]) {
      const out = `s3://lake/killed/out-${killMs}`
      const release = `${out}/notes/0.1.0`
      const killed = await highgrade(['build', 's3://lake/killed/notes', '--out', out, ...args], killMs)
      // What is visible is whole.
      if (killed.status === null && (await exists(`${release}/manifest.json`))) expect(await objectsBelow(release)).toEqual(whole)
      const resumed = await highgrade(['build', 's3://lake/killed/notes', '--out', out, ...args])
      expect([0, 2], resumed.err).toContain(resumed.status)
      expect(await objectsBelow(release), `killed after ${killMs} ms`).toEqual(whole)
      await remove(out)
    }
  }, 180_000)
})
