import { spawnSync } from 'node:child_process'
import { createReadStream, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SparkOptions } from '../../src/base/engine/index.ts'
import { decodeOrder } from '../../src/base/engine/spark/work-order.ts'
import { build, type Released } from '../../src/index.ts'
import { foundSparks, SMALL_SPARK } from './found-sparks.ts'

const work = mkdtempSync(join(tmpdir(), 'spark-'))
afterAll(() => rmSync(work, { recursive: true, force: true }))

const DATA = join(process.cwd(), '..', 'shared', 'data')
const CORPUS = process.env['HIGHGRADE_CORPUS'] ?? '/tmp/corpus.jsonl'
const DOCUMENTS = 20_000

const documents = join(work, 'documents')

/** What is built on every engine: real folders of series, tables and texts, examples of tables, series and images, and the documents. */
const INPUTS: readonly string[] = [
  join(DATA, '01-industrial-manufacturing'),
  join(DATA, '10-chinese-text'),
  'examples/law/highgrade.yaml',
  'examples/manufacturing/highgrade.yaml',
  documents,
]

const sparks = foundSparks('builds on Spark')
const cluster = sparks.filter(({ master }) => master.startsWith('spark://'))

/** Of a run with little time (HIGHGRADE_SPARK_INPUTS=few). Where there is a cluster it builds them, and one process only the first. */
const FEW: readonly string[] = ['examples/law/highgrade.yaml', documents]
const wanted = process.env['HIGHGRADE_SPARK_INPUTS'] === 'few' ? FEW : INPUTS
const isWhole = (master: string): boolean => cluster.length === 0 || master.startsWith('spark://')
const inputsOn = (master: string): readonly string[] => (isWhole(master) ? wanted : FEW.slice(0, 1))

function* generatedDocuments(): Iterable<string> {
  for (let i = 0; i < DOCUMENTS; i++) {
    const source = i % 10 === 3 ? i - 3 : i
    const words = Array.from({ length: 80 }, (_, k) => `word${(source * 31 + k * k * (source % 7)) % 997}`)
    if (i % 20 === 3) words[40] = `changed${i}`
    yield JSON.stringify({ id: i, text: `${words.join(' ')}.`, label: source % 3 })
  }
}

/** The first documents of the corpus that the peers are measured on; generated ones, said aloud, where it is not. */
async function writeDocuments(): Promise<void> {
  const lines: string[] = []
  if (existsSync(CORPUS)) {
    for await (const line of createInterface({ input: createReadStream(CORPUS) })) if (lines.push(line) >= DOCUMENTS) break
  } else {
    process.stderr.write(`builds on Spark: ${CORPUS} is absent (see ../shared/peers): generated documents instead\n`)
    lines.push(...generatedDocuments())
  }
  mkdirSync(documents, { recursive: true })
  writeFileSync(join(documents, 'documents.jsonl'), lines.join('\n'))
}

/** Every file of a release by name, signatures aside: their key is another in each run of the tests. */
function bytesOf(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true })
    .map(String)
    .filter((path) => statSync(join(folder, path)).isFile() && !path.endsWith('.sig'))
  return new Map(files.sort().map((path) => [path, readFileSync(join(folder, path)).toString('base64')]))
}

let outs = 0

async function built(input: string, engine: { readonly threads: number } | { readonly spark: SparkOptions }, onStage = (_: string) => {}) {
  const out = join(work, `out-${outs++}`)
  const made = await build({ input, out, ...engine }, { clock: () => 0, report: ({ stage }) => onStage(stage) })
  if (!made.ok) throw new Error(`${made.problem.message.en} ${made.problem.advice.en}`)
  return made.value
}

function expectSame(release: Released, expected: Released): void {
  expect(release.manifest.root).toBe(expected.manifest.root)
  expect(bytesOf(release.folder)).toEqual(bytesOf(expected.folder))
}

/** Embedded releases, made once. */
const embedded = new Map<string, Released>()

beforeAll(async () => {
  if (sparks.length === 0) return
  await writeDocuments()
  for (const input of inputs()) {
    const one = await built(input, { threads: 1 })
    expectSame(await built(input, { threads: 2 }), one)
    embedded.set(input, one)
  }
}, 600_000)

function inputs(): string[] {
  const there = wanted.filter((input) => input === documents || existsSync(input))
  for (const input of wanted) if (!there.includes(input)) process.stderr.write(`builds on Spark: ${input} is absent, not built\n`)
  return there
}

