import { type Dice, dice } from '../dice.ts'
import { delimited, encoded, HOUR, moment } from '../raw-files.ts'

const HEADER = [
  '批号',
  '采样时间',
  '发酵时间(h)',
  'pH',
  'DO(%)',
  '温度',
  '搅拌转速',
  '通气量',
  'OD600',
  '残糖(g/L)',
  '产物浓度',
  '阶段',
  '批次状态',
]
const N_BATCHES = 48
const HOURS = 30
const FIRST_BATCH = Date.UTC(2024, 0, 8, 2)

/** Raw files of the example: exports of two control systems, one in degrees Fahrenheit. */
export function generate(): Map<string, Uint8Array> {
  const random = dice(20240108)
  const batches = Array.from({ length: N_BATCHES }, (_, at) => at)
  const [left, right] = [batches.filter((at) => at % 2 === 0), batches.filter((at) => at % 2 === 1)]
  return new Map([
    ['发酵记录-DCS1.csv', encoded(delimited([HEADER, ...left.flatMap((at) => batch(random, at, 'celsius'))]), 'gb18030')],
    ['发酵记录-DCS2.csv', encoded(delimited([HEADER, ...right.flatMap((at) => batch(random, at, 'fahrenheit'))]), 'utf-8-bom')],
  ])
}

interface Culture {
  od: number
  glucose: number
  titre: number
  ph: number
}

/** One fed batch, sampled every hour. From some hour on two batches in three are contaminated or stressed. */
function batch(random: Dice, at: number, scale: Scale): string[][] {
  const fate = random.pick(['NORMAL', 'CONTAMINATED', 'STRESSED'])
  const turn = random.integer(8, 18)
  const stuckFrom = random.chance(0.12) ? random.integer(8, 20) : HOURS
  const culture: Culture = { od: random.normal(0.6, 0.1), glucose: random.normal(42, 2), titre: 0, ph: 7.0 }
  const rows: string[][] = []
  let stuck = ''
  for (let hour = 0; hour < HOURS; hour++) {
    const state = hour >= turn ? fate : 'NORMAL'
    grow(random, culture, hour, state)
    const oxygen = oxygenOf(random, culture, state)
    if (hour === stuckFrom) stuck = oxygen
    const shown = hour >= stuckFrom && hour < stuckFrom + 8 ? stuck : oxygen
    const time = FIRST_BATCH + at * 60 * HOUR + hour * HOUR
    const row = [
      `B24${String(at + 1).padStart(3, '0')}`,
      moment(time, scale === 'celsius' ? 'iso' : 'chinese'),
      ...sample(random, culture, hour, state, shown, scale),
    ]
    rows.push(...dirty(random, row, hour))
  }
  return rows
}

type Scale = 'celsius' | 'fahrenheit'

function sample(random: Dice, culture: Culture, hour: number, state: string, oxygen: string, scale: Scale): string[] {
  return [
    String(hour),
    culture.ph.toFixed(2),
    oxygen,
    temperatureText(random.normal(state === 'CONTAMINATED' ? 37.4 : 37, 0.12), scale),
    String(Math.round(Math.min(900, 300 + culture.od * 11) / 10) * 10),
    (6 + culture.od * 0.09).toFixed(1),
    random.chance(0.2) ? '' : culture.od.toFixed(1),
    random.chance(0.2) ? '' : culture.glucose.toFixed(1),
    culture.titre.toFixed(2),
    hour < 1 ? '接种' : hour < 12 ? '培养' : random.pick(['补料', '流加']),
    state,
  ]
}

/** A sample is lost, written twice, or followed by the one that a loose pH probe gave. */
function dirty(random: Dice, row: string[], hour: number): string[][] {
  if (random.chance(0.015)) return []
  if (random.chance(0.012)) return [row, [...row]]
  return random.chance(0.008) ? [row, row.with(2, String(hour)).with(3, '-9.99')] : [row]
}

/** Logistic growth on glucose; contaminants eat sugar and acidify, stress slows all. */
function grow(random: Dice, culture: Culture, hour: number, state: string): void {
  const rate = state === 'STRESSED' ? 0.04 : 0.26
  const made = culture.od * rate * Math.max(0, 1 - culture.od / 62)
  culture.od = Math.max(0.1, culture.od + made * random.normal(1, 0.06))
  const eaten = made * 1.5 + (state === 'CONTAMINATED' ? 4.2 : 0)
  culture.glucose = Math.max(state === 'STRESSED' ? 12 : 0.4, culture.glucose - eaten + (hour >= 12 ? 3.1 : 0))
  culture.titre += state === 'NORMAL' ? culture.od * 0.0042 : culture.od * 0.0008
  culture.ph = Math.max(
    4.2,
    Math.min(7.4, culture.ph + (state === 'CONTAMINATED' ? -0.11 : (6.95 - culture.ph) * 0.3) + random.normal(0, 0.02)),
  )
}

function oxygenOf(random: Dice, { od }: Culture, state: string): string {
  const level = state === 'CONTAMINATED' ? 9 : state === 'STRESSED' ? 72 : Math.max(22, 96 - od * 1.15)
  return Math.max(0, random.normal(level, 3)).toFixed(1)
}

const temperatureText = (celsius: number, scale: Scale): string =>
  scale === 'celsius' ? celsius.toFixed(1) : `${(celsius * 1.8 + 32).toFixed(1)}°F`
