import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, expect, it } from 'vitest'
import { bytesOf } from './release-bytes.ts'

const run = promisify(execFile)
const work = mkdtempSync(join(tmpdir(), 'clock-'))
afterAll(() => rmSync(work, { recursive: true, force: true }))
const recipe = fileURLToPath(new URL('../../examples/law/highgrade.yaml', import.meta.url))
const preload = fileURLToPath(new URL('./jumping-clock.mjs', import.meta.url))

async function buildBy(name: string, options: string): Promise<{ bytes: Record<string, string>; report: { seconds: number } }> {
  const { stdout } = await run(
    process.execPath,
    ['dist/cli/main.js', 'build', recipe, '--out', join(work, name), '--threads', '2', '--json'],
    { env: { ...process.env, NODE_OPTIONS: options } },
  ).catch((failed: { stdout: string; code: number; stderr: string }) => {
    // 2 is a release below grade.
    if (failed.code !== 2) throw new Error(failed.stderr)
    return failed
  })
  const report = JSON.parse(stdout) as { release: string; seconds: number }
  return { bytes: bytesOf(report.release), report }
}

it('a clock that jumps back and forth changes no byte of a release and stops no wait', async () => {
  const steady = await buildBy('steady', '')
  const jumping = await buildBy('jumping', `--import=file://${preload}`)
  // The preload was at work: no steady clock tells of a build of days.
  expect(Math.abs(jumping.report.seconds - steady.report.seconds)).toBeGreaterThan(3600)
  expect(jumping.bytes).toEqual(steady.bytes)
}, 120_000)
