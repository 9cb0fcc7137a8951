// Stages of a build on the benchmark corpus: MB/s of each, peak memory, and the ratio to the floor (reading and parsing the
// same file with nothing done to it) in the same run.
//   node bench/stages.mjs [corpus.jsonl]        default: made by ../shared/peers/make_corpus.py in a temporary folder
import { execFileSync } from 'node:child_process'
import { existsSync, linkSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { build, verifyRelease } from '../dist/index.js'

const work = mkdtempSync(join(tmpdir(), 'bench-stages-'))
try {
  let corpus = process.argv[2] ? resolve(process.argv[2]) : join(work, 'corpus.jsonl')
  if (!existsSync(corpus))
    execFileSync('python3', ['../shared/peers/make_corpus.py', corpus, join(work, 'truth.jsonl')], { stdio: 'inherit' })
  mkdirSync(join(work, 'raw'))
  try {
    linkSync(corpus, join(work, 'raw', 'corpus.jsonl'))
    corpus = join(work, 'raw', 'corpus.jsonl')
  } catch {
    execFileSync('cp', [corpus, join(work, 'raw', 'corpus.jsonl')])
  }
  const megabytes = statSync(corpus).size / 1e6

  const floorStart = performance.now()
  let records = 0
  for (const line of readFileSync(corpus, 'utf8').split('\n')) if (line !== '') records += JSON.parse(line) ? 1 : 0
  const floor = (performance.now() - floorStart) / 1000

  const stages = new Map()
  const start = performance.now()
  const report = ({ stage }) => {
    const now = performance.now()
    const one = stages.get(stage) ?? { from: now, to: now }
    one.to = now
    stages.set(stage, one)
  }
  const outcome = await build({ input: join(work, 'raw'), out: join(work, 'out') }, { clock: () => Date.now(), report })
  const total = (performance.now() - start) / 1000
  if (!outcome.ok) throw new Error(outcome.problem.message.en)
  const peak = process.resourceUsage().maxRSS / 1024
  const verifyStart = performance.now()
  const verified = await verifyRelease({ folder: outcome.value.folder })
  const verifySeconds = (performance.now() - verifyStart) / 1000
  if (!verified.ok || !verified.value.holds) throw new Error('the release does not hold')

  const { counts } = outcome.value.manifest
  console.log(`${cpus()[0]?.model.trim()}, ${cpus().length} cores, Node ${process.version}`)
  console.log(
    `${records} records, ${megabytes.toFixed(1)} MB: in ${counts.in} = out ${counts.out} + merged ${counts.merged} + quarantined ${counts.quarantined}`,
  )
  let before = start
  for (const [stage, { to }] of stages) {
    const seconds = (to - before) / 1000
    before = to
    console.log(`${stage.padEnd(10)} ${seconds.toFixed(2).padStart(7)} s  ${(megabytes / seconds).toFixed(0).padStart(6)} MB/s`)
  }
  console.log(`${'conclude'.padEnd(10)} ${((start + total * 1000 - before) / 1000).toFixed(2).padStart(7)} s`)
  console.log(
    `${'total'.padEnd(10)} ${total.toFixed(2).padStart(7)} s  ${(megabytes / total).toFixed(1).padStart(6)} MB/s  peak ${(peak / 1024).toFixed(2)} GB`,
  )
  console.log(
    `${'verify'.padEnd(10)} ${verifySeconds.toFixed(2).padStart(7)} s  ${(megabytes / verifySeconds).toFixed(1).padStart(6)} MB/s`,
  )
  console.log(
    `${'floor'.padEnd(10)} ${floor.toFixed(2).padStart(7)} s  (read and JSON.parse, one thread); build / floor = ${(total / floor).toFixed(1)}`,
  )
} finally {
  rmSync(work, { recursive: true, force: true })
}
