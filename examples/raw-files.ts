import iconv from 'iconv-lite'

/** Rows as delimited text; cells with the delimiter, quotes or line ends are quoted (RFC 4180). */
export function delimited(rows: readonly (readonly string[])[], delimiter = ',', lineEnd = '\r\n'): string {
  const cell = (text: string): string => (text.includes(delimiter) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
  return rows.map((row) => row.map(cell).join(delimiter) + lineEnd).join('')
}

export const jsonLines = (records: readonly object[]): string => records.map((record) => `${JSON.stringify(record)}\n`).join('')

/** Bytes of a text as the systems of the sector export it. */
export function encoded(text: string, encoding: 'utf-8' | 'utf-8-bom' | 'gb18030' | 'utf-16le'): Uint8Array {
  if (encoding === 'utf-8') return Buffer.from(text, 'utf8')
  if (encoding === 'utf-8-bom') return Buffer.from(`\ufeff${text}`, 'utf8')
  return iconv.encode(text, encoding, { addBOM: encoding === 'utf-16le' })
}

const two = (n: number): string => String(n).padStart(2, '0')

/** Ways in which Chinese systems write a moment. @param at milliseconds since 1970, read as local time */
export function moment(at: number, style: 'iso' | 'slash' | 'chinese' | 'compact'): string {
  const date = new Date(at)
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()]
  const [hour, minute, second] = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(two) as [string, string, string]
  switch (style) {
    case 'iso':
      return `${year}-${two(month)}-${two(day)} ${hour}:${minute}:${second}`
    case 'slash':
      return `${year}/${month}/${day} ${hour}:${minute}`
    case 'chinese':
      return `${year}年${month}月${day}日 ${hour}:${minute}`
    default:
      return `${year}${two(month)}${two(day)}${hour}${minute}${second}`
  }
}

/** The day of a moment in one of the usual ways. */
export function day(at: number, style: 'iso' | 'slash' | 'chinese'): string {
  const [year, month, date] = new Date(at).toISOString().slice(0, 10).split('-').map(Number) as [number, number, number]
  if (style === 'iso') return `${year}-${two(month)}-${two(date)}`
  return style === 'slash' ? `${year}/${month}/${date}` : `${year}年${month}月${date}日`
}

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
