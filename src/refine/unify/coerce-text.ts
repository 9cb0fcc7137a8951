import { canonicalJson, type TextColumn, utf8At } from '../../base/record/index.ts'
import { codeOf } from './code-spellings.ts'
import type { ColumnDecision } from './coercion-decision.ts'
import type { Fault } from './fault.ts'
import { isMissingText } from './missing-tokens.ts'

/** Any raw value as text; null when it is missing. */
function textOfValue(value: unknown): string | null {
  if (typeof value === 'string') return isMissingText(value) ? null : value
  if (value === null || value === undefined || (typeof value === 'number' && Number.isNaN(value))) return null
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString()
  return typeof value === 'object' ? jsonOf(value) : String(value)
}

/** Canonical JSON; null when the value has none. */
function jsonOf(value: unknown): string | null {
  try {
    return canonicalJson(value)
  } catch {
    return null
  }
}

/** Reads a column of texts. Nothing present is at fault: a number or an object is its own text. */
export function coerceTexts(raw: readonly unknown[]): (string | null)[] {
  const texts: (string | null)[] = new Array(raw.length)
  for (let row = 0; row < raw.length; row++) texts[row] = textOfValue(raw[row])
  return texts
}

/** Texts as they stand: no word stands for a gap. */
export const exactTexts = (raw: readonly unknown[]): (string | null)[] => raw.map((value) => (typeof value === 'string' ? value : null))

/** Longest text in bytes of which any could stand for a missing one. */
const LONGEST_MISSING = 64 * 3
/** May a text be trimmed that begins or ends with this byte? */
const isEdge = (byte: number | undefined): boolean => byte !== undefined && (byte <= 0x20 || byte >= 0x80)

const presentText = (text: string, trims: boolean): string | null => (isMissingText(text) ? null : trims ? text.trim() : text)

/** The same for texts that are held as UTF-8: only short ones, and those with something to trim, are looked at as strings. @param trims as categories are */
export function coerceTextColumn(column: TextColumn, trims: boolean): TextColumn {
  const changes = new Map<number, string | null>()
  for (let row = 0; row < column.length; row++) {
    const held = utf8At(column.utf8, row)
    if (!held) continue
    const mayTrim = trims && (isEdge(held.bytes[held.start]) || isEdge(held.bytes[held.end - 1]))
    if (held.end - held.start > LONGEST_MISSING && !mayTrim) continue
    const text = column.at(row) as string
    const kept = presentText(text, trims)
    if (kept !== text) changes.set(row, kept)
  }
  return column.replace(changes)
}

/** Reads a column of categories; with a code list each value becomes its code. */
export function coerceCodes(raw: readonly unknown[], { codes }: ColumnDecision, fault: Fault): (string | null)[] {
  if (codes === undefined) return coerceTexts(raw).map((text) => text?.trim() ?? null)
  const found: (string | null)[] = new Array(raw.length)
  const known = new Map<string, string | undefined>()
  for (let row = 0; row < raw.length; row++) {
    const value = raw[row]
    // The list goes before the missing words: NA may be the code of Namibia.
    const text = typeof value === 'string' ? value : textOfValue(value)
    if (text !== null && !known.has(text)) known.set(text, codeOf(codes, text))
    const code = text === null ? undefined : known.get(text)
    if (text !== null && code === undefined && !isMissingText(text)) fault(row, 'refine/code-unknown', value)
    found[row] = code ?? null
  }
  return found
}

/** Reads a column of JSON. Text that begins like an object or a list must be one; other text is a JSON string, and all text where it is exact. */
export function coerceJson(raw: readonly unknown[], fault: Fault, exact: boolean): (string | null)[] {
  const texts: (string | null)[] = new Array(raw.length)
  for (let row = 0; row < raw.length; row++) {
    const value = raw[row]
    const isMissing = value === null || value === undefined || (typeof value === 'string' && !exact && isMissingText(value))
    const json = isMissing ? null : typeof value === 'string' && !exact && /^\s*[[{]/.test(value) ? reparsed(value) : jsonOf(value)
    if (!isMissing && json === null) fault(row, 'refine/not-json', value)
    texts[row] = json
  }
  return texts
}

function reparsed(text: string): string | null {
  try {
    return canonicalJson(JSON.parse(text))
  } catch {
    return null
  }
}

const MEDIA_NAME = /^[0-9a-f]{64}\.[a-z0-9]{1,8}$/

/** Reads a column of media by their names in the media store: `<sha256>.<extension>`. */
export function coerceMedia(raw: readonly unknown[], fault: Fault): (string | null)[] {
  const names: (string | null)[] = new Array(raw.length)
  for (let row = 0; row < raw.length; row++) {
    const text = textOfValue(raw[row])
    const isName = text !== null && MEDIA_NAME.test(text)
    if (text !== null && !isName) fault(row, 'refine/not-media', raw[row])
    names[row] = isName ? text : null
  }
  return names
}
