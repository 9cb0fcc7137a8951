import type { Words } from '../base/problem/index.ts'

/** A count with thin groups of three digits; 万/亿 are left to running text. */
export const grouped = (value: number): string => String(Math.round(value)).replace(/\B(?=(?:\d{3})+$)/g, ',')

/** A figure with about four significant digits. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return '–'
  const size = Math.abs(value)
  if (size >= 1e4 && size < 1e15) return grouped(value)
  if (value !== 0 && (size >= 1e15 || size < 1e-3)) return value.toExponential(2)
  return String(Number(value.toPrecision(4)))
}

/** A share in percent; what is there is never shown as 0%, what is not all never as 100%. */
export function percent(share: number): string {
  const tenths = Math.round(share * 1000) / 10
  if (share > 0 && tenths === 0) return '<0.1%'
  if (share < 1 && tenths === 100) return '>99.9%'
  return share < 0.1 || share > 0.99 ? `${tenths}%` : `${Math.round(share * 100)}%`
}

const SIZES = ['B', 'kB', 'MB', 'GB', 'TB'] as const

/** Bytes in decimal units, as disks count them. */
export function byteSize(bytes: number): string {
  let value = bytes
  let unit = 0
  while (value >= 999.5 && unit < SIZES.length - 1) {
    value /= 1000
    unit++
  }
  return `${unit === 0 ? value : Number(value.toPrecision(3))} ${SIZES[unit]}`
}

const DAY_MS = 86_400_000

/** A moment in UTC, as short as it says all. */
export function moment(ms: number): string {
  if (!Number.isFinite(ms) || Math.abs(ms) > 8.64e15) return '–'
  const iso = new Date(ms).toISOString()
  if (ms % DAY_MS === 0) return iso.slice(0, 10)
  return `${iso.slice(0, 10)} ${iso.slice(11, ms % 60_000 === 0 ? 16 : ms % 1000 === 0 ? 19 : 23)}`
}

const UNITS: readonly (readonly [ms: number, zh: string, en: string])[] = [
  [DAY_MS, '天', 'd'],
  [3_600_000, '小时', 'h'],
  [60_000, '分钟', 'min'],
  [1000, '秒', 's'],
  [1, '毫秒', 'ms'],
]

/** A length of time in its largest fitting unit. */
export function duration(ms: number): Words {
  const [size, zh, en] = UNITS.find(([unit]) => ms >= unit && Number.isInteger((ms / unit) * 2)) ??
    UNITS.find(([unit]) => ms >= unit) ?? [1, '毫秒', 'ms']
  const value = figure(ms / size)
  return { zh: `${value} ${zh}`, en: `${value} ${en}` }
}
