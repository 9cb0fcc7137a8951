// Small pictures as a camera line leaves them: JPEG and PNG, with exact copies, near copies, blurred, black and broken ones.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { seeded } from './peer-python.mjs'

const WIDTH = 320
const HEIGHT = 240
const COARSE = 7
const FINE = 33

/** A picture of soft shapes with fine texture; no two seeds give the same one. */
function pixelsOf(seed) {
  const random = seeded(seed)
  const coarse = Float64Array.from({ length: COARSE * COARSE * 3 }, () => random() * 200 + 20)
  const fine = Float64Array.from({ length: FINE * FINE }, () => (random() - 0.5) * 110)
  const pixels = new Uint8Array(WIDTH * HEIGHT * 3)
  for (let y = 0; y < HEIGHT; y++) {
    const [cy, fy] = [(y / HEIGHT) * (COARSE - 1), (y / HEIGHT) * (FINE - 1)]
    for (let x = 0; x < WIDTH; x++) {
      const detail = fine[Math.floor(fy) * FINE + Math.floor((x / WIDTH) * (FINE - 1))]
      const cx = (x / WIDTH) * (COARSE - 1)
      const [x0, y0, u, v] = [Math.floor(cx), Math.floor(cy), cx % 1, cy % 1]
      for (let c = 0; c < 3; c++) {
        const at = (row, column) => coarse[(row * COARSE + column) * 3 + c]
        const level = (at(y0, x0) * (1 - u) + at(y0, x0 + 1) * u) * (1 - v) + (at(y0 + 1, x0) * (1 - u) + at(y0 + 1, x0 + 1) * u) * v
        pixels[(y * WIDTH + x) * 3 + c] = Math.max(0, Math.min(255, level + detail))
      }
    }
  }
  return sharp(pixels, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } })
}

const black = () => sharp({ create: { width: WIDTH, height: HEIGHT, channels: 3, background: '#020202' } })

const COPIES = [
  (image) => image.jpeg({ quality: 60 }).toBuffer(),
  (image) =>
    image
      .resize(WIDTH / 2)
      .jpeg({ quality: 85 })
      .toBuffer(),
  (image) => image.modulate({ brightness: 1.06 }).jpeg({ quality: 90 }).toBuffer(),
  (image) => image.png({ palette: true, quality: 70 }).toBuffer(),
]

/** Shares of files that are no copies, up to each bound. */
const KINDS = [
  [0.14, 'blurred'],
  [0.145, 'black'],
  [0.147, 'broken'],
  [1, 'new'],
]
const COPIED_SHARE = 0.12
const EXACT_SHARE = 0.02

function planOne(plan, random) {
  const roll = random()
  const of = plan.length > 0 ? Math.floor(random() * plan.length) : 0
  const how = Math.floor(random() * COPIES.length)
  if (roll < COPIED_SHARE && plan[of]?.kind === 'new') return { kind: roll < EXACT_SHARE ? 'exact' : 'near', picture: of, how }
  return { kind: KINDS.find(([bound]) => roll < bound)[1], picture: plan.length, how }
}

/**
 * Makes `n` files. @returns for each file its kind and its picture
 */
export async function makeImages(folder, n, seed = 20261125) {
  const random = seeded(seed)
  const plan = []
  for (let i = 0; i < n; i++) plan.push(planOne(plan, random))
  for (let start = 0; start < n; start += 64)
    await Promise.all(plan.slice(start, start + 64).map((one, k) => writeOne(folder, start + k, one)))
  return plan
}

async function writeOne(folder, i, { kind, picture, how }) {
  const isPng = picture % 5 === 4
  const original = () => (isPng ? pixelsOf(picture).png({ compressionLevel: 6 }) : pixelsOf(picture).jpeg({ quality: 88 })).toBuffer()
  const made = {
    new: original,
    exact: original,
    near: () => COPIES[how](pixelsOf(picture)),
    blurred: () => pixelsOf(picture).blur(9).jpeg({ quality: 88 }).toBuffer(),
    black: () => black().jpeg().toBuffer(),
    broken: async () => (await original()).subarray(0, 2000),
  }
  const bytes = await made[kind]()
  const inside = join(folder, `${Math.floor(i / 1000)}`)
  mkdirSync(inside, { recursive: true })
  writeFileSync(join(inside, nameOf(i, bytes)), bytes)
}

const nameOf = (i, bytes) => `${String(i).padStart(6, '0')}.${bytes[0] === 0x89 ? 'png' : 'jpg'}`
