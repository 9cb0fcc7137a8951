import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { openPool } from '../../../src/base/engine/index.ts'
import { problemOf } from '../../../src/base/problem/index.ts'

const work = mkdtempSync(join(tmpdir(), 'lost-'))
afterAll(() => rmSync(work, { recursive: true, force: true }))

interface Task {
  readonly n: number
  readonly log: string
  readonly how?: 'exit' | 'memory' | 'throw'
  readonly times?: number
}
const MODULE = new URL('./dying-tasks.mjs', import.meta.url)
const MEMORY = 256 << 20

async function run(
  name: string,
  deaths: Readonly<Record<number, Pick<Task, 'how' | 'times'>>>,
): Promise<{ results: { n: number }[]; done: number[]; tries: string[] }> {
  const log = join(work, name)
  const tasks = Array.from({ length: 6 }, (_, n): Task => ({ n, log, ...deaths[n] }))
  const pool = openPool(MODULE, 2, MEMORY)
  const done: number[] = []
  try {
    const results = await pool.runAll<Task, { n: number }>('work', tasks, (_, index) => done.push(index))
    return { results, done, tries: readFileSync(log, 'utf8').trim().split('\n') }
  } finally {
    await pool.close()
  }
}

describe('a task whose worker is lost', () => {
  it.each(['exit', 'memory'] as const)(
    'by %s is run again after the others, and each result comes once',
    async (how) => {
      const { results, done, tries } = await run(`once-${how}`, { 1: { how, times: 1 }, 4: { how, times: 1 } })
      expect(results.map(({ n }) => n)).toEqual([0, 1, 2, 3, 4, 5])
      expect(done.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5])
      expect(done.slice(-2)).toEqual([1, 4])
      expect(tries).toHaveLength(8)
      expect(tries.slice(-2)).toEqual(['1', '4'])
    },
    60_000,
  )

  it.each([
    ['exit', 'engine/worker-lost'],
    ['memory', 'engine/worker-out-of-memory'],
  ] as const)(
    'twice by %s ends the run with what to do',
    async (how, code) => {
      const error = await run(`twice-${how}`, { 2: { how, times: 9 } }).catch((thrown: unknown) => thrown)
      const problem = problemOf(error)
      expect(problem?.code).toBe(code)
      expect(problem?.message.en).toContain('work 3/6')
      expect(problem?.advice.zh).toContain('再次运行')
    },
    60_000,
  )
})

it('a pool that is closed while its threads load does not take the process with it', () => {
  const script = fileURLToPath(new URL('./closed-early.mjs', import.meta.url))
  expect(execFileSync(process.execPath, [script], { encoding: 'utf8' })).toBe('40\n')
}, 120_000)

it('a task that fails by itself is not run again', async () => {
  await expect(run('fault', { 0: { how: 'throw', times: 1 } })).rejects.toThrow('its own fault')
  expect(
    readFileSync(join(work, 'fault'), 'utf8')
      .split('\n')
      .filter((one) => one === '0'),
  ).toHaveLength(1)
})

it('what a task throws after it is done ends neither the process nor the work', async () => {
  const pool = openPool(MODULE, 1, MEMORY)
  try {
    for (const n of [1, 2, 3]) {
      expect(await pool.runAll('late', [{ n }])).toEqual([{ n }])
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  } finally {
    await pool.close()
  }
})
