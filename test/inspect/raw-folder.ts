import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll } from 'vitest'
import type { Outcome } from '../../src/base/problem/index.ts'

const made: string[] = []

afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true })
})

/** An empty folder that is gone after the tests. */
export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'highgrade-test-'))
  made.push(folder)
  return folder
}

/** A folder of files by path. */
export function rawFolder(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = emptyFolder()
  for (const [path, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), bytes)
  }
  return folder
}

/** Paths, sizes and times of everything below a folder. */
export function contentsOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((path) => {
      const { size, mtimeMs } = statSync(join(folder, path))
      return `${path} ${size} ${mtimeMs}`
    })
}

const SHARED = fileURLToPath(new URL('../../../shared/data/', import.meta.url))

/** A folder of real data brought beside the repository; undefined, said aloud, where it is not. */
export function sharedFolder(name: string): string | undefined {
  if (existsSync(SHARED + name)) return SHARED + name
  process.stderr.write(`not run on real data: ${SHARED}${name} is absent\n`)
  return undefined
}

/** The value of an outcome that must not fail. */
export function given<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value
  throw new Error(`${outcome.problem.code}: ${outcome.problem.message.en}`)
}
