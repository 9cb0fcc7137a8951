import type { Outcome } from '../../base/problem/index.ts'
import { fail, succeed } from '../../base/problem/index.ts'
import type { RecordBatch } from '../../base/record/index.ts'
import { takeRecords, textColumn } from '../../base/record/index.ts'
import { columnMissing } from '../problems.ts'
import type { Reshaped } from './reshaped.ts'

export interface SplitOptions {
  /** Largest piece in characters (UTF-16 units); at least 16. */
  readonly maxCharacters: number
  /** Characters of the piece before that a piece begins with; fewer than half of `maxCharacters`. */
  readonly overlapCharacters?: number
  /** Pieces also end at each heading (`# …`, 第一章 …, `1.2 …`), so that no piece spans two sections. */
  readonly atHeadings?: boolean
}

/** Characters [start, end) of the document; `overlap` of them belong to the piece before. */
export interface Piece {
  readonly start: number
  readonly end: number
  readonly overlap: number
}

const HEADING =
  /^(?:#{1,6}[ \t]|第[零一二三四五六七八九十百\d]{1,8}[章节節篇部条條]|[一二三四五六七八九十]{1,3}、|\d{1,3}(?:\.\d{1,3}){0,3}[ \t.、])/
const SENTENCE_ENDS: ReadonlySet<string> = new Set(['。', '！', '？', '!', '?', '；', ';', '…'])
const CLOSERS: ReadonlySet<string> = new Set(['”', '’', '"', "'", '）', ')', '」', '』', '】', ']', '》'])

/** Best place to cut (start, limit] after: paragraph, line, sentence, comma or space, else the limit itself. */
function cutPlace(text: string, start: number, limit: number): number {
  const floor = start + Math.floor((limit - start) / 2)
  const half = text.slice(floor, limit)
  const paragraph = half.lastIndexOf('\n\n')
  if (paragraph >= 0) return floor + paragraph + 2
  const line = half.lastIndexOf('\n')
  if (line >= 0) return floor + line + 1
  let clause = 0
  for (let i = limit - 1; i >= floor; i--) {
    const end = sentenceEnd(text, i, limit)
    if (end > 0) return end
    if (clause === 0 && /[，,、：: \t]/.test(text[i] as string)) clause = i + 1
  }
  if (clause > 0) return clause
  // Never inside a surrogate pair.
  const code = text.charCodeAt(limit)
  return code >= 0xdc00 && code <= 0xdfff && limit - 1 > start ? limit - 1 : limit
}

/** End of the sentence whose mark stands at `i`, closing quotation marks included; 0 when there is none, or it is past the limit. */
function sentenceEnd(text: string, i: number, limit: number): number {
  const mark = text[i] as string
  const isStop = mark === '.' && /\s/.test(text[i + 1] ?? '\n') && !/\d/.test(text[i - 1] ?? '')
  if (!isStop && !SENTENCE_ENDS.has(mark)) return 0
  let end = i + 1
  while (end < text.length && CLOSERS.has(text[end] as string)) end++
  while (end < text.length && end <= limit && text[end] === ' ') end++
  return end <= limit ? end : 0
}

/** Starts of the sections of a text: 0, and each line that is a heading. */
function sectionStarts(text: string): number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
    if (at + 1 < text.length && HEADING.test(text.slice(at + 1, at + 24))) starts.push(at + 1)
  }
  return starts
}

/**
 * Cuts a text into pieces of at most `maxCharacters`, at the last paragraph, line, sentence (Chinese ends included),
 * clause or space of the second half of each. Law: the pieces without their overlaps, put together, are the text.
 */
export function splitText(text: string, { maxCharacters, overlapCharacters = 0, atHeadings = false }: SplitOptions): Piece[] {
  const size = Math.max(16, Math.floor(maxCharacters))
  const overlap = Math.max(0, Math.min(Math.floor(overlapCharacters), (size >> 1) - 1))
  const pieces: Piece[] = []
  const sections = atHeadings ? sectionStarts(text) : [0]
  for (const [i, section] of sections.entries()) {
    const sectionEnd = sections[i + 1] ?? text.length
    let start = section
    do {
      const back = start === section ? 0 : backBy(text, start, overlap)
      const limit = start - back + size
      const end = limit >= sectionEnd ? sectionEnd : cutPlace(text, start, limit)
      pieces.push({ start: start - back, end, overlap: back })
      start = end
    } while (start < sectionEnd)
  }
  return pieces
}

/** Overlap before `start`, one less where it would begin inside a surrogate pair. */
function backBy(text: string, start: number, overlap: number): number {
  const code = text.charCodeAt(start - overlap)
  return overlap > 0 && code >= 0xdc00 && code <= 0xdfff ? overlap - 1 : overlap
}

/**
 * Long documents → records `<id>.<n>`, one a piece, with all other fields repeated; short ones stay as they are.
 * Problem: column-missing.
 */
export function splitDocuments(batch: RecordBatch, field: string, options: SplitOptions): Outcome<Reshaped> {
  const column = batch.columns.get(field)
  if (column?.kind !== 'text') return fail(columnMissing({ at: 'split', field, found: batch.fields.map(({ name }) => name).join(', ') }))
  const rows: number[] = []
  const ids: string[] = []
  const texts: (string | null)[] = []
  for (const [row, id] of batch.ids.entries()) {
    const text = column.values[row] ?? null
    const pieces = text === null ? [] : splitText(text, options)
    if (text === null || pieces.length <= 1) {
      rows.push(row)
      ids.push(id)
      texts.push(text)
      continue
    }
    for (const [n, { start, end }] of pieces.entries()) {
      rows.push(row)
      ids.push(`${id}.${n + 1}`)
      texts.push(text.slice(start, end))
    }
  }
  const taken = takeRecords(batch, Uint32Array.from(rows))
  const columns = new Map(taken.columns).set(field, textColumn(texts))
  return succeed({ batch: { ids, fields: batch.fields, columns }, origins: taken.ids, merged: [], quarantined: [] })
}
