import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { build, explain, verifyRelease } from '../../src/index.ts'

const out = mkdtempSync(join(tmpdir(), 'examples-'))
afterAll(() => rmSync(out, { recursive: true, force: true }))

/** All recipes under examples/, one folder or two deep. */
const recipes = readdirSync('examples', { recursive: true })
  .map(String)
  .filter((path) => path.endsWith('highgrade.yaml'))
  .sort()

/** A stable picture of a folder: path → bytes, signatures aside. */
function bytesOf(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true })
    .map(String)
    .filter((path) => statSync(join(folder, path)).isFile() && !path.endsWith('.sig'))
  return new Map(files.sort().map((path) => [path, readFileSync(join(folder, path)).toString('base64')]))
}

describe('examples', () => {
  it('cover the ten sectors', () => {
    const sectors = new Set(recipes.map((path) => path.split(/[\\/]/)[0]))
    expect([...sectors].sort()).toEqual([
      'agriculture',
      'autonomous-driving',
      'biomanufacturing',
      'education',
      'embodied-intelligence',
      'finance',
      'healthcare',
      'law',
      'low-altitude',
      'manufacturing',
    ])
  })

  it.each(recipes)(
    '%s builds, adds up, verifies, explains',
    async (path) => {
      const built = await build({ input: join('examples', path), out })
      if (!built.ok) throw new Error(built.problem.message.en)
      const { manifest, folder, grade } = built.value
      const { counts } = manifest
      expect(counts.in).toBe(counts.out + counts.merged + counts.quarantined)
      expect(counts.out).toBeGreaterThan(20)
      expect(grade.documentation.score).toBeGreaterThanOrEqual(75)
      const verified = await verifyRelease({ folder })
      expect(verified.ok && verified.value.checks.filter((check) => check.outcome === 'differs')).toEqual([])
      const quarantine = readFileSync(join(out, '.highgrade', manifest.dataset, 'quarantine.jsonl'), 'utf8')
        .split('\n')
        .filter(Boolean)
      expect(quarantine.length).toBe(counts.quarantined)
      const first = quarantine[0] === undefined ? undefined : (JSON.parse(quarantine[0]) as { id: string })
      if (first) {
        const explained = await explain(folder, first.id)
        expect(explained.ok && explained.value.fate).toBe('quarantined')
      }
    },
    120_000,
  )

  it('law is the same bytes on one thread and on two', async () => {
    const folders: string[] = []
    for (const threads of [1, 2]) {
      const built = await build({ input: 'examples/law/highgrade.yaml', out: join(out, `threads-${threads}`), threads })
      if (built.ok) folders.push(built.value.folder)
    }
    const [one, two] = folders.map(bytesOf)
    expect(one?.size).toBeGreaterThan(8)
    expect(one).toEqual(two)
  }, 120_000)
})
