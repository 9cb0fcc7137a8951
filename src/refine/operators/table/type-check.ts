import { z } from 'zod'
import { columnsParameter, isJson } from '../../../base/kernels/index.ts'
import type { Column, Field } from '../../../base/record/index.ts'
import { rejectWhere, wellFormed } from '../../../base/record/index.ts'
import { defineOperator } from '../../operator.ts'

const DAY_MS = 86_400_000
/** Years 1 to 9999, which ISO 8601 writes with four digits. */
const isMoment = (ms: number): boolean => ms >= -62_135_596_800_000 && ms < 253_402_300_800_000
const MEDIA_NAME = /^[0-9a-f]{64}\.[a-z0-9]{1,8}$/

type Test = (value: number | string) => boolean

const TESTS: Readonly<Record<Field['type'], Test>> = {
  number: (value) => Number.isFinite(value),
  integer: (value) => Number.isSafeInteger(value),
  boolean: (value) => value === 0 || value === 1,
  timestamp: (value) => isMoment(Number(value)),
  date: (value) => isMoment(Number(value)) && Number(value) % DAY_MS === 0,
  text: (value) => typeof value === 'string' && wellFormed(value) === value,
  category: (value) => typeof value === 'string' && value.trim() === value && value !== '' && wellFormed(value) === value,
  json: (value) => typeof value === 'string' && isJson(value),
  media: (value) => typeof value === 'string' && MEDIA_NAME.test(value),
}

const isPresent = (value: number | string | null | undefined): value is number | string =>
  value !== null && value !== undefined && !Number.isNaN(value)

export default defineOperator({
  version: 1,
  title: { zh: '类型核对', en: 'Type check' },
  doc: {
    zh: '在其他步骤之后核对每个值仍符合字段类型：整数为整数、真假为 0/1、日期为整日、时间在公元 1–9999 年、数值有限、文本无孤立代理、类别首尾无空白、JSON 与媒体名合法。不符的记录隔离。',
    en: 'Checks after other steps that every value still is of its field’s type: whole numbers, 0 or 1, whole days, moments in the years 1 to 9999, finite numbers, text without lone surrogates, categories without blanks at their ends, JSON, names of media. Records that fail are quarantined.',
  },
  source: 'GB/T 36344-2018, conformity of format; TC609-5-2025-04, 0201',
  parameters: z.strictObject({ columns: columnsParameter }),
  example: {
    parameters: {},
    before: { kg: [3, 1e308, 4], kind: ['oak', 'elm', 'a\ud800'] },
    after: { kg: [3, 1e308], kind: ['oak', 'elm'] },
    quarantined: [2],
  },
  reasons: { 'wrong-type': { zh: '值不符合字段类型', en: 'a value is not of the type of its field' } },
  run: (batch, { columns }) => {
    const checked = batch.fields
      .filter(({ name }) => columns.length === 0 || columns.includes(name))
      .flatMap(({ name, type }) => {
        const column: Column | undefined = batch.columns.get(name)
        return column ? [{ name, column, test: TESTS[type] }] : []
      })
    return rejectWhere(batch, (row) => {
      for (const { name, column, test } of checked) {
        const value = column.values[row]
        if (isPresent(value) && !test(value)) return { reason: 'wrong-type', field: name, found: wellFormed(String(value)).slice(0, 120) }
      }
      return null
    })
  },
})
