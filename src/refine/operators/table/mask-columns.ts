import { createHmac } from 'node:crypto'
import { z } from 'zod'
import type { RecordBatch, Step } from '../../../base/record/index.ts'
import { keepAll, mapNumbers, mapText } from '../../../base/record/index.ts'
import { defineOperator } from '../../operator.ts'

const actions = ['drop', 'mask', 'pseudonym', 'generalise'] as const

interface Parameters {
  readonly columns: readonly string[]
  readonly action: (typeof actions)[number]
  readonly mask: string
  readonly keep: number
  readonly width: number
}

/** Hexadecimal digits of a pseudonym: 64 bits, one chance in 4 billion that two of 100,000 people share one. */
const PSEUDONYM_DIGITS = 16
/** Digits of a pseudonym that must stay a whole number a float64 holds. */
const NUMBER_DIGITS = 13

/** Keyed by the field's name as well, so that two fields cannot be joined by their pseudonyms. */
const digest = (name: string, value: string, key: Uint8Array): string =>
  createHmac('sha256', key).update(`${name}\0${value}`, 'utf8').digest('hex')

/** The first of January at 00:00 UTC; NaN for what no Date holds. Not Date.UTC, which moves the years 0 to 99. */
function yearStart(ms: number): number {
  const moment = new Date(ms)
  moment.setUTCMonth(0, 1)
  return moment.setUTCHours(0, 0, 0, 0)
}

/** First characters of a text, counted as code points. */
function firstCharacters(text: string, keep: number): string {
  let end = 0
  for (let n = 0; n < keep && end < text.length; n++) end += (text.codePointAt(end) as number) > 0xffff ? 2 : 1
  return text.slice(0, end)
}

function changeText(batch: RecordBatch, name: string, { action, mask, keep }: Parameters, key: Uint8Array): RecordBatch {
  const type = batch.fields.find((field) => field.name === name)?.type
  const change = (value: string): string => {
    if (action === 'pseudonym') return digest(name, value, key).slice(0, PSEUDONYM_DIGITS)
    return action === 'mask' || type === 'json' ? mask : firstCharacters(value, keep)
  }
  return mapText(batch, [name], (value) => {
    // A medium's name leads to its bytes: there is nothing to put in its place.
    if (action === 'drop' || type === 'media') return null
    return type === 'json' ? JSON.stringify(change(value)) : change(value)
  }).kept
}

function changeNumber(batch: RecordBatch, name: string, { action, width }: Parameters, key: Uint8Array): RecordBatch {
  const type = batch.fields.find((field) => field.name === name)?.type
  const isTime = type === 'timestamp' || type === 'date'
  return mapNumbers(batch, [name], (value) => {
    if (action === 'generalise') return isTime ? yearStart(value) : Math.floor(value / width) * width
    // A mask is no number, and a pseudonym no moment: there the value goes.
    if (action !== 'pseudonym' || isTime || type === 'boolean') return Number.NaN
    return Number.parseInt(digest(name, String(value), key).slice(0, NUMBER_DIGITS), 16)
  }).kept
}

function changeColumns(batch: RecordBatch, parameters: Parameters, key: Uint8Array): Step {
  let kept = batch
  for (const name of parameters.columns) {
    const kind = kept.columns.get(name)?.kind
    if (kind) kept = kind === 'text' ? changeText(kept, name, parameters, key) : changeNumber(kept, name, parameters, key)
  }
  return keepAll(kept)
}

export default defineOperator({
  version: 1,
  title: { zh: '标识字段去标识', en: 'De-identify columns' },
  doc: {
    zh: '整列处理识别个人的字段：drop 删去值；mask 换成 mask；pseudonym 换成带密钥的化名（同值同名，字段之间不可关联）；generalise 概化：文本保留前 keep 个字符，数值归入宽 width 的区间下界，日期归到当年一月一日。数值与时间没有掩码，媒体没有替代，均按 drop 处理；JSON 的概化同 mask。',
    en: 'Treats whole columns that identify persons: drop takes values out; mask writes `mask`; pseudonym writes a keyed name, the same for the same value, not linkable between fields; generalise keeps the first `keep` characters of a text, the lower end of a bin of `width` of a number, the first of January of a date. Numbers and moments cannot be masked, media not be replaced, and are dropped; JSON is masked where it would be generalised.',
  },
  source: 'GB/T 37964-2019 去标识化指南; GB/T 42460-2023; HMAC: RFC 2104',
  parameters: z.strictObject({
    columns: z.array(z.string().min(1)).min(1),
    action: z.enum(actions).default('drop'),
    mask: z.string().min(1).default('***'),
    keep: z.number().int().positive().default(1),
    width: z.number().positive().default(10),
  }),
  example: {
    parameters: { columns: ['name', 'age'], action: 'generalise' },
    before: { name: ['王小明', '欧阳', null], age: [37, 8, null] },
    after: { name: ['王', '欧', null], age: [30, 0, null] },
  },
  // A pseudonym of a pseudonym is another one.
  idempotent: false,
  run: (batch, parameters, { pseudonymKey }) => changeColumns(batch, parameters, pseudonymKey),
})
