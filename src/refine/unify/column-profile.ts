import { textsIn } from '../../base/kernels/index.ts'
import { isMissingText } from './missing-tokens.ts'

/** What a sample of one raw column holds; the same for any order of rows. */
export interface ColumnProfile {
  readonly n: number
  /** Values that are not missing in any reading. */
  readonly present: number
  readonly kinds: Readonly<Record<ValueKind, number>>
  /** Texts, and numbers as text, with their counts. */
  readonly texts: ReadonlyMap<string, number>
  /** Values that JSON or a spreadsheet gave as numbers. */
  readonly numbers: readonly number[]
  /** Moments that a format gave as Date. */
  readonly moments: readonly number[]
  /** Lists and objects in which there are texts to read. */
  readonly worded: number
}

export type ValueKind = 'text' | 'number' | 'boolean' | 'moment' | 'json' | 'media'

const MEDIA_NAME = /^[0-9a-f]{64}\.[a-z0-9]{1,8}$/

function kindOfObject(value: object): ValueKind | undefined {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : 'moment'
  return 'media' in value && value.media instanceof Uint8Array ? 'media' : 'json'
}

/** What a raw value is; undefined when it is missing. */
export function kindOf(value: unknown): ValueKind | undefined {
  if (typeof value === 'string') return isMissingText(value) ? undefined : MEDIA_NAME.test(value) ? 'media' : 'text'
  if (typeof value === 'number') return Number.isFinite(value) ? 'number' : undefined
  if (typeof value === 'bigint') return 'number'
  if (typeof value === 'boolean') return 'boolean'
  return typeof value === 'object' && value !== null ? kindOfObject(value) : undefined
}

export function profileColumn(values: readonly unknown[]): ColumnProfile {
  const kinds: Record<ValueKind, number> = { text: 0, number: 0, boolean: 0, moment: 0, json: 0, media: 0 }
  const texts = new Map<string, number>()
  const numbers: number[] = []
  const moments: number[] = []
  let present = 0
  let worded = 0
  for (const value of values) {
    const kind = kindOf(value)
    if (kind === undefined) continue
    present++
    kinds[kind]++
    if (kind === 'text' || kind === 'number') texts.set(String(value), (texts.get(String(value)) ?? 0) + 1)
    if (kind === 'number') numbers.push(Number(value))
    if (kind === 'json' && textsIn(value).texts.length > 0) worded++
    if (kind === 'moment') moments.push((value as Date).getTime())
  }
  return { n: values.length, present, kinds, texts, numbers, moments, worded }
}