/** Processes as /proc shows them: id, id of the parent, words of the command line. */
function processes(): { readonly pid: number; readonly parent: number; readonly words: readonly string[] }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
        const words = readFileSync(`/proc/${name}/cmdline`, 'utf8').split('\0')
        return [{ pid: Number(name), parent: Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]), words }]
      } catch {
        // It has ended since the folder was listed.
        return []
      }
    })
}

/** An executor of our own workers that runs units of refinement at this moment. */
function busyExecutor(workers: readonly number[]): number | undefined {
  const all = processes()
  const isUnit = (words: readonly string[]): boolean =>
    (words[1] ?? '').endsWith('executor.js') && decodeOrder(words[2] ?? '').use === 'refineUnit'
  return all.find(({ pid, parent }) => workers.includes(parent) && all.some((child) => child.parent === pid && isUnit(child.words)))?.pid
}

describe('builds on Spark', () => {
  it('say without Spark what is missing, and where', async () => {
    const before = process.env['SPARK_HOME']
    process.env['SPARK_HOME'] = join(work, 'nowhere')
    const made = await build({ input: 'examples/law/highgrade.yaml', out: join(work, 'none'), spark: { master: 'local[1]' } })
    if (before === undefined) delete process.env['SPARK_HOME']
    else process.env['SPARK_HOME'] = before
    expect(made.ok ? '' : made.problem.code).toBe('engine/spark-missing')
  })
})

describe.each(sparks)('a build on Spark at $home, $master', ({ home, master }) => {
  const spark: SparkOptions = { master, conf: SMALL_SPARK, node: process.execPath }

  beforeAll(() => {
    process.env['SPARK_HOME'] = home
  })

  it.each(inputsOn(master))(
    'gives the bytes of the embedded engine: %s',
    async (input) => {
      const expected = embedded.get(input)
      if (expected) expectSame(await built(input, { spark }), expected)
      else process.stderr.write(`not built: ${input}\n`)
    },
    300_000,
  )

  it.runIf(isWhole(master))(
    'gives the same bytes with duplicates resolved as relations',
    async () => {
      const release = await built(documents, { spark: { ...spark, relateFrom: 0 } })
      expect(release.manifest.counts.merged).toBeGreaterThan(300)
      expectSame(release, embedded.get(documents) as Released)
    },
    300_000,
  )

  it('says which executor lacks Node.js', async () => {
    const made = await build({ input: documents, out: join(work, 'none'), spark: { ...spark, node: '/nowhere/node' } })
    expect(made.ok ? '' : made.problem.code).toBe('engine/executor-node-missing')
  }, 120_000)
})

const workers = (process.env['HIGHGRADE_SPARK_WORKERS'] ?? '').split(' ').filter(Boolean).map(Number)

describe.each(cluster)('a cluster of Spark at $home', ({ home, master }) => {
  const spark: SparkOptions = { master, conf: SMALL_SPARK, node: process.execPath }

  it('goes on when an executor is killed in the middle of a stage', async () => {
    process.env['SPARK_HOME'] = home
    let killed = 0
    const timer = setInterval(() => {
      const victim = killed === 0 ? busyExecutor(workers) : undefined
      if (victim === undefined) return
      killed = victim
      process.kill(victim, 'SIGKILL')
    }, 50)
    const release = await built(documents, { spark }).finally(() => clearInterval(timer))
    expect(killed).toBeGreaterThan(0)
    expectSame(release, embedded.get(documents) as Released)
  }, 300_000)

  it('runs what was sent to it, away from the installed package', async () => {
    process.env['SPARK_HOME'] = home
    // Started as its own process so that nothing of this one's modules can stand in for what is missing in the archive.
    const out = join(work, 'shipped')
    const words = [
      'build',
      documents,
      '--out',
      out,
      '--engine',
      'spark',
      '--master',
      master,
      '--spark-ship',
      '--spark-node',
      process.execPath,
    ]
    const conf = SMALL_SPARK.flatMap((setting) => ['--spark-conf', setting])
    const run = spawnSync(process.execPath, ['dist/cli/main.js', ...words, ...conf, '--json'], { encoding: 'utf8' })
    expect(run.stderr).not.toContain('highgrade:')
    const summary = JSON.parse(run.stdout) as { root: string }
    expect(summary.root).toBe((embedded.get(documents) as Released).manifest.root)
  }, 300_000)
})
