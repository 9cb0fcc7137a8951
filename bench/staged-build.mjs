// One build in a process of its own, so that its memory is its own; prints one line of JSON: counts, tables, root, stages.
//   node bench/staged-build.mjs <recipe or folder> <out>
import { build } from '../dist/index.js'

const [input, out] = process.argv.slice(2)
const start = performance.now()
const ends = new Map()
const report = ({ stage }) => ends.set(stage, performance.now())
const outcome = await build({ input, out }, { clock: () => Date.now(), report })
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
console.log(JSON.stringify({ folder: outcome.value.folder, counts, root, tables: found, stages }))
