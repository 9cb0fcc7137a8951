const DATE_ONLY = /^\d{4}(?:-\d{2}){0,2}$/
const HAS_ZONE = /(?:Z|[+-]\d{2}:?\d{2})$/i
const DAY_MS = 86_400_000

/** Milliseconds since 1970 of an ISO 8601 instant; without a zone it is UTC. NaN when it is none. */
export function parseInstant(text: string): number {
  const value = text.trim()
  if (DATE_ONLY.test(value)) return Date.parse(value)
  return Date.parse(HAS_ZONE.test(value) ? value : `${value}Z`)
}

/** End of a time window: a date alone means the whole of its day (or month, or year). */
export function parseWindowEnd(text: string): number {
  const value = text.trim()
  if (!DATE_ONLY.test(value)) return parseInstant(value)
  const start = new Date(Date.parse(value))
  if (value.length === 4) return Date.UTC(start.getUTCFullYear() + 1, 0, 1) - 1
  if (value.length === 7) return Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + 1, 1) - 1
  return start.getTime() + DAY_MS - 1
}
