import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import {
  finishedParts,
  partsFor,
  readNumbered,
  resultsPath,
  tasksPath,
  writeNumbered,
  writeTasks,
} from '../../src/base/engine/spark/stage-folder.ts'
import { decodeOrder, encodeOrder, probeExecutors } from '../../src/base/engine/spark/work-order.ts'

const folder = mkdtempSync(join(tmpdir(), 'stage-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
let stages = 0

/** What worker threads exchange, JSON's blind spots among it. */
const value = fc.oneof(
  fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true, withTypedArray: true }),
  fc.float64Array({ maxLength: 20 }),
)

describe('a stage on disk', () => {
  it('gives every task to one part, and brings values through as threads do', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(value, { minLength: 1, maxLength: 50 }), fc.integer({ min: 1, max: 16 }), async (tasks, cores) => {
        const stage = join(folder, String(stages++))
        const nParts = partsFor(tasks.length, cores)
        await writeTasks(stage, tasks, nParts)
        const read: unknown[] = []
        for (let part = 0; part < nParts; part++) {
          const own = await readNumbered(tasksPath(stage, part))
          expect(own.length).toBeGreaterThan(0)
          for (const one of own) read[one.index] = one.value
        }
        expect(read).toEqual(tasks.map((task) => structuredClone(task)))
      }),
      { numRuns: 60, seed: 20261125 },
    )
  })

  it('shows a part only when it is whole, and refuses one that is cut short', async () => {
    const stage = join(folder, String(stages++))
    await writeNumbered(resultsPath(stage, 7), [{ index: 3, value: 'x'.repeat(100) }])
    writeFileSync(`${resultsPath(stage, 8)}.0123456789ab.partial`, 'half')
    expect(await finishedParts(stage)).toEqual([7])
    const bytes = await readFile(resultsPath(stage, 7))
    writeFileSync(resultsPath(stage, 9), bytes.subarray(0, -1))
    await expect(readNumbered(resultsPath(stage, 9))).rejects.toThrow('cut short')
  })
})

describe('a work order', () => {
  const path = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 })

  it('comes through shell and SQL as it was', () => {
    fc.assert(
      fc.property(path, (odd) => {
        const order = { mode: 'tasks', use: 'refineUnit', module: 'build-tasks.js', folder: odd } as const
        expect(encodeOrder(order)).toMatch(/^[A-Za-z0-9_-]+$/)
        expect(decodeOrder(encodeOrder(order))).toEqual(order)
      }),
    )
  })

  it('finds a program whose path has quotes, blanks and backslashes', () => {
    const program = join(folder, `it's a "path" \\ with $HOME.js`)
    writeFileSync(program, '')
    const sql = probeExecutors({ node: process.execPath, program }, join(folder, 'absent'), 1)
    // As Spark reads the literal: backslash escapes, then bash.
    const literal = /USING '(?<text>(?:\\.|[^'\\])*)'/s.exec(sql)?.groups?.['text'] ?? ''
    const script = literal.replace(/\\(.)/gs, '$1')
    const said = execFileSync('/bin/bash', ['-c', script], { input: '0\n' }).toString().trim().split(' ').slice(1)
    expect(said).toEqual([process.version, 'yes', '-'])
  })
})
