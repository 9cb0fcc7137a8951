import { z } from 'zod'
import { columnsParameter } from '../../../base/kernels/index.ts'
import { isMissing, rejectWhere } from '../../../base/record/index.ts'
import { defineOperator } from '../../operator.ts'

/** Fields that name or place a record; a record that holds nothing else is empty. */
const NAMING: ReadonlySet<string> = new Set(['identifier', 'time', 'group', 'split', 'note'])

export default defineOperator({
  version: 1,
  title: { zh: '缺失过多的记录', en: 'Records that are mostly missing' },
  doc: {
    zh: '缺失字段占比超过 maximum 的记录进入隔离区。默认看除标识、时间、分组、划分、备注以外的全部字段，只有全部缺失才隔离（maximum 0.999）。',
    en: 'Quarantines records of which more than `maximum` of the fields are missing. By default all fields but identifiers, times, groups, splits and notes count, and only a record without any value leaves (0.999).',
  },
  source: 'GB/T 36344-2018, completeness of elements; TC609-5-2025-04, 0204',
  parameters: z.strictObject({ columns: columnsParameter, maximum: z.number().min(0).max(1).default(0.999) }),
  example: {
    parameters: { columns: ['a', 'b', 'c'], maximum: 0.5 },
    before: { a: [1, null, null], b: ['x', null, null], c: [2, 3, null] },
    after: { a: [1], b: ['x'], c: [2] },
    quarantined: [1, 2],
  },
  reasons: { 'mostly-missing': { zh: '缺失的字段过多', en: 'too many fields are missing' } },
  run: (batch, { columns, maximum }) => {
    const names =
      columns.length > 0 ? columns : batch.fields.filter(({ role }) => role === undefined || !NAMING.has(role)).map(({ name }) => name)
    const looked = names.flatMap((name) => batch.columns.get(name) ?? [])
    return rejectWhere(batch, (row) => {
      let missing = 0
      for (const column of looked) if (isMissing(column, row)) missing++
      return missing > maximum * looked.length ? { reason: 'mostly-missing', found: `${missing}/${looked.length}` } : null
    })
  },
})
