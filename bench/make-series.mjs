// A plant historian's export: a wide CSV a day, one row a second, one column a tag; with gaps, spikes, stuck sensors and missing values.
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { seeded } from './peer-python.mjs'

const DAY_ROWS = 86_400
const START = Date.UTC(2024, 2, 1)
const BUFFER = 8 << 20
const CENTS = Array.from({ length: 100 }, (_, n) => (n < 10 ? `.0${n}` : `.${n}`))

const tagName = (tag) => `${['TI', 'PI', 'FI', 'LI'][tag % 4]}-${String(tag + 1).padStart(3, '0')}`

/** Ornstein–Uhlenbeck walks in hundredths, around a level of each tag. */
function startTags(nTags) {
  return Array.from({ length: nTags }, (_, tag) => ({ level: 2000 + tag * 137, value: 2000 + tag * 137, stuck: 0 }))
}

/** @returns rows and what was planted: spikes, repeats that a sensor stuck, missing values, gaps */
export function makeSeries(folder, rows, nTags, seed = 20261125) {
  mkdirSync(folder, { recursive: true })
  const random = seeded(seed)
  const tags = startTags(nTags)
  const truth = { rows: 0, tags: nTags, spikes: 0, stuck: 0, missing: 0, gaps: 0 }
  const header = `时间,${tags.map((_, tag) => tagName(tag)).join(',')}\n`
  let second = 0
  while (truth.rows < rows) {
    const day = new Date(START + Math.floor(second / DAY_ROWS) * 86_400_000).toISOString().slice(0, 10)
    const file = openSync(join(folder, `${day}.csv`), 'w')
    let text = header
    do {
      text += `${day} ${clock(second % DAY_ROWS)}${rowOf(tags, random, truth)}\n`
      truth.rows++
      second++
      if (random() < 0.00005) {
        second += 120 + Math.floor(random() * 900)
        truth.gaps++
      }
      if (text.length >= BUFFER) {
        writeSync(file, text)
        text = ''
      }
    } while (truth.rows < rows && START + second * 1000 < Date.parse(day) + 86_400_000)
    writeSync(file, text)
    closeSync(file)
  }
  return truth
}

const two = (n) => (n < 10 ? `0${n}` : `${n}`)
const clock = (second) => `${two(Math.floor(second / 3600))}:${two(Math.floor(second / 60) % 60)}:${two(second % 60)}`

function rowOf(tags, random, truth) {
  let text = ''
  for (const tag of tags) {
    const roll = random()
    if (tag.stuck > 0) {
      tag.stuck--
      if (tag.stuck < 271) truth.stuck++
      text += `,${written(tag.value)}`
    } else text += nextValue(tag, roll, truth)
  }
  return text
}

const written = (hundredths) => Math.floor(hundredths / 100) + CENTS[hundredths % 100]

/** The next value of a tag, a spike or nothing. */
function nextValue(tag, roll, truth) {
  tag.value += Math.round((tag.level - tag.value) * 0.02 + (roll - 0.5) * 40) || 1
  if (roll < 0.000002) tag.stuck = 300
  if (roll > 0.9998) {
    truth.missing++
    return ','
  }
  if (roll <= 0.99979) return `,${written(tag.value)}`
  truth.spikes++
  return `,${Math.floor(tag.value / 100) * 3 + 900}.50`
}
