/** Unit in which a number counts a moment: UCUM codes from 1970-01-01 UTC; `d` is a serial day of Excel. */
export type EpochUnit = 's' | 'ms' | 'us' | 'ns' | 'd'

const MS_PER_UNIT: Readonly<Record<EpochUnit, number>> = { s: 1000, ms: 1, us: 1e-3, ns: 1e-6, d: 86_400_000 }

/** Day 0 of Excel's 1900 calendar as it counts from March 1900 on: 1899-12-30. */
const EXCEL_ORIGIN_MS = -2_209_161_600_000

export const isEpochUnit = (unit: string | undefined): unit is EpochUnit => unit !== undefined && Object.hasOwn(MS_PER_UNIT, unit)

/** Milliseconds UTC of a counted moment, to the whole millisecond; NaN outside the years 1 to 9999. */
export function epochMs(value: number, unit: EpochUnit): number {
  const ms = Math.round(value * MS_PER_UNIT[unit]) + (unit === 'd' ? EXCEL_ORIGIN_MS : 0)
  return ms >= -62_135_596_800_000 && ms < 253_402_300_800_000 ? ms : Number.NaN
}

/** 2000-01-01 and 2100-01-01 in seconds: what clocks of raw data show. */
const EARLIEST_S = 946_684_800
const LATEST_S = 4_102_444_800

/** The unit in which all numbers are moments between 2000 and 2100; undefined when there is none. */
export function decideEpoch(numbers: readonly number[]): EpochUnit | undefined {
  if (numbers.length === 0) return undefined
  const units: readonly EpochUnit[] = ['s', 'ms', 'us', 'ns']
  return units.find((unit) => {
    const perSecond = 1000 / MS_PER_UNIT[unit]
    return numbers.every((value) => value >= EARLIEST_S * perSecond && value < LATEST_S * perSecond)
  })
}
