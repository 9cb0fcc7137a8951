// The same build on one thread, two, …: how much faster, and the same root.
//   node bench/workers.mjs [rows = 500000] [threads = 1,2]
//   TEXTS=1 node bench/workers.mjs [documents = 45000] [threads = 1,2]      made by ../shared/peers/make_corpus.py
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { makeInput } from './make-input.mjs'
import { machine, measuredRun, megabytes, seconds } from './measured-run.mjs'

const isText = process.env.TEXTS === '1'
const size = Number(process.argv[2] ?? (isText ? 45_000 : 500_000))
const threads = (process.argv[3] ?? '1,2').split(',').map(Number)
const program = join(dirname(fileURLToPath(import.meta.url)), 'staged-build.mjs')
const work = mkdtempSync(join(tmpdir(), 'bench-workers-'))

try {
  const { raw } = makeInput(work, isText, size)
  console.log(`${machine()}; ${size} ${isText ? 'texts' : 'rows of a table'}`)
  console.log('threads       s  × faster    cpu-s  peak MB  stages')
  let first
  for (const n of threads) {
    const run = await measuredRun(process.execPath, [program, raw, join(work, `out-${n}`), String(n)])
    first ??= run
    if (run.result.root !== first.result.root)
      throw new Error(`on ${n} threads the root is ${run.result.root}, on ${threads[0]} ${first.result.root}`)
    const stages = Object.entries(run.result.stages).map(([stage, took]) => `${stage} ${took.toFixed(1)}`)
    console.log(
      `${String(n).padStart(7)} ${seconds(run.seconds)}  ${(first.seconds / run.seconds).toFixed(2).padStart(8)} ${seconds(run.result.cpu).padStart(8)}  ${megabytes(run.peak).padStart(7)}  ${stages.join(', ')}`,
    )
  }
} finally {
  rmSync(work, { recursive: true, force: true })
}
