import { compareCodeUnits } from '../record/index.ts'
import { areNumbers, labelOf, membersOf } from './annotation-label.ts'

/** A part of a text and what it is; `end` is the first character after it. */
export interface LabelledSpan {
  readonly start: number
  readonly end: number
  readonly label: string
}

const EDGES = [
  ['start', 'end'],
  ['start_offset', 'end_offset'],
  ['begin', 'end'],
  ['startOffset', 'endOffset'],
] as const

/**
 * The spans of an annotation: objects with start/end, start_offset/end_offset or begin/end and a label, or `[start, end, label]`
 * as doccano writes them; wherever they lie in it. Those without a label are `ENTITY`.
 * @param value the annotation as parsed JSON
 */
export function labelledSpans(value: unknown): LabelledSpan[] {
  const spans: LabelledSpan[] = []
  const open: unknown[] = [value]
  while (open.length > 0) {
    const next = open.pop()
    if (typeof next !== 'object' || next === null) continue
    const span = Array.isArray(next) ? fromTriple(next) : fromMembers(membersOf(next))
    if (span) spans.push(span)
    else for (const item of Object.values(next).reverse()) open.push(item)
  }
  return spans
}

function fromMembers(members: ReadonlyMap<string, unknown>): LabelledSpan | undefined {
  for (const [start, end] of EDGES) {
    const edges = [members.get(start), members.get(end)]
    if (areNumbers(edges)) return { start: edges[0] as number, end: edges[1] as number, label: labelOf(members) ?? 'ENTITY' }
  }
  return undefined
}

function fromTriple(list: readonly unknown[]): LabelledSpan | undefined {
  const [start, end, label] = list
  return list.length === 3 && typeof start === 'number' && typeof end === 'number' && typeof label === 'string'
    ? { start, end, label }
    : undefined
}

/** A span that repeats the words that it covers. */
export interface QuotedSpan extends LabelledSpan {
  readonly quote: string
}

const QUOTES = ['text', 'word', 'mention', 'surface', 'quote', 'span_text', 'entity_text'] as const

/** The spans of an annotation that quote the text they cover, wherever they lie in it. @param value the annotation as parsed JSON */
export function quotedSpans(value: unknown): QuotedSpan[] {
  const spans: QuotedSpan[] = []
  const open: unknown[] = [value]
  while (open.length > 0) {
    const next = open.pop()
    if (typeof next !== 'object' || next === null) continue
    const members = membersOf(next)
    const span = Array.isArray(next) ? undefined : fromMembers(members)
    const quote = QUOTES.map((name) => members.get(name)).find((one) => typeof one === 'string')
    if (span && typeof quote === 'string') spans.push({ ...span, quote })
    else if (!span) for (const item of members.values()) open.push(item)
  }
  return spans
}

/** How a span counts characters: Unicode code points as Python does, or UTF-16 code units as JavaScript does. */
export type Offsets = 'code-points' | 'utf-16'

/** Spans in UTF-16 code units. O(length of the text) where it holds characters beyond U+FFFF, else O(spans). */
export function inUtf16(text: string, spans: readonly LabelledSpan[], offsets: Offsets): readonly LabelledSpan[] {
  if (offsets === 'utf-16' || !/[\ud800-\udbff]/.test(text)) return spans
  const starts: number[] = []
  let at = 0
  for (const character of text) {
    starts.push(at)
    at += character.length
  }
  starts.push(at)
  // A place outside of the text stays outside.
  const place = (offset: number): number => starts[offset] ?? (offset < 0 ? -1 : text.length + 1)
  return spans.map((span) => ({ ...span, start: place(span.start), end: place(span.end) }))
}

/** Spans that can stand side by side, by place; of two that overlap the one that starts first, then the longer. O(n log n). */
export function withoutOverlaps(
  text: string,
  spans: readonly LabelledSpan[],
  leaveOut: (reason: 'overlap' | 'outside') => void,
): LabelledSpan[] {
  const kept: LabelledSpan[] = []
  for (const span of [...spans].sort((a, b) => a.start - b.start || b.end - a.end || compareCodeUnits(a.label, b.label))) {
    if (!covers(text, span)) leaveOut('outside')
    else if (span.start < (kept.at(-1)?.end ?? 0)) leaveOut('overlap')
    else kept.push(span)
  }
  return kept
}

/** Does the span hold something visible of the text? */
const covers = (text: string, { start, end }: LabelledSpan): boolean =>
  Number.isInteger(start) && Number.isInteger(end) && start >= 0 && end <= text.length && text.slice(start, end).trim() !== ''
