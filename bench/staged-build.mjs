// One build in a process of its own, so that its memory is its own; prints one line of JSON: counts, tables, root, stages, processor seconds.
//   node bench/staged-build.mjs <recipe or folder> <out> [threads] [memory in bytes]
import { build } from '../dist/index.js'

const [input, out, threads, memory] = process.argv.slice(2)
const start = performance.now()
const ends = new Map()
const report = ({ stage }) => ends.set(stage, performance.now())
const outcome = await build(
  { input, out, threads: threads ? Number(threads) : undefined, memoryBytes: memory ? Number(memory) : undefined },
  { clock: () => Date.now(), report },
)
if (!outcome.ok) throw new Error(outcome.problem.message.en)
const stages = {}
let before = start
for (const [stage, end] of ends) {
  stages[stage] = (end - before) / 1000
  before = end
}
stages.conclude = (performance.now() - before) / 1000
const { counts, root, tables } = outcome.value.manifest
const found = tables.map(({ name, records, files }) => ({ name, records, files: files.map(({ path }) => path) }))
const { user, system } = process.cpuUsage()
console.log(JSON.stringify({ folder: outcome.value.folder, counts, root, tables: found, stages, cpu: (user + system) / 1e6 }))
