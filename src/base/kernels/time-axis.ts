import type { Field } from '../record/index.ts'
import { unitConversion } from './units.ts'

/**
 * Milliseconds that one step of a time field counts: 1 for timestamps and dates, the unit's for numbers (`h`, `min`),
 * 1,000 for numbers without one. Undefined when the unit is none of time.
 */
export function msPerStep({ type, unit }: Field): number | undefined {
  if (type === 'timestamp' || type === 'date') return 1
  return unit === undefined ? 1000 : unitConversion(unit, 'ms')?.factor
}
