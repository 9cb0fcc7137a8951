import type { UnitConversion } from '../../base/kernels/index.ts'
import { unitConversion } from '../../base/kernels/index.ts'

/**
 * Conversion between two UCUM units: from our own table, else from the UCUM reference implementation.
 * @returns undefined when a unit is unknown, the dimensions differ, or the conversion is not linear (pH, dB)
 */
export async function findConversion(from: string, to: string): Promise<UnitConversion | undefined> {
  const own = unitConversion(from, to)
  if (own) return own
  const { UcumLhcUtils } = await import('@lhncbc/ucum-lhc')
  const ucum = UcumLhcUtils.getInstance()
  const convert = (value: number): number => {
    const result = ucum.convertUnitTo(from, value, to)
    return result.status === 'succeeded' && result.toVal !== null ? result.toVal : Number.NaN
  }
  const offset = convert(0)
  const factor = convert(1) - offset
  const isLinear = Math.abs(convert(7) - (7 * factor + offset)) <= 1e-9 * Math.abs(7 * factor + offset)
  return isLinear ? { factor, offset } : undefined
}
