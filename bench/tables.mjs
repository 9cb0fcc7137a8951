// A large dirty CSV to clean Parquet: ours and three peers on the same file, in the same run.
//   node bench/tables.mjs [rows = 10000000]
// PEERS  a Python with pandas, pyarrow, polars and duckdb (default: a throw-away venv from PyPI)
// FOLDER where the CSV is made and kept (default: a temporary folder, removed at the end)
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { makeTable } from './make-table.mjs'
import { machine, measuredRun, megabytes, seconds } from './measured-run.mjs'
import { peerPython, versionsOf } from './peer-python.mjs'

const rows = Number(process.argv[2] ?? 10_000_000)
const here = dirname(fileURLToPath(import.meta.url))
const work = mkdtempSync(join(tmpdir(), 'bench-tables-'))
const folder = process.env.FOLDER ?? work

const RECIPE = `dataset: production
version: 1.0.0
tables:
  production:
    modality: table
    from: [raw/*.csv]
    fields:
      - { name: order, type: category, from: [工单号], role: identifier, required: true }
      - { name: time, type: timestamp, from: [时间], role: time }
      - { name: line, type: category, from: [产线] }
      - { name: machine, type: category, from: [设备] }
      - { name: temperature, type: number, from: [温度], unit: Cel, range: [-40, 200] }
      - { name: pressure, type: number, from: [压力], range: [0, 10] }
      - { name: quantity, type: integer, from: [数量] }
      - { name: remark, type: text, from: [备注], role: note }
    steps:
      - { use: table/range, action: missing }
      - table/missing-share
      - { use: table/trim-text, columns: [remark] }
`

try {
  const input = join(folder, `table-${rows}`)
  const csv = join(input, 'raw', 'production.csv')
  if (!existsSync(join(input, 'truth.json'))) {
    mkdirSync(join(input, 'raw'), { recursive: true })
    writeFileSync(join(input, 'truth.json'), JSON.stringify(makeTable(csv, rows)))
  }
  const truth = JSON.parse(readFileSync(join(input, 'truth.json'), 'utf8'))
  const size = statSync(csv).size
  writeFileSync(join(input, 'highgrade.yaml'), RECIPE)
  const wanted = truth.rows - truth.untyped - truth.empty - truth.copies
  const python = peerPython(['pandas==3.1.1', 'pyarrow==26.0.1', 'polars==2.1.0', 'duckdb==2.0.1'], work)
  console.log(`${machine()}; ${versionsOf(python, ['pandas', 'polars', 'duckdb'])}`)
  console.log(
    `${rows} rows, ${megabytes(size)} MB; right is ${wanted} kept, ${truth.copies} merged, ${truth.untyped + truth.empty} refused`,
  )

  const ours = await measuredRun(process.execPath, [join(here, 'staged-build.mjs'), join(input, 'highgrade.yaml'), join(work, 'out')])
  const { counts, stages } = ours.result
  if (counts.in !== rows || counts.in !== counts.out + counts.merged + counts.quarantined) throw new Error('ours lost rows')
  line('highgrade', ours, counts.out, counts.merged, counts.quarantined)
  console.log(
    `  ${Object.entries(stages)
      .map(([name, value]) => `${name} ${value.toFixed(1)}`)
      .join(' s · ')} s`,
  )
  for (const peer of ['duckdb', 'polars', 'pandas']) {
    const run = await measuredRun(python, [join(here, 'peers', `table_${peer}.py`), csv, join(work, `${peer}.parquet`)])
    const { kept, merged, refused } = run.result
    line(peer, run, kept, merged, refused, ours.seconds / run.seconds)
  }

  function line(name, { seconds: took, peak }, kept, merged, refused, ratio) {
    const right = kept === wanted && merged === truth.copies ? 'right' : 'WRONG'
    const times = ratio === undefined ? '' : `ours takes ${ratio.toFixed(2)} × as long`
    console.log(
      `${name.padEnd(10)}${seconds(took)} s  ${megabytes(size / took).padStart(4)} MB/s  peak ${(peak / 2 ** 30).toFixed(2)} GB  kept ${kept}, merged ${merged}, refused ${refused}: ${right}  ${times}`,
    )
  }
} finally {
  rmSync(work, { recursive: true, force: true })
}
