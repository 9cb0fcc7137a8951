import { dayMs, fullYear, timeMs } from './calendar.ts'
import { hasHanNumeral, parseChineseNumber } from './chinese-number.ts'
import { foldWidth } from './fold-width.ts'
import { readTime } from './parse-time.ts'

/** What `05/03/2024` is: 3 May or 5 March. Decided once a column. */
export type DateOrder = 'mdy' | 'dmy'

/** A moment as written. A time without a zone is taken as UTC. */
export interface DateReading {
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly ms: number
  readonly hasTime: boolean
  readonly hasZone: boolean
}

/** Longest text that can be a date. */
const MAX_LENGTH = 64

const digitAt = (text: string, i: number): number => {
  const digit = text.charCodeAt(i) - 48
  return digit >= 0 && digit <= 9 ? digit : Number.NaN
}
const twoDigits = (text: string, i: number): number => digitAt(text, i) * 10 + digitAt(text, i + 1)

/** `2024-03-05`, `2024/03/05 14:30`, `2024-03-05T14:30:00`: fixed places, no allocation. NaN for anything else. */
function parseFixed(text: string): number {
  const separator = text.charCodeAt(4)
  if ((separator !== 45 && separator !== 47 && separator !== 46) || text.charCodeAt(7) !== separator) return Number.NaN
  const day = dayMs(twoDigits(text, 0) * 100 + twoDigits(text, 2), twoDigits(text, 5), twoDigits(text, 8))
  if (text.length === 10) return day
  const between = text.charCodeAt(10)
  if ((between !== 32 && between !== 84) || text.charCodeAt(13) !== 58) return Number.NaN
  if (text.length === 16) return day + timeMs(twoDigits(text, 11), twoDigits(text, 14), 0)
  if (text.length !== 19 || text.charCodeAt(16) !== 58) return Number.NaN
  return day + timeMs(twoDigits(text, 11), twoDigits(text, 14), twoDigits(text, 17))
}

/** A moment as people and machines write it, in milliseconds UTC; NaN for anything else. */
export function parseDate(text: string, order: DateOrder = 'mdy'): number {
  const fixed = parseFixed(text)
  return Number.isNaN(fixed) ? (readDate(text, order)?.ms ?? Number.NaN) : fixed
}

const MONTHS: ReadonlyMap<string, number> = new Map(
  ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'].map((name, i) => [name, i + 1] as const),
)
const MONTH_WORD =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?'

/** The day that a text begins with; `rest` is what follows it. */
interface DayReading {
  readonly ms: number
  readonly rest: string
}

type DayPattern = readonly [RegExp, (groups: readonly string[], order: DateOrder) => number]

const ofDigits = (year: string): number => (year.length === 2 ? fullYear(Number(year)) : Number(year))

/** Days by pattern, tried in this order; each must be followed by the end, a space, `T`, a comma or a Chinese time. */
const DAY_PATTERNS: readonly DayPattern[] = [
  [/^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})/, ([year, , month, day]) => dayMs(Number(year), Number(month), Number(day))],
  [
    /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})/,
    ([first, , second, year], order) =>
      order === 'dmy'
        ? dayMs(ofDigits(year as string), Number(second), Number(first))
        : dayMs(ofDigits(year as string), Number(first), Number(second)),
  ],
  [/^(\d{4})年(\d{1,2})月(?:(\d{1,2})[日号號])?/, ([year, month, day]) => dayMs(Number(year), Number(month), Number(day || 1))],
  [
    /^(?:中[华華])?民[国國](元|\d{1,3})年(\d{1,2})月(?:(\d{1,2})[日号號])?/,
    ([year, month, day]) => dayMs(republicYear(year), Number(month), Number(day || 1)),
  ],
  [/^(?:中[华華])?民[国國](元|\d{1,3})年/, ([year]) => dayMs(republicYear(year), 1, 1)],
  [/^(\d{4})年/, ([year]) => dayMs(Number(year), 1, 1)],
  [/^(\d{4})(\d{2})(\d{2})(?!\d)/, ([year, month, day]) => dayMs(Number(year), Number(month), Number(day))],
  [/^(\d{4})[-/](\d{1,2})(?![-/\d])/, ([year, month]) => dayMs(Number(year), Number(month), 1)],
  [/^(\d{4})$/, ([year]) => dayMs(Number(year), 1, 1)],
  [
    new RegExp(`^${MONTH_WORD}[ -]?(\\d{1,2})(?:st|nd|rd|th)?,?[ -]+(\\d{4})`, 'i'),
    ([month, day, year]) => dayMs(Number(year), monthOf(month), Number(day)),
  ],
  [
    new RegExp(`^(\\d{1,2})(?:st|nd|rd|th)?[ -]${MONTH_WORD},?[ -](\\d{4}|\\d{2})`, 'i'),
    ([day, month, year]) => dayMs(ofDigits(year as string), monthOf(month), Number(day)),
  ],
  [new RegExp(`^(\\d{4})-${MONTH_WORD}-(\\d{1,2})`, 'i'), ([year, month, day]) => dayMs(Number(year), monthOf(month), Number(day))],
]

