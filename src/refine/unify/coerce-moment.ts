import type { Field } from '../../base/record/index.ts'
import type { ColumnDecision } from './coercion-decision.ts'
import { epochMs } from './epoch.ts'
import type { Fault } from './fault.ts'
import { isMissingWord } from './missing-tokens.ts'
import { parseDate } from './parse-date.ts'
import { parseNumber } from './parse-number.ts'
import { parseTruth } from './truth-words.ts'

const DAY_MS = 86_400_000

const momentOfNumber = (value: number, { epoch }: ColumnDecision): number =>
  epoch === undefined ? parseDate(String(value)) : epochMs(value, epoch)

function momentOfText(text: string, decision: ColumnDecision): number {
  if (decision.epoch !== undefined) {
    const number = parseNumber(text)
    if (!Number.isNaN(number)) return epochMs(number, decision.epoch)
  }
  return parseDate(text, decision.dates?.order ?? 'mdy')
}

function momentOf(value: unknown, decision: ColumnDecision): number | undefined {
  if (typeof value === 'string') {
    const ms = momentOfText(value, decision)
    return Number.isNaN(ms) && isMissingWord(value) ? undefined : ms
  }
  if (value === null || value === undefined || (typeof value === 'number' && Number.isNaN(value))) return undefined
  if (value instanceof Date) return value.getTime()
  return typeof value === 'number' || typeof value === 'bigint' ? momentOfNumber(Number(value), decision) : Number.NaN
}

/** Reads a column of moments as milliseconds UTC, of days as their beginning; NaN where a value is missing or at fault. */
export function coerceMoments(raw: readonly unknown[], field: Field, decision: ColumnDecision, fault: Fault): Float64Array {
  const moments = new Float64Array(raw.length)
  const isDay = field.type === 'date'
  const isWholeDay = isDay && decision.inferred === true
  for (let row = 0; row < raw.length; row++) {
    const ms = momentOf(raw[row], decision)
    if (ms !== undefined && (Number.isNaN(ms) || (isWholeDay && ms % DAY_MS !== 0))) fault(row, 'refine/not-a-date', raw[row])
    moments[row] = ms === undefined ? Number.NaN : isDay ? Math.floor(ms / DAY_MS) * DAY_MS : ms
  }
  return moments
}

function truthOf(value: unknown): number | undefined {
  if (typeof value === 'boolean') return value ? 1 : 0
  if (typeof value === 'string') {
    const truth = parseTruth(value)
    return Number.isNaN(truth) && isMissingWord(value) ? undefined : truth
  }
  if (value === null || value === undefined || Number.isNaN(value)) return undefined
  return value === 0 || value === 1 ? value : Number.NaN
}

/** Reads a column of truth values as 1 and 0; NaN where a value is missing or at fault. */
export function coerceTruths(raw: readonly unknown[], fault: Fault): Float64Array {
  const truths = new Float64Array(raw.length)
  for (let row = 0; row < raw.length; row++) {
    const truth = truthOf(raw[row])
    if (truth !== undefined && Number.isNaN(truth)) fault(row, 'refine/not-a-boolean', raw[row])
    truths[row] = truth ?? Number.NaN
  }
  return truths
}
