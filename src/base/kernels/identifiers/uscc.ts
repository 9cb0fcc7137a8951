import { isUscc } from './check-digits.ts'
import type { Report } from './identifier.ts'

/**
 * Reports a run of letters and digits that is a unified social credit code: exactly 18 characters with a right check
 * character. Source: GB 32100-2015.
 */
export function scanUscc(text: string, start: number, end: number, report: Report): void {
  if (end - start !== 18) return
  const written = text.slice(start, end)
  if (isUscc(written.toUpperCase())) report('uscc', start, end)
}
