import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { contentFiles, publish } from '../../../src/release/publish.ts'
import { temporaryFolder } from '../make-release.ts'

function staged(folder: string, manifest: string): string {
  const place = join(folder, `.staged-${manifest.length}`)
  mkdirSync(join(place, 'data'), { recursive: true })
  writeFileSync(join(place, 'manifest.json'), manifest)
  writeFileSync(join(place, 'manifest.json.sig'), '{}')
  writeFileSync(join(place, 'data', 'a.parquet'), 'PAR1')
  return place
}

describe('publishing', () => {
  it('moves a version to its place, whole', async () => {
    const folder = join(temporaryFolder(), 'maize')
    const from = staged(temporaryFolder(), '{"root":"a"}')
    expect(await publish(from, folder, '1.0.0')).toEqual({ ok: true, value: join(folder, '1.0.0') })
    expect(existsSync(from)).toBe(false)
    expect(await contentFiles(join(folder, '1.0.0'))).toEqual(['data/a.parquet'])
  })

  it('accepts the same content again and leaves the version as it is', async () => {
    const folder = temporaryFolder()
    await publish(staged(folder, '{"root":"a"}'), folder, '1.0.0')
    writeFileSync(join(folder, '1.0.0', 'seen'), 'before')
    const again = staged(folder, '{"root":"a"}')
    expect((await publish(again, folder, '1.0.0')).ok).toBe(true)
    expect(existsSync(again)).toBe(false)
    expect(readFileSync(join(folder, '1.0.0', 'seen'), 'utf8')).toBe('before')
  })

  it('refuses other content under a version that exists, and touches neither', async () => {
    const folder = temporaryFolder()
    await publish(staged(folder, '{"root":"a"}'), folder, '1.0.0')
    const other = await publish(staged(folder, '{"root":"other"}'), folder, '1.0.0')
    expect(other.ok ? '' : other.problem.code).toBe('release/version-taken')
    expect(readFileSync(join(folder, '1.0.0', 'manifest.json'), 'utf8')).toBe('{"root":"a"}')
    expect((await publish(staged(folder, '{"root":"other"}'), folder, '1.1.0')).ok).toBe(true)
  })

  it('refuses a folder in its place that holds no manifest', async () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, '1.0.0'))
    expect((await publish(staged(folder, '{}'), folder, '1.0.0')).ok).toBe(false)
  })
})
