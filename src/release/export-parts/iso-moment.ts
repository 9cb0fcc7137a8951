const ISO = /^(?<date>\d{4}-\d{2}-\d{2})(?:[T ](?<time>\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(?<zone>Z|[+-]\d{2}:?\d{2})?)?$/

/** Milliseconds since 1970 of an ISO 8601 date or moment; one without a zone is UTC. NaN when it is none. */
export function isoMoment(text: string): number {
  const parts = ISO.exec(text.trim())?.groups
  if (!parts) return Number.NaN
  const zone = (parts['zone'] ?? 'Z').replace(/^([+-]\d{2})(\d{2})$/, '$1:$2')
  const moment = Date.parse(`${parts['date']}T${parts['time'] ?? '00:00'}${zone}`)
  // Date.parse lets 31 April pass as 1 May.
  const day = Date.parse(`${parts['date']}T00:00Z`)
  return Number.isNaN(day) || new Date(day).toISOString().slice(0, 10) !== parts['date'] ? Number.NaN : moment
}
