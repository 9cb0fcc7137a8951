// A plant historian's export to clean series, and to minute means in hourly windows: ours, polars and pandas on the same files.
//   node bench/series.mjs [timestamps = 1000000] [tags = 100]
// PEERS  a Python with pandas, pyarrow and polars (default: a throw-away venv from PyPI)
// FOLDER where the CSV files are made and kept (default: a temporary folder, removed at the end)
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { makeSeries } from './make-series.mjs'
import { machine, measuredRun, megabytes, seconds } from './measured-run.mjs'
import { peerPython, versionsOf } from './peer-python.mjs'

const timestamps = Number(process.argv[2] ?? 1_000_000)
const nTags = Number(process.argv[3] ?? 100)
const here = dirname(fileURLToPath(import.meta.url))
const work = mkdtempSync(join(tmpdir(), 'bench-series-'))
const folder = process.env.FOLDER ?? work

const table = (name, rest) => `dataset: ${name}
version: 1.0.0
tables:
  ${name}:
    modality: series
    from: [raw/*.csv]
${rest}`
const RECIPES = {
  clean: (fields) =>
    table(
      'clean',
      `    fields:\n${fields}
    steps:
      - series/clock-order
      - { use: series/gaps, maxGapMs: 60000 }
      - series/stuck-sensor
      - series/spikes
`,
    ),
  windows: (fields, tags) =>
    table(
      'windows',
      `    fields:\n${fields}
    reshape:
      - { kind: resample, time: time, everyMs: 60000 }
      - { kind: window, time: time, lengthMs: 3600000, stepMs: 3600000, columns: [${tags.map((tag) => `'${tag}'`).join(', ')}] }
    steps: []
`,
    ),
}

try {
  const input = join(folder, `series-${timestamps}x${nTags}`)
  const raw = join(input, 'raw')
  if (!existsSync(join(input, 'truth.json'))) {
    mkdirSync(input, { recursive: true })
    writeFileSync(join(input, 'truth.json'), JSON.stringify(makeSeries(raw, timestamps, nTags)))
  }
  const truth = JSON.parse(readFileSync(join(input, 'truth.json'), 'utf8'))
  const files = readdirSync(raw).sort()
  const size = files.reduce((sum, name) => sum + statSync(join(raw, name)).size, 0)
  const tags = readFileSync(join(raw, files[0]), 'utf8').split('\n', 1)[0].split(',').slice(1)
  const fields = [
    `      - { name: time, type: timestamp, from: [时间], role: time, required: true }`,
    ...tags.map((tag) => `      - { name: '${tag}', type: number, role: feature }`),
  ].join('\n')
  const python = peerPython(['pandas==3.1.1', 'pyarrow==26.0.1', 'polars==2.1.0'], work)
  console.log(`${machine()}; ${versionsOf(python, ['pandas', 'polars'])}`)
  console.log(
    `${(truth.rows * nTags) / 1e6} M points in ${files.length} files, ${megabytes(size)} MB; planted: ${truth.spikes} spikes, ${truth.stuck} stuck values, ${truth.gaps} gaps`,
  )

  let total = 0
  let peak = 0
  for (const [name, recipe] of Object.entries(RECIPES)) {
    writeFileSync(join(input, `${name}.yaml`), recipe(fields, tags))
    const run = await measuredRun(process.execPath, [join(here, 'staged-build.mjs'), join(input, `${name}.yaml`), join(work, 'out')])
    const { counts, stages, folder: release, tables } = run.result
    if (counts.in !== counts.out + counts.merged + counts.quarantined) throw new Error('ours lost rows')
    total += run.seconds
    peak = Math.max(peak, run.peak)
    const left = await measuredRun(python, [
      join(here, 'peers', 'series_missing.py'),
      ...tables[0].files.map((path) => join(release, path)),
    ])
    console.log(
      `  ${name}: ${seconds(run.seconds)} s, in ${counts.in} = out ${counts.out} + merged ${counts.merged} + refused ${counts.quarantined}${name === 'clean' ? `, ${left.result.missing - truth.missing} values taken out` : ''}`,
    )
    console.log(
      `    ${Object.entries(stages)
        .map(([stage, value]) => `${stage} ${value.toFixed(1)}`)
        .join(' s · ')} s`,
    )
  }
  print('highgrade', total, peak, '')
  for (const peer of ['polars', 'pandas']) {
    const run = await measuredRun(python, [join(here, 'peers', `series_${peer}.py`), raw, join(work, peer)])
    const { rows, removed, spikes, windows } = run.result
    print(
      peer,
      run.seconds,
      run.peak,
      `rows ${rows}, ${removed} values taken out, ${spikes} of them as spikes, ${windows} windows; ours takes ${(total / run.seconds).toFixed(2)} × as long`,
    )
  }

  function print(name, took, most, rest) {
    console.log(
      `${name.padEnd(10)}${seconds(took)} s  ${((truth.rows * nTags) / took / 1e6).toFixed(2).padStart(6)} M points/s  peak ${(most / 2 ** 30).toFixed(2)} GB  ${rest}`,
    )
  }
} finally {
  rmSync(work, { recursive: true, force: true })
}
