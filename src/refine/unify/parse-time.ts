import { timeMs } from './calendar.ts'

/** A time of day with its zone, as written after a date. */
export interface TimeReading {
  /** Milliseconds since midnight, as written. */
  readonly ms: number
  /** Minutes east of UTC; undefined when none was written. */
  readonly zoneMinutes: number | undefined
}

const COLON_TIME = /^(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.,](\d{1,9}))?)?\s?([ap]\.?m\.?)?\s?(z|utc|gmt|[+-]\d{2}:?\d{2}|[+-]\d{1,2})?$/i
const CHINESE_TIME =
  /^(凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|夜里)?\s?(\d{1,2})(?:[:：时時点點](?:\s?(\d{1,2})(?:[:：分](?:\s?(\d{1,2})秒?)?)?)?)?$/
const ENGLISH_BEFORE = /^([ap]m)\s?(\d.*)$/i

function zoneOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (!/^[+-]/.test(text)) return 0
  const digits = text.slice(1).replace(':', '')
  const minutes = digits.length > 2 ? Number(digits.slice(0, -2)) * 60 + Number(digits.slice(-2)) : Number(digits) * 60
  return minutes > 18 * 60 ? Number.NaN : text.startsWith('-') ? -minutes : minutes
}

/** Hour of 24 from one of 12 with its half of the day. */
function hourOfHalf(hour: number, afternoon: boolean | undefined): number {
  if (afternoon === undefined || hour > 12) return hour
  return afternoon ? (hour % 12) + 12 : hour % 12
}

/** Chinese words that put an hour of 12 into the second half of the day; at noon 11 and 12 stay. */
function hourOfChinese(word: string | undefined, hour: number): number {
  if (word === undefined) return hour
  if (word === '中午') return hour <= 3 ? hour + 12 : hour
  if (word === '晚上' || word === '夜里') return hour === 12 ? 24 : hour >= 5 ? hourOfHalf(hour, true) : hour
  return hourOfHalf(hour, word === '下午' || word === '傍晚')
}

/** A time of day: `14:30`, `3:05:09.25 PM`, `14:30:00+08:00`, `下午3:05`, `15时4分`. Undefined for anything else. */
export function readTime(text: string): TimeReading | undefined {
  const before = ENGLISH_BEFORE.exec(text)
  const colon = COLON_TIME.exec(before ? `${before[2]} ${before[1]}` : text)
  if (colon) {
    const [, hour, minute, second = '0', fraction = '', half, zone] = colon
    const afternoon = half === undefined ? undefined : /^p/i.test(half)
    if (afternoon !== undefined && (Number(hour) === 0 || Number(hour) > 12)) return undefined
    const ms =
      timeMs(hourOfHalf(Number(hour), afternoon), Number(minute), Number(second)) + Math.floor(Number(`0.${fraction || '0'}`) * 1000 + 1e-6)
    return { ms, zoneMinutes: zoneOf(zone) }
  }
  const chinese = CHINESE_TIME.exec(text)
  if (!chinese) return undefined
  const [, word, hour, minute = '0', second = '0'] = chinese
  return { ms: timeMs(hourOfChinese(word, Number(hour)), Number(minute), Number(second)), zoneMinutes: undefined }
}
