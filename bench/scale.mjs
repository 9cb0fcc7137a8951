// The same build on more and more data: time, processor seconds and peak memory, and how they grow with it.
//   node bench/scale.mjs [rows = 500000] [factors = 1,2,4]
//   TEXTS=1 node bench/scale.mjs [documents = 45000] [factors = 1,2,4]      made by ../shared/peers/make_corpus.py
// MEMORY  megabytes that the build is told to stay within (default: half of the machine's)
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { makeInput } from './make-input.mjs'
import { machine, measuredRun, megabytes, seconds } from './measured-run.mjs'

const isText = process.env.TEXTS === '1'
const size = Number(process.argv[2] ?? (isText ? 45_000 : 500_000))
const factors = (process.argv[3] ?? '1,2,4').split(',').map(Number)
const program = join(dirname(fileURLToPath(import.meta.url)), 'staged-build.mjs')
const memory = process.env.MEMORY ? ['0', String(Number(process.env.MEMORY) * 2 ** 20)] : []
const ratio = (now, then) => (now / then).toFixed(2).padStart(7)

console.log(`${machine()}; ${isText ? 'texts' : 'rows of a table'}${process.env.MEMORY ? `, within ${process.env.MEMORY} MB` : ''}`)
console.log('   records      MB       s     cpu-s  peak MB   × size  × time  × peak')
let first
for (const factor of factors) {
  const work = mkdtempSync(join(tmpdir(), 'bench-scale-'))
  try {
    const { raw, file } = makeInput(work, isText, size * factor)
    const { result, ...run } = await measuredRun(process.execPath, [program, raw, join(work, 'out'), ...memory])
    const bytes = statSync(file).size
    first ??= { bytes, ...run }
    console.log(
      [
        String(result.counts.in).padStart(10),
        megabytes(bytes).padStart(7),
        seconds(run.seconds),
        seconds(result.cpu).padStart(9),
        megabytes(run.peak).padStart(8),
        ` ${ratio(bytes, first.bytes)}`,
        ratio(run.seconds, first.seconds),
        ratio(run.peak, first.peak),
      ].join(' '),
    )
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}
