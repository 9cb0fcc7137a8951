const DAY_MS = 86_400_000

const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const

const isLeapYear = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)

/** Milliseconds of a day's beginning since 1970-01-01 UTC; NaN when the proleptic Gregorian calendar has no such day. */
export function dayMs(year: number, month: number, day: number): number {
  if (!(year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1)) return Number.NaN
  if (day > (month === 2 && isLeapYear(year) ? 29 : (DAYS_IN_MONTH[month - 1] as number))) return Number.NaN
  // Days before a year that begins in March, so that the leap day comes last (Richards 2013).
  const shifted = month > 2 ? year : year - 1
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1
  const days = 365 * shifted + Math.floor(shifted / 4) - Math.floor(shifted / 100) + Math.floor(shifted / 400) + dayOfYear
  return (days - 719_468) * DAY_MS
}

/** Milliseconds since midnight; NaN when there is no such time. 24:00:00 ends the day, second 60 is a leap second. */
export function timeMs(hour: number, minute: number, second: number): number {
  if (!(minute >= 0 && minute < 60 && second >= 0 && second < 61)) return Number.NaN
  if (!(hour >= 0 && (hour < 24 || (hour === 24 && minute === 0 && second === 0)))) return Number.NaN
  return ((hour * 60 + minute) * 60 + second) * 1000
}

/** A year of two digits as POSIX reads it: 69–99 are 19xx, 00–68 are 20xx. */
export const fullYear = (twoDigits: number): number => twoDigits + (twoDigits >= 69 ? 1900 : 2000)
