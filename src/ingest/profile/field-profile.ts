import { IDENTIFIER_KINDS, type IdentifierKind, replaceIdentifiers } from '../../base/kernels/index.ts'
import type { Field } from '../../base/record/index.ts'
import { compareCodeUnits } from '../../base/record/index.ts'
import { adaptiveBins } from '../../base/statistics/index.ts'
import { histogramSum, type NumberSummary, summarise } from './distribution.ts'
import { type Estimate, estimateDistinct } from './estimate.ts'
import type { MediaTally } from './media-tally.ts'
import type { NumberTally } from './number-tally.ts'
import type { FieldTally } from './table-tally.ts'
import type { TextTally } from './text-tally.ts'
import { type TopValue, topOf } from './top-values.ts'

/** One column as people and programs read it. Identifiers of persons in it are shown as tags such as `<PHONE>`. Plain JSON. */
export interface FieldProfile {
  readonly field: Field
  /** Raw column that feeds the field. */
  readonly column: string
  /** Values of the field's type. */
  readonly present: number
  readonly missing: number
  /** Present values that are not of the field's type. */
  readonly misfits: number
  readonly misfitExamples: readonly string[]
  readonly distinct: Estimate
  /** Values of a numeric field; moments in milliseconds since 1970. */
  readonly numbers: NumberSummary | undefined
  /** Lengths of texts in UTF-16 code units. */
  readonly lengths: NumberSummary | undefined
  /** Sizes of media in bytes. */
  readonly bytes: NumberSummary | undefined
  /** The most frequent values; true counts are at most `missed` higher. Undefined where none repeats. */
  readonly top: { readonly values: readonly TopValue[]; readonly missed: number } | undefined
  /** Languages of the texts that were looked at, the most frequent first. */
  readonly languages: readonly { readonly language: string; readonly share: number }[]
  /** Values that hold at least one identifier, by kind. */
  readonly identifiers: readonly { readonly kind: IdentifierKind; readonly values: number }[]
}

const TOP_SHOWN = 12
const EXAMPLES_SHOWN = 3
const NO_KEY = new Uint8Array(0)
/** Share of whole numbers that must look like phone numbers: single ones are chance. */
const PHONE_SHARE = 0.5

const masked = (text: string): string => replaceIdentifiers(text, { kinds: IDENTIFIER_KINDS, action: 'mask' }, NO_KEY)

/** What a tally says of its field. @param records of the table */
export function describeField(field: Field, column: string, tally: FieldTally, records: number): FieldProfile {
  const { values, misfits } = tally
  return {
    ...BARE,
    field,
    column,
    present: values.n,
    missing: records - values.n - misfits,
    misfits,
    misfitExamples: tally.misfitExamples.slice(0, EXAMPLES_SHOWN).map(masked),
    distinct: estimateDistinct(values.distinct),
    ...(values.kind === 'number' ? ofNumbers(field, values) : values.kind === 'text' ? ofTexts(field, values) : ofMedia(values)),
  }
}

const BARE = { numbers: undefined, lengths: undefined, bytes: undefined, top: undefined, languages: [], identifiers: [] } as const

function ofNumbers(field: Field, tally: NumberTally): Partial<FieldProfile> {
  if (tally.phones > PHONE_SHARE * tally.n) return { identifiers: [{ kind: 'phone', values: tally.phones }] }
  const numbers = summarise(tally.histogram, tally.sum)
  if (field.type === 'boolean') {
    const values = adaptiveBins(tally.histogram).map(({ low, count }) => ({ value: low === 0 ? 'false' : 'true', count }))
    return { numbers, top: { values: values.sort((a, b) => b.count - a.count), missed: 0 } }
  }
  return { numbers }
}

function ofTexts(field: Field, tally: TextTally): Partial<FieldProfile> {
  const { values, missed } = topOf(tally.top, TOP_SHOWN)
  const repeated = values.filter(({ count }) => count > 1 && count > missed)
  const told = [...tally.languages.values()].reduce((sum, n) => sum + n, 0)
  return {
    lengths: field.type === 'category' ? undefined : summarise(tally.lengths, histogramSum(tally.lengths)),
    top: repeated.length === 0 ? undefined : { values: repeated.map(({ value, count }) => ({ value: masked(value), count })), missed },
    languages: [...tally.languages]
      .map(([language, n]) => ({ language, share: n / told }))
      .sort((a, b) => b.share - a.share || compareCodeUnits(a.language, b.language)),
    identifiers: IDENTIFIER_KINDS.flatMap((kind) => {
      const found = tally.identifiers.get(kind)
      return found ? [{ kind, values: found }] : []
    }),
  }
}

function ofMedia(tally: MediaTally): Partial<FieldProfile> {
  const values = [...tally.extensions].map(([value, count]) => ({ value, count }))
  values.sort((a, b) => b.count - a.count || compareCodeUnits(a.value, b.value))
  return { bytes: summarise(tally.sizes, histogramSum(tally.sizes)), top: { values, missed: 0 } }
}
