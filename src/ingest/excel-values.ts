/** Built-in number formats that show a date or time, ECMA-376 part 1, 18.8.30 (27–36 and 50–58 in Chinese, Japanese and Korean Excel). */
const DATE_FORMATS: ReadonlySet<number> = new Set([14, 15, 16, 17, 22, ...range(27, 31), 36, ...range(50, 54), 57, 58])
const TIME_FORMATS: ReadonlySet<number> = new Set([18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56])

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index)
}

/** What a number format makes of a number. */
export type NumberKind = 'number' | 'date' | 'time'

/** @param code the format of a custom number format, undefined for built-in ones */
export function numberKind(id: number, code: string | undefined): NumberKind {
  if (code === undefined) return DATE_FORMATS.has(id) ? 'date' : TIME_FORMATS.has(id) ? 'time' : 'number'
  const [positive = ''] = code.replace(/"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]/gi, '').split(';')
  if (/general/i.test(positive)) return 'number'
  if (/[yd年日]/i.test(positive)) return 'date'
  if (/[hs时秒]/i.test(positive)) return 'time'
  return /m/i.test(positive) ? 'date' : 'number'
}

const DAY_MS = 86_400_000
/** 1970-01-01 in days of the 1900 system, and how far the 1904 system lies behind. */
const UNIX_EPOCH = 25_569
const DAYS_TO_1904 = 1462
/** Days up to here are one too early: the 1900 system has a 29 February 1900. */
const FALSE_LEAP_DAY = 60
/** 9999-12-31. */
const LAST_DAY = 2_958_466

/**
 * The date of a serial number, as UTC, to the millisecond; the number itself where no calendar has it. A time of day or a duration gives
 * `HH:MM:SS`.
 */
export function dateOfSerial(serial: number, kind: 'date' | 'time', is1904: boolean): Date | string | number {
  if (serial < 0 || serial >= LAST_DAY) return serial
  if (kind === 'time' && (serial < 1 || serial < 100)) return clock(serial)
  const days = is1904 ? serial + DAYS_TO_1904 : serial < FALSE_LEAP_DAY ? serial + 1 : serial
  return new Date(Math.round((days - UNIX_EPOCH) * DAY_MS))
}

function clock(serial: number): string {
  const seconds = Math.round(serial * 86_400)
  const part = (value: number): string => String(value).padStart(2, '0')
  return `${part(Math.floor(seconds / 3600))}:${part(Math.floor(seconds / 60) % 60)}:${part(seconds % 60)}`
}

/** Text as Excel writes it, with `_x000D_` for characters that XML cannot hold. */
export const excelText = (text: string): string =>
  text.includes('_x') ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))) : text
