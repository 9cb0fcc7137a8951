import { z } from 'zod'
import type { RecordBatch, Step } from '../../../base/record/index.ts'
import { mapText, rejectWhere } from '../../../base/record/index.ts'
import { defineOperator } from '../../operator.ts'

type Lookup = (value: string) => string | null | undefined

/** @returns undefined for a value that the map does not name */
function lookupIn(map: Readonly<Record<string, string | null>>, ignoreCase: boolean): Lookup {
  const fold = (text: string): string => (ignoreCase ? text.normalize('NFKC').trim().toLowerCase() : text)
  const table = new Map(Object.entries(map).map(([from, to]) => [fold(from), to]))
  return (value) => table.get(fold(value))
}

function rejectOthers(batch: RecordBatch, columns: readonly string[], lookup: Lookup): Step {
  const named = columns.flatMap((field) => {
    const column = batch.columns.get(field)
    return column?.kind === 'text' ? [{ field, values: column.values }] : []
  })
  return rejectWhere(batch, (row) => {
    for (const { field, values } of named) {
      const value = values[row] ?? null
      if (value !== null && lookup(value) === undefined) return { reason: 'value-unmapped', field, found: value.slice(0, 120) }
    }
    return null
  })
}

export default defineOperator({
  version: 1,
  title: { zh: '值映射', en: 'Map values' },
  doc: {
    zh: '按表 map 把所列文本字段的值换成另一个（null 为缺失）；ignoreCase 忽略大小写与全半角。others：表中没有的值 keep 保留、missing 去掉、quarantine 隔离记录。',
    en: 'Replaces values of the named text columns by the table `map` (null is missing); ignoreCase ignores case and width. others: what the table does not name is kept, made missing, or quarantines the record.',
  },
  source: 'GB/T 36344-2018, conformity to reference data',
  parameters: z.strictObject({
    columns: z.array(z.string().min(1)).min(1),
    map: z.record(z.string(), z.string().nullable()).refine((map) => Object.keys(map).length > 0, { message: 'at least one value' }),
    ignoreCase: z.boolean().default(false),
    others: z.enum(['keep', 'missing', 'quarantine']).default('keep'),
  }),
  example: {
    parameters: { columns: ['sex'], map: { 男: 'M', 女: 'F', 保密: null }, others: 'quarantine' },
    before: { sex: ['男', '女', '保密', '甲', null] },
    after: { sex: ['M', 'F', null, null] },
    quarantined: [3],
  },
  reasons: { 'value-unmapped': { zh: '值不在映射表中', en: 'the map does not name the value' } },
  // A table may swap two codes.
  idempotent: false,
  run: (batch, { columns, map, ignoreCase, others }) => {
    const lookup = lookupIn(map, ignoreCase)
    const step: Step = others === 'quarantine' ? rejectOthers(batch, columns, lookup) : { kept: batch, merged: [], quarantined: [] }
    const { kept } = mapText(step.kept, columns, (value) => {
      const mapped = lookup(value)
      return mapped === undefined ? (others === 'missing' ? null : value) : mapped
    })
    return { ...step, kept }
  },
})
