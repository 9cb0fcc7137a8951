import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { build, verifyRelease } from '../../src/index.ts'
import { bytesOf } from './release-bytes.ts'

const work = mkdtempSync(join(tmpdir(), 'laws-'))
afterAll(() => rmSync(work, { recursive: true, force: true }))
let folders = 0

/** Writes files in the order given into a new folder of the same name. */
function rawFolder(files: readonly (readonly [string, string])[]): { raw: string; out: string } {
  const base = join(work, String(folders++))
  mkdirSync(join(base, 'raw'), { recursive: true })
  for (const [name, text] of files) writeFileSync(join(base, 'raw', name), text)
  return { raw: join(base, 'raw'), out: join(base, 'out') }
}

const word = fc.constantFrom('alpha', 'beta', '小麦', '病害', 'x,y', '"quoted"', 'line\nbreak', '', ' ', '１２', '😀', '13812345678')
const record = fc.record({ a: word, b: fc.oneof(fc.integer({ min: -5, max: 5 }), word), c: fc.option(word) })

describe('laws of a build', () => {
  it('records are conserved, and neither the order of files nor the number of threads changes a byte', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(record, { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 4 }), async (tables) => {
        const files = tables.map((rows, i) => [`part-${i}.jsonl`, rows.map((row) => JSON.stringify(row)).join('\n')] as const)
        const one = rawFolder(files)
        const other = rawFolder([...files].reverse())
        const first = await build({ input: one.raw, out: one.out, threads: 1 })
        const second = await build({ input: other.raw, out: other.out, threads: 2 })
        if (!first.ok || !second.ok) {
          expect(first.ok).toBe(second.ok)
          return
        }
        const { counts } = first.value.manifest
        expect(counts.in).toBe(tables.flat().length)
        expect(counts.in).toBe(counts.out + counts.merged + counts.quarantined)
        expect(bytesOf(first.value.folder)).toEqual(bytesOf(second.value.folder))
      }),
      { numRuns: 12, seed: 20260601 },
    )
  }, 240_000)

  it('building twice what came out changes nothing more', async () => {
    const rows = Array.from({ length: 60 }, (_, i) => ({
      text: `The ${i}th field report on wheat, plot ${i * 7}: no rust was seen on any leaf of the ${i % 9} rows.`,
      label: i % 2 ? 'healthy' : 'sick',
    }))
    const first = rawFolder([['reports.jsonl', [...rows, ...rows.slice(0, 9)].map((row) => JSON.stringify(row)).join('\n')]])
    const built = await build({ input: first.raw, out: first.out, threads: 1 })
    expect(built.ok && built.value.manifest.counts).toMatchObject({ in: 69, out: 60, merged: 9 })
    const again = rawFolder([['reports.jsonl', rows.map((row) => JSON.stringify(row)).join('\n')]])
    const rebuilt = await build({ input: again.raw, out: again.out, threads: 1 })
    expect(rebuilt.ok && rebuilt.value.manifest.counts).toMatchObject({ in: 60, out: 60, merged: 0, quarantined: 0 })
  }, 60_000)

  it('killed at any moment, it goes on and gives the bytes of an undisturbed run', async () => {
    const rows = Array.from({ length: 40_000 }, (_, i) =>
      JSON.stringify({
        id: i,
        text: `report ${i}: pressure ${(i * 7919) % 1000} kPa at valve ${i % 97}, operator ${i % 13}; nothing unusual was seen during the shift.`,
        site: `s${i % 5}`,
      }),
    )
    const undisturbed = rawFolder([['log.jsonl', rows.join('\n')]])
    const whole = await build({ input: undisturbed.raw, out: undisturbed.out, threads: 2 })
    if (!whole.ok) throw new Error(whole.problem.message.en)
    for (const delayMs of [250, 700, 1300]) {
      const killed = rawFolder([['log.jsonl', rows.join('\n')]])
      const child = spawn(process.execPath, ['dist/cli/main.js', 'build', killed.raw, '--out', killed.out, '--threads', '2'], {
        stdio: 'ignore',
      })
      await new Promise((resume) => setTimeout(resume, delayMs))
      child.kill('SIGKILL')
      await new Promise((resume) => (child.exitCode === null && child.signalCode === null ? child.once('exit', resume) : resume(null)))
      const resumed = await build({ input: killed.raw, out: killed.out, threads: 2 })
      if (!resumed.ok) throw new Error(resumed.problem.message.en)
      expect(bytesOf(resumed.value.folder), `killed after ${delayMs} ms`).toEqual(bytesOf(whole.value.folder))
      expect(readdirSync(join(killed.out, 'raw')).filter((name) => !name.startsWith('.'))).toEqual(['0.1.0'])
    }
  }, 240_000)

  it('a flipped bit, a changed figure and a foreign file are found, each by name', async () => {
    const { raw, out } = rawFolder([['t.csv', `a,b\n${Array.from({ length: 200 }, (_, i) => `${i},${(i * 31) % 17}`).join('\n')}\n`]])
    const built = await build({ input: raw, out, threads: 1 })
    if (!built.ok) throw new Error(built.problem.message.en)
    const { folder, manifest } = built.value
    const tampered = async (path: string, change: (bytes: Buffer) => Buffer): Promise<string[]> => {
      const before = readFileSync(join(folder, path))
      writeFileSync(join(folder, path), change(Buffer.from(before)))
      const verified = await verifyRelease({ folder })
      writeFileSync(join(folder, path), before)
      return verified.ok ? verified.value.checks.filter((check) => check.outcome === 'differs').map((check) => check.name) : ['unreadable']
    }
    const data = manifest.tables[0]?.files[0]?.path ?? ''
    expect(
      await tampered(data, (bytes) => {
        bytes[100] = (bytes[100] ?? 0) ^ 1
        return bytes
      }),
    ).toEqual([data])
    expect(await tampered('grade.json', (bytes) => Buffer.from(bytes.toString().replace('"score":', '"score": ')))).toEqual(['grade.json'])
    expect(await tampered('manifest.json', (bytes) => Buffer.from(bytes.toString().replace('"out":', '"out": ')))).toEqual(['signature'])
    writeFileSync(join(folder, 'extra.txt'), 'x')
    const stray = await verifyRelease({ folder })
    rmSync(join(folder, 'extra.txt'))
    expect(stray.ok && stray.value.checks.find((check) => check.outcome === 'differs')?.name).toBe('extra.txt')
    const good = await verifyRelease({ folder })
    expect(good.ok && good.value.holds).toBe(true)
  }, 60_000)
})
