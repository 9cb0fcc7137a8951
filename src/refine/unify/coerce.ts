import type { Problem } from '../../base/problem/index.ts'
import type { Column, Field, RecordBatch, Rejected } from '../../base/record/index.ts'
import { isMissing, numberColumn, TextColumn, takeRecords, textColumn } from '../../base/record/index.ts'
import { type RawColumn, valueAt, valuesOf } from '../../ingest/index.ts'
import {
  codeUnknown,
  keyAbsent,
  notABoolean,
  notADate,
  notANumber,
  notAnInteger,
  notJson,
  notMedia,
  requiredMissing,
  typeInexact,
} from '../problems.ts'
import { coerceMoments, coerceTruths } from './coerce-moment.ts'
import { coerceNumbers } from './coerce-number.ts'
import { coerceCodes, coerceJson, coerceMedia, coerceTextColumn, coerceTexts, exactTexts } from './coerce-text.ts'
import type { CoercionDecisions, ColumnDecision } from './coercion-decision.ts'
import { faultInexact } from './exact-type.ts'
import type { CoercionCode, Fault } from './fault.ts'

/** Columns as a format gives them, with the ids that their records will have. */
export interface RawColumns {
  readonly ids: readonly string[]
  readonly names: readonly string[]
  readonly columns: readonly RawColumn[]
}

/** What is to become of raw columns. */
export interface CoercionPlan {
  readonly fields: readonly Field[]
  /** Raw column of each field, where it is not called like the field or one of its `from`. */
  readonly mapping: Readonly<Record<string, string>>
  readonly decisions: CoercionDecisions
  /**
   * Column that takes what is wrong with each record, as a JSON list of `[field, reason]`: then no record is rejected, and
   * a value at fault is missing. For data graded as they came.
   */
  readonly faults?: string | undefined
}

/** A record whose first fault is named: which field, what was found, what was expected. */
export interface CoercionRejected extends Rejected {
  readonly reason: CoercionCode
  readonly field: string
  readonly found: string
  readonly expected: string
}

export interface Coerced {
  /** The records that could be typed. */
  readonly batch: RecordBatch
  readonly rejected: readonly CoercionRejected[]
}

/** Characters of a faulty value that are kept as evidence. */
const FOUND_LENGTH = 120

const PROBLEMS: Readonly<Record<CoercionCode, (facts: { at: string; field: string; found: string; expected: string }) => Problem>> = {
  'refine/not-a-number': notANumber,
  'refine/not-an-integer': notAnInteger,
  'refine/not-a-boolean': notABoolean,
  'refine/not-a-date': notADate,
  'refine/not-json': notJson,
  'refine/not-media': notMedia,
  'refine/code-unknown': codeUnknown,
  'refine/required-missing': requiredMissing,
  'refine/type-inexact': typeInexact,
  'refine/key-absent': keyAbsent,
}

/** A rejection as a problem for people. @param at file and row */
export const coercionProblem = ({ reason, field, found, expected }: CoercionRejected, at: string): Problem =>
  PROBLEMS[reason]({ at, field, found, expected })

/** Codes named in a message. */
const SHOWN_CODES = 8

function expectedOf(field: Field, { codes, dates }: ColumnDecision): string {
  const unit = field.unit ? ` (${field.unit})` : ''
  switch (field.type) {
    case 'category':
    case 'text': {
      const known = [...new Set(Object.values(codes ?? {}))]
      return known.length === 0
        ? field.type
        : known.slice(0, SHOWN_CODES).join(' | ') + (known.length > SHOWN_CODES ? ` … (${known.length})` : '')
    }
    case 'timestamp':
    case 'date':
      return `${field.type}, e.g. 2024-03-05${field.type === 'date' ? '' : ' 14:30:00'} (${dates?.order ?? 'mdy'})`
    case 'boolean':
      return 'true | false, yes | no, 是 | 否, 1 | 0'
    case 'media':
      return 'png, jpg, wav …'
    default:
      return field.type + unit
  }
}

function coerceColumn(given: RawColumn, field: Field, decision: ColumnDecision, fault: Fault): Column {
  const isPlainText = (field.type === 'text' || field.type === 'category') && !decision.codes && !field.exact
  if (isPlainText && given instanceof TextColumn) return coerceTextColumn(given, field.type === 'category')
  const raw = valuesOf(given)
  switch (field.type) {
    case 'integer':
    case 'number':
      return numberColumn(coerceNumbers(raw, field, decision, fault))
    case 'timestamp':
    case 'date':
      return numberColumn(coerceMoments(raw, field, decision, fault))
    case 'boolean':
      return numberColumn(coerceTruths(raw, fault))
    case 'json':
      return textColumn(coerceJson(raw, fault, field.exact ?? false))
    case 'media':
      return textColumn(coerceMedia(raw, fault))
    case 'category':
      return textColumn(field.exact && !decision.codes ? exactTexts(raw) : coerceCodes(raw, decision, fault))
    case 'text':
      return textColumn(decision.codes ? coerceCodes(raw, decision, fault) : field.exact ? exactTexts(raw) : coerceTexts(raw))
  }
}