const monthOf = (word: string | undefined): number => MONTHS.get((word ?? '').slice(0, 3).toLowerCase()) ?? Number.NaN
/** Year 1 of the Republic (民国元年) is 1912. */
const republicYear = (year: string | undefined): number => 1911 + (year === '元' ? 1 : Number(year))

function readDay(text: string, order: DateOrder): DayReading | undefined {
  for (const [pattern, toMs] of DAY_PATTERNS) {
    const match = pattern.exec(text)
    if (match) return { ms: toMs(match.slice(1), order), rest: text.slice(match[0].length) }
  }
  return undefined
}

const COMPACT = /^(\d{4})(\d{2})(\d{2})T?(\d{2})(\d{2})(\d{2})?(?:\.\d{1,9})?(Z|[+-]\d{2}:?\d{2})?$/
const WEEKDAY = /^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+/i
const CHINESE_WEEKDAY = /\s?(?:星期|周|礼拜)[一二三四五六日天]\s?|\s?[(（](?:星期|周|礼拜)?[一二三四五六日天][)）]\s?/
/** What may stand between a day and a time. */
const TIME_SEPARATOR = /^(?:,? |T|[-_](?=\d{1,2}:))/
const HAN_DIGITS = /[零〇○一二三四五六七八九十]+/g

/** `20240305143000`, `20240305T1430Z`. */
function readCompact(text: string): DateReading | undefined {
  const match = COMPACT.exec(text)
  if (!match) return undefined
  const [, year, month, day, hour, minute, second = '0', zone] = match
  const zoneMinutes = zone === undefined ? undefined : readTime(`00:00${zone}`)?.zoneMinutes
  const ms =
    dayMs(Number(year), Number(month), Number(day)) + timeMs(Number(hour), Number(minute), Number(second)) - (zoneMinutes ?? 0) * 60_000
  return Number.isNaN(ms) ? undefined : { ms, hasTime: true, hasZone: zone !== undefined }
}

/** Half-width, Han digits as Arabic ones where they are part of a date, weekdays left out. */
function tidy(text: string): string {
  let tidied = foldWidth(text).trim().replace(/\s+/g, ' ')
  if (/[年月]/.test(tidied)) {
    tidied = tidied
      .replace(CHINESE_WEEKDAY, ' ')
      .replace(/ ?([年月日号號]) ?/g, '$1')
      .trim()
    if (hasHanNumeral(tidied)) tidied = tidied.replace(HAN_DIGITS, (numeral) => String(parseChineseNumber(numeral)))
  }
  return tidied.replace(WEEKDAY, '')
}

/**
 * A moment as written: ISO 8601, `2024/3/5 14:30`, `05/03/2024` by `order`, `5.3.2024`, `2024年3月5日 下午3:05`, `民国113年3月5日`,
 * `20240305`, `20240305143000`, `Mar 5, 2024`, `5-Mar-24`, RFC 5322. Years alone and year-months are their first day.
 * @returns undefined when it is none, or the calendar has no such day
 */
export function readDate(text: string, order: DateOrder): DateReading | undefined {
  if (text.length > MAX_LENGTH || !/[\d０-９一二三四五六七八九]|元年/.test(text)) return undefined
  const tidied = tidy(text)
  const compact = readCompact(tidied)
  if (compact) return compact
  const day = readDay(tidied, order)
  if (!day || Number.isNaN(day.ms)) return undefined
  if (day.rest === '') return { ms: day.ms, hasTime: false, hasZone: false }
  const head = tidied.slice(0, tidied.length - day.rest.length)
  const separator = TIME_SEPARATOR.exec(day.rest)?.[0] ?? (/[日号號]$/.test(head) ? '' : undefined)
  const time = separator === undefined ? undefined : readTime(day.rest.slice(separator.length).trim())
  if (!time || Number.isNaN(time.ms) || Number.isNaN(time.zoneMinutes ?? 0)) return undefined
  return { ms: day.ms + time.ms - (time.zoneMinutes ?? 0) * 60_000, hasTime: true, hasZone: time.zoneMinutes !== undefined }
}
