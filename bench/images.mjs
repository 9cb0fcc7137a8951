// Small images to a clean, unique set: decode, quality, perceptual hash, near copies. Ours and imagededup on the same files.
//   node bench/images.mjs [images = 20000]
// PEERS  a Python with imagededup and Pillow (default: a throw-away venv from PyPI)
// FOLDER where the images are made and kept (default: a temporary folder, removed at the end)
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { makeImages } from './make-images.mjs'
import { machine, measuredRun, seconds } from './measured-run.mjs'
import { peerPython, versionsOf } from './peer-python.mjs'

const n = Number(process.argv[2] ?? 20_000)
const here = dirname(fileURLToPath(import.meta.url))
const work = mkdtempSync(join(tmpdir(), 'bench-images-'))
const folder = process.env.FOLDER ?? work

const RECIPE = `dataset: pictures
version: 1.0.0
tables:
  pictures:
    modality: image
    from: [raw/**]
release: { media: files }
`

try {
  const input = join(folder, `images-${n}`)
  const raw = join(input, 'raw')
  if (!existsSync(join(input, 'truth.json'))) {
    mkdirSync(raw, { recursive: true })
    writeFileSync(join(input, 'truth.json'), JSON.stringify(await makeImages(raw, n)))
  }
  const truth = JSON.parse(readFileSync(join(input, 'truth.json'), 'utf8'))
  writeFileSync(join(input, 'highgrade.yaml'), RECIPE)
  const python = peerPython(['imagededup==0.3.3.post2', 'pillow==13.0.0'], work)
  console.log(`${machine()}; ${versionsOf(python, ['imagededup', 'pillow'])}`)
  const count = (kind) => truth.filter((one) => one.kind === kind).length
  const bad = count('blurred') + count('black') + count('broken')
  console.log(`${n} images; right is ${count('new')} kept, ${count('exact')} exact and ${count('near')} near copies merged, ${bad} refused`)

  const ours = await measuredRun(process.execPath, [join(here, 'staged-build.mjs'), join(input, 'highgrade.yaml'), join(work, 'out')])
  const { counts, stages } = ours.result
  if (counts.in !== n || counts.in !== counts.out + counts.merged + counts.quarantined) throw new Error('ours lost images')
  console.log(
    `highgrade ${seconds(ours.seconds)} s  ${(n / ours.seconds).toFixed(0).padStart(5)} images/s  peak ${(ours.peak / 2 ** 30).toFixed(2)} GB  kept ${counts.out}, merged ${counts.merged}, refused ${counts.quarantined}`,
  )
  console.log(
    `  ${Object.entries(stages)
      .map(([name, value]) => `${name} ${value.toFixed(1)}`)
      .join(' s · ')} s`,
  )
  const run = await measuredRun(python, [join(here, 'peers', 'images_imagededup.py'), raw, join(input, 'truth.json')])
  for (const [method, found] of Object.entries(run.result.methods)) {
    console.log(`imagededup ${method}: ${found.seconds.toFixed(1)} s; pairs found ${found.found} of ${found.pairs}, false ${found.wrong}`)
  }
  const ratio = (ours.seconds / (run.result.quality + run.result.methods.phash.seconds)).toFixed(2)
  console.log(
    `imagededup${seconds(run.seconds)} s  ${(n / run.seconds).toFixed(0).padStart(5)} images/s  peak ${(run.peak / 2 ** 30).toFixed(2)} GB  quality ${run.result.quality.toFixed(1)} s, refused ${run.result.refused}; ours takes ${(ours.seconds / run.seconds).toFixed(2)} × as long, ${ratio} × as its quality and PHash alone`,
  )
} finally {
  rmSync(work, { recursive: true, force: true })
}