/** The raw column that feeds a field: mapped, or of the same name, or of one of its `from`; undefined when there is none. */
export function rawColumnOf(field: Field, mapping: Readonly<Record<string, string>>, names: readonly string[]): string | undefined {
  const mapped = Object.hasOwn(mapping, field.name) ? mapping[field.name] : undefined
  const candidates = mapped === undefined ? [field.name, ...(field.from ?? [])] : [mapped]
  return candidates.find((name) => names.includes(name))
}

/** A faulty value as evidence. */
function show(value: unknown): string {
  const plain = (_: string, part: unknown): unknown => (typeof part === 'bigint' ? String(part) : part)
  return (typeof value === 'string' ? value : (JSON.stringify(value, plain) ?? String(value))).slice(0, FOUND_LENGTH)
}

/** Reports each gap of a required column. */
function faultMissing(column: Column, given: RawColumn, fault: Fault): void {
  for (let row = 0; row < given.length; row++) if (isMissing(column, row)) fault(row, 'refine/required-missing', valueAt(given, row) ?? '')
}

/** What is wrong with the records of a batch: the first fault of each, or all of them. */
interface FaultBook {
  readonly enter: (row: number, field: Field, decision: ColumnDecision, reason: CoercionCode, found: unknown) => void
  readonly rejected: Map<number, CoercionRejected>
  readonly all: Map<number, (readonly [field: string, reason: CoercionCode])[]>
}

function faultBook(ids: readonly string[], keepsAll: boolean): FaultBook {
  const rejected: FaultBook['rejected'] = new Map()
  const all: FaultBook['all'] = new Map()
  return {
    rejected,
    all,
    enter: (row, field, decision, reason, found) => {
      if (keepsAll) {
        const list = all.get(row) ?? []
        if (list.at(-1)?.[0] !== field.name) list.push([field.name, reason])
        all.set(row, list)
      } else if (!rejected.has(row)) {
        const expected = expectedOf(field, decision)
        rejected.set(row, { id: ids[row] as string, reason, field: field.name, found: show(found), expected })
      }
    },
  }
}

/**
 * Types raw columns. A record with a present value that is not of its field's type, or without a required one, is
 * rejected with the first such field; all others are in the batch, in order. With `faults` all records are in the batch,
 * and what is wrong with them in that column. Cost: linear in the cells.
 */
export function coerceBatch(raw: RawColumns, { fields, mapping, decisions, faults }: CoercionPlan): Coerced {
  const columns = new Map<string, Column>()
  const book = faultBook(raw.ids, faults !== undefined)
  const absent: undefined[] = new Array(raw.ids.length).fill(undefined)
  for (const field of fields) {
    if (field.name === faults) continue
    const name = rawColumnOf(field, mapping, raw.names)
    const given: RawColumn = (name === undefined ? undefined : raw.columns[raw.names.indexOf(name)]) ?? absent
    const decision = (Object.hasOwn(decisions, field.name) ? decisions[field.name] : undefined) ?? {}
    const fault: Fault = (row, reason, found) => book.enter(row, field, decision, reason, found)
    if (field.exact) faultInexact(valuesOf(given), field, fault)
    const column = coerceColumn(given, field, decision, fault)
    if (field.required && faults === undefined) faultMissing(column, given, fault)
    columns.set(field.name, column)
  }
  if (faults !== undefined) columns.set(faults, faultColumn(raw.ids.length, book))
  return withoutRejected({ ids: raw.ids, fields, columns }, book.rejected)
}

const faultColumn = (rows: number, { all }: FaultBook): Column =>
  textColumn(Array.from({ length: rows }, (_, row) => (all.has(row) ? JSON.stringify(all.get(row)) : null)))

function withoutRejected(batch: RecordBatch, rejected: ReadonlyMap<number, CoercionRejected>): Coerced {
  if (rejected.size === 0) return { batch, rejected: [] }
  const rows = Uint32Array.from(batch.ids.keys()).filter((row) => !rejected.has(row))
  return { batch: takeRecords(batch, rows), rejected: [...rejected].sort((a, b) => a[0] - b[0]).map(([, one]) => one) }
}
