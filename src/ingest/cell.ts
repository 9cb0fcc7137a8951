/** A cell of a sheet or of a delimited file before its type is decided. */
export type Cell = string | number | boolean | Date | null | undefined

export type Row = readonly Cell[]

export type CellKind = 'missing' | 'number' | 'time' | 'boolean' | 'text'

const MISSING: ReadonlySet<string> = new Set(['', 'na', 'n/a', 'nan', '#n/a', 'null', 'none', '-', '--', '—', '/', '?', '缺失', '空'])
const NUMBER = /^[-+]?(?:\d[\d.,]*|\.\d+)(?:[eE][-+]?\d+)?%?$/
const TIME =
  /^(?:\d{4}[-/.年]\d{1,2}(?:[-/.月]\d{1,2}日?)?|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})?[T ]?(?:\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?)?(?:Z|[-+]\d{2}:?\d{2})?$/
const BOOLEAN = /^(?:true|false|yes|no|是|否)$/i
/** No number or time is longer. */
const LONGEST_TYPED = 40

/** What a cell looks like; text that only may be a number or time counts as one. */
export function cellKind(cell: Cell): CellKind {
  if (cell === null || cell === undefined) return 'missing'
  if (typeof cell === 'number') return 'number'
  if (typeof cell === 'boolean') return 'boolean'
  if (cell instanceof Date) return 'time'
  const text = cell.length > LONGEST_TYPED * 2 ? cell.slice(0, LONGEST_TYPED * 2).trim() : cell.trim()
  if (text.length > LONGEST_TYPED) return 'text'
  if (MISSING.has(text.toLowerCase())) return 'missing'
  if (NUMBER.test(text)) return 'number'
  if (/^\d/.test(text) && TIME.test(text)) return 'time'
  return BOOLEAN.test(text) ? 'boolean' : 'text'
}

/** The words of a cell on one line; empty for a missing cell. */
export function cellLabel(cell: Cell): string {
  if (cell === null || cell === undefined) return ''
  const text = cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell)
  return text.replace(/\s+/g, ' ').trim()
}

const UNIT_PREFIX = '(?:da|[fpnuµμmcdhkMGT])?'
const UNIT_SYMBOL =
  '(?:mol|cd|Hz|Pa|[Oo]hm|Ω|lm|lx|Bq|Gy|Sv|eV|dB|rad|sr|bar|cal|kat|rpm|RPM|r/min|min|hours?|hrs?|days?|yrs?|years?|sec|ppm|ppb|AU|OD|IU|RH|rH|VWC|psi|mph|kn|kt|ft|in|lbs?|oz|acre|ha|bu|mmHg|g|m|s|A|K|N|J|W|C|V|F|T|H|L|l|h|d|a|t|U|M|B|b|u)'
const UNIT_WORDS =
  '(?:℃|°C|°F|°|degC|degF|deg|%|‰|摄氏度|毫米|厘米|千米|公里|米|千克|公斤|毫克|克|吨|毫秒|秒钟?|分钟?|小时|天|日|月|年|毫升|升|元|万元|亿元|美元|度|次|个|人|件|亩|公顷|帕|千帕|兆帕|伏|安|瓦|千瓦|千瓦时|赫兹|转/分|CNY|USD|EUR|RMB)'
const UNIT = new RegExp(`^(?:${UNIT_WORDS}|${UNIT_PREFIX}${UNIT_SYMBOL})(?:[\\^]?[-−]?\\d|[²³⁻¹])*$`)

/** The unit that a header cell holds and nothing else: `°C`, `[mg/L]`, `(小时)`; undefined for other text. */
export function unitOf(cell: Cell): string | undefined {
  const text = cellLabel(cell)
  if (text === '' || text.length > 24) return undefined
  const bare = text.replace(/^[[(（【](.*)[\])）】]$/, '$1').trim()
  const parts = bare.split(/[/·*.⋅ ]/).filter((part) => part !== '')
  return parts.length > 0 && parts.every((part) => part === '1' || UNIT.test(part)) && bare !== '1' ? bare : undefined
}
