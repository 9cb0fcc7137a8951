// A plant's production records as its MES exports them: one CSV, eight columns, some of them dirty; 1% exact copies.
import { closeSync, openSync, writeSync } from 'node:fs'
import { seeded } from './peer-python.mjs'

export const HEADER = '工单号,时间,产线,设备,温度,压力,数量,备注'
const LINES = ['冲压一线', '冲压二线', '焊装一线', '涂装线', '总装一线', '总装二线']
const REMARKS = ['正常', '换模后首件', '"停机, 待料"', '"设备报警, 已复位\n通知机修"', '复检合格', '夜班', '"tool change, line 2"']
const BUFFER = 8 << 20
const START = Date.UTC(2024, 0, 1)

const two = (n) => (n < 10 ? `0${n}` : `${n}`)

function timeText(ms, roll) {
  const at = new Date(ms)
  const [y, m, d, h, min, s] = [
    at.getUTCFullYear(),
    at.getUTCMonth() + 1,
    at.getUTCDate(),
    at.getUTCHours(),
    at.getUTCMinutes(),
    at.getUTCSeconds(),
  ]
  if (roll < 0.005) return `${y}年${m}月${d}日 ${two(h)}:${two(min)}:${two(s)}`
  if (roll < 0.02) return `${y}/${m}/${d} ${two(h)}:${two(min)}:${two(s)}`
  if (roll < 0.0203) return `${y}-13-45 ${two(h)}:${two(min)}:${two(s)}`
  return `${y}-${two(m)}-${two(d)} ${two(h)}:${two(min)}:${two(s)}`
}

function temperatureText(value, roll) {
  if (roll < 0.01) return roll < 0.004 ? '' : roll < 0.007 ? 'N/A' : '-'
  if (roll < 0.015) return `${value}℃`
  if (roll < 0.016) return value.replace(/[\d.]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0))
  if (roll < 0.018) return '9999'
  return value
}

function quantityText(value, roll) {
  if (roll < 0.003) return ''
  if (roll < 0.0035) return 'ERR'
  if (roll < 0.02) return `"${Math.floor(value / 1000) + 1},${String(value % 1000).padStart(3, '0')}"`
  return `${value}`
}

/**
 * Writes `rows` rows. @returns what a right cleaning must come to: rows that cannot be typed, rows without any value,
 * copies of rows that can stay
 */
export function makeTable(path, rows, seed = 20261125) {
  const random = seeded(seed)
  const file = openSync(path, 'w')
  const kept = []
  const truth = { rows, untyped: 0, empty: 0, copies: 0 }
  let text = `${HEADER}\n`
  for (let n = 0; n < rows; n++) {
    if (kept.length > 0 && random() < 0.01) {
      const copied = kept[Math.floor(random() * kept.length)]
      truth[copied.fate]++
      text += copied.line
    } else {
      const made = rowText(n, random)
      if (made.fate !== 'copies') truth[made.fate]++
      text += made.line
      if (kept.length < 5000) kept.push(made)
      else if (random() < 0.05) kept[Math.floor(random() * kept.length)] = made
    }
    if (text.length >= BUFFER) {
      writeSync(file, text)
      text = ''
    }
  }
  writeSync(file, text)
  closeSync(file)
  return truth
}

/** One row, and what becomes of a copy of it. */
function rowText(n, random) {
  const order = `WO${String(20240000000 + n)}`
  const time = timeText(START + n * 3000 + Math.floor(random() * 1000), random())
  if (random() < 0.0005) return { line: `${order},${time.includes('-13-') ? '2024-01-01 00:00:00' : time},,,,,,\n`, fate: 'empty' }
  const temperature = temperatureText((20 + random() * 160).toFixed(1), random())
  const pressure = (0.2 + random() * 4).toFixed(3)
  const quantity = quantityText(1 + Math.floor(random() * 800), random())
  const remark = random() < 0.7 ? '' : REMARKS[Math.floor(random() * REMARKS.length)]
  const line = `${order},${time},${LINES[Math.floor(random() * 6)]},M-${two(Math.floor(random() * 90) + 10)},${temperature},${pressure},${quantity},${remark}\n`
  return { line, fate: time.includes('-13-') || quantity === 'ERR' ? 'untyped' : 'copies' }
}
