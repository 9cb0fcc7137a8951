import type { UnitConversion } from '../../base/kernels/index.ts'
import type { Outcome, Words } from '../../base/problem/index.ts'
import { fail, succeed } from '../../base/problem/index.ts'
import type { Field } from '../../base/record/index.ts'
import { codeListUnknown, unitNotConvertible } from '../problems.ts'
import type { CodeEntry } from './code-spellings.ts'
import { codeSpellings } from './code-spellings.ts'
import type { DateOrderEvidence } from './date-order.ts'
import { decideDateOrder } from './date-order.ts'
import type { EpochUnit } from './epoch.ts'
import { decideEpoch, isEpochUnit } from './epoch.ts'
import { readDate } from './parse-date.ts'
import type { DecimalEvidence } from './parse-number.ts'
import { decideDecimal, parseNumber } from './parse-number.ts'
import { findConversion } from './ucum-fallback.ts'

/** How the values of one field are read: decided once for the whole table, from a sample. Plain JSON. */
export interface ColumnDecision {
  /** The type itself was told from the sample: a value that it would cut (leading zeros, more digits, a time of day) is a fault. */
  readonly inferred?: boolean | undefined
  /** Decimal mark, with the values that tell it. */
  readonly decimal?: DecimalEvidence | undefined
  /** Order of day and month, with the values that tell it. */
  readonly dates?: DateOrderEvidence | undefined
  /** Some times of the sample name no zone: they are taken as UTC. */
  readonly naiveTimes?: boolean | undefined
  /** What a bare number counts in a field of moments. */
  readonly epoch?: EpochUnit | undefined
  /** From the raw unit to the unit of the field. */
  readonly conversion?: UnitConversion | undefined
  /** Spellings of the field's codes, folded → code. */
  readonly codes?: Readonly<Record<string, string>> | undefined
}

/** Decisions by field name. */
export type CoercionDecisions = Readonly<Record<string, ColumnDecision>>

const textsOf = (samples: readonly unknown[]): string[] => samples.filter((value): value is string => typeof value === 'string')

function decideMoments(field: Field, samples: readonly unknown[]): ColumnDecision {
  const texts = textsOf(samples)
  const dates = decideDateOrder(texts)
  const numbers = samples
    .map((value) => (typeof value === 'number' ? value : typeof value === 'string' ? parseNumber(value) : Number.NaN))
    .filter((value) => !Number.isNaN(value))
  const epoch = isEpochUnit(field.rawUnit) ? field.rawUnit : decideEpoch(numbers)
  const naiveTimes = texts.some((text) => {
    const reading = readDate(text, dates.order)
    return reading?.hasTime && !reading.hasZone
  })
  return { dates, naiveTimes, ...(epoch ? { epoch } : {}) }
}

async function decideNumbers(field: Field, samples: readonly unknown[], at: string): Promise<Outcome<ColumnDecision>> {
  const decimal = decideDecimal(textsOf(samples))
  if (field.rawUnit === undefined || field.rawUnit === field.unit) return succeed({ decimal })
  const conversion = field.unit === undefined ? undefined : await findConversion(field.rawUnit, field.unit)
  if (!conversion) return fail(unitNotConvertible({ at, field: field.name, found: field.rawUnit, expected: field.unit ?? '(unit)' }))
  return succeed({ decimal, conversion })
}

function decideCodes(field: Field, codeLists: Readonly<Record<string, readonly CodeEntry[]>>, at: string): Outcome<ColumnDecision> {
  const plain = (field.codes ?? []).map((code) => ({ code, zh: '', en: '', aliases: [] }))
  if (field.codeList === undefined) return succeed(plain.length === 0 ? {} : { codes: codeSpellings(plain) })
  const list = Object.hasOwn(codeLists, field.codeList) ? codeLists[field.codeList] : undefined
  if (!list) return fail(codeListUnknown({ at, field: field.name, found: field.codeList }))
  const allowed = new Set(field.codes ?? [])
  return succeed({ codes: codeSpellings(allowed.size === 0 ? list : list.filter(({ code }) => allowed.has(code))) })
}

async function decideField(
  field: Field,
  samples: readonly unknown[],
  codeLists: Readonly<Record<string, readonly CodeEntry[]>>,
  at: string,
): Promise<Outcome<ColumnDecision>> {
  switch (field.type) {
    case 'integer':
    case 'number':
      return decideNumbers(field, samples, at)
    case 'timestamp':
    case 'date':
      return succeed(decideMoments(field, samples))
    case 'category':
    case 'text':
      return decideCodes(field, codeLists, at)
    default:
      return succeed({})
  }
}

/**
 * Decides how each field's raw values are read. Order of rows does not matter.
 * @param samples raw values of the column that feeds each field, by field name
 * @param codeLists of the pack, by name  @param at the table, for messages
 * Problems: unit-not-convertible, code-list-unknown.
 */
export async function decideCoercion(
  fields: readonly Field[],
  samples: Readonly<Record<string, readonly unknown[]>>,
  codeLists: Readonly<Record<string, readonly CodeEntry[]>>,
  at: string,
): Promise<Outcome<CoercionDecisions>> {
  const decisions: [string, ColumnDecision][] = []
  for (const field of fields) {
    const decided = await decideField(field, samples[field.name] ?? [], codeLists, at)
    if (!decided.ok) return decided
    decisions.push([field.name, decided.value])
  }
  return succeed(Object.fromEntries(decisions))
}

/** What was assumed in reading a field, for people: only where the data left a choice. */
export function assumptionsOf(field: Field, { decimal, dates, naiveTimes, epoch }: ColumnDecision): Words[] {
  const notes: Words[] = []
  if (decimal && decimal.points + decimal.commas === 0 && decimal.ambiguous > 0) {
    notes.push({
      zh: `${field.name}：${decimal.ambiguous} 个值（如 1,234）无法判定小数点，按“.”为小数点读取。`,
      en: `${field.name}: ${decimal.ambiguous} values such as 1,234 do not tell the decimal mark; "." was taken.`,
    })
  }
  if (decimal && Math.min(decimal.points, decimal.commas) > 0) {
    notes.push({
      zh: `${field.name}：小数点写法不一（“.” ${decimal.points} 个，“,” ${decimal.commas} 个），按“${decimal.decimal}”读取。`,
      en: `${field.name}: both decimal marks occur ("." ${decimal.points}, "," ${decimal.commas}); "${decimal.decimal}" was taken.`,
    })
  }
  if (dates && dates.ambiguous > 0) {
    const zh = dates.order === 'dmy' ? '日/月/年' : '月/日/年'
    const en = dates.order === 'dmy' ? 'day/month/year' : 'month/day/year'
    const told = dates.dayFirst + dates.monthFirst
    notes.push({
      zh: `${field.name}：${dates.ambiguous} 个日期的日月顺序不明，按${zh}读取（依据 ${told} 个可判定的日期）。`,
      en: `${field.name}: ${dates.ambiguous} dates leave the order of day and month open; read as ${en} after ${told} dates that tell it.`,
    })
  }
  if (naiveTimes)
    notes.push({
      zh: `${field.name}：部分时间没有时区，按 UTC 读取。`,
      en: `${field.name}: some times name no zone and were taken as UTC.`,
    })
  if (epoch)
    notes.push({
      zh: `${field.name}：数值按时间戳读取（单位 ${epoch}）。`,
      en: `${field.name}: numbers were read as moments counted in ${epoch}.`,
    })
  return notes
}
